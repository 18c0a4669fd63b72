package io.escapement.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.event.Phase;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A later attempt rewrites what it overlaps: no zig-zag, and nothing counted twice. */
class AttemptTest {

    private static List<Long> iterations(Columns columns) {
        List<Long> iterations = new ArrayList<>();
        for (int row = 0; row < columns.rows(); row++) {
            iterations.add(columns.iteration(row));
        }
        return iterations;
    }

    private static Columns all(RunLog log) {
        return log.series(Set.of(), 0, Long.MAX_VALUE, 4096);
    }

    @Test
    void theSecondAttemptTakesTheFirstOnesPlace() {
        RunLog log = new RunLog(TestRuns.header("r"));
        TestRuns events = new TestRuns();
        for (int i = 0; i < 100; i++) {
            log.append(events.iteration(i, 1000 - i, 1));
        }
        long seen = log.last();
        events.attempt(2);
        for (int i = 40; i < 60; i++) {
            log.append(events.iteration(i, i, 1));
        }
        Columns columns = all(log);
        assertThat(iterations(columns)).isSorted().hasSize(60).startsWith(0L).endsWith(59L);
        assertThat(columns.value(Values.LOSS, Columns.Of.LAST, 39)).hasValue(961);
        assertThat(columns.value(Values.LOSS, Columns.Of.LAST, 40)).hasValue(40);
        assertThat(log.status().iteration()).isEqualTo(59);
        assertThat(log.status().attempts()).containsExactly(new Attempt(2, 39, 0, 0));
        assertThat(log.since(seen, log.last()).whole())
                .as("a reader who has the old rows gets everything anew")
                .isTrue();
    }

    @Test
    void aMessageBeforeTheFirstIterationDoesNotHideWhereItBegins() {
        RunLog log = new RunLog(TestRuns.header("r"));
        TestRuns events = new TestRuns();
        for (int i = 0; i < 10; i++) {
            log.append(events.iteration(i, i, 1));
        }
        events.attempt(2);
        log.append(events.message(9, "started again"));
        assertThat(iterations(all(log))).hasSize(10);
        log.append(events.iteration(3, 1, 1));
        log.append(events.iteration(4, 1, 1));
        assertThat(iterations(all(log))).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(log.status().attempts()).containsExactly(new Attempt(2, 2, 0, 0));
    }

    @Test
    void whatIsRewrittenIsKeptAsideUnderTheAttemptThatDoesIt() {
        RunLog log = new RunLog(TestRuns.header("r"));
        TestRuns events = new TestRuns();
        for (int i = 0; i < 2000; i++) {
            log.append(events.iteration(i, i < 1000 ? 1 : 7, 1));
        }
        assertThat(log.replaced()).isEmpty();
        events.attempt(2);
        log.append(events.iteration(1000, 2, 1));
        assertThat(log.replaced()).singleElement().satisfies(replaced -> {
            Columns rows = replaced.rows().between(0, Long.MAX_VALUE).columns(Set.of());
            assertThat(replaced.attempt()).isEqualTo(2);
            assertThat(rows.rows()).isBetween(2, 512);
            assertThat(iterations(rows)).isSorted().endsWith(1999L);
            assertThat(rows.value(Values.LOSS, Columns.Of.MIN, 0)).hasValue(7);
        });
        for (int attempt = 3; attempt < 30; attempt++) {
            events.attempt(attempt);
            log.append(events.iteration(1000, attempt, 1));
        }
        assertThat(log.replaced()).hasSize(Replaced.KEPT).last().satisfies(replaced -> {
            Columns rows = replaced.rows().between(0, Long.MAX_VALUE).columns(Set.of());
            assertThat(replaced.attempt()).isEqualTo(29);
            assertThat(rows.value(Values.LOSS, Columns.Of.LAST, 0)).hasValue(28);
        });
    }

    /** A message before it goes on tells where it stands, and its first iteration that it goes back farther. */
    @Test
    void anAttemptThatGoesBackOnceMoreKeepsBothPieces() {
        RunLog log = new RunLog(TestRuns.header("r"));
        TestRuns events = new TestRuns();
        for (int i = 0; i < 10; i++) {
            log.append(events.iteration(i, 7, 1));
        }
        events.attempt(2);
        log.append(events.message(6, "started again"));
        log.append(events.iteration(3, 1, 1));
        assertThat(log.replaced())
                .singleElement()
                .satisfies(replaced -> assertThat(iterations(
                                replaced.rows().between(0, Long.MAX_VALUE).columns(Set.of())))
                        .containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 64})
    void bucketsHoldNothingOfWhatIsSuperseded(int rows) {
        RunLog log = new RunLog(TestRuns.header("r"), rows, 100);
        TestRuns events = new TestRuns();
        for (int i = 0; i < 1000; i++) {
            log.append(events.iteration(i, i < 500 ? 1 : 1e9, 1));
        }
        assertThat(log.snapshot().columns().level()).isPositive();
        events.attempt(2);
        for (int i = 500; i < 1200; i++) {
            log.append(events.iteration(i, 2, 1));
        }
        Columns columns = all(log);
        assertThat(iterations(columns)).isSorted().doesNotHaveDuplicates().endsWith(1199L);
        for (int row = 0; row < columns.rows(); row++) {
            assertThat(columns.value(Values.LOSS, Columns.Of.MAX, row).orElseThrow())
                    .as("bucket %d", columns.bucket(row))
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void escapesThatAreDoneAgainCountOnce() {
        RunLog log = new RunLog(TestRuns.header("r"));
        TestRuns events = new TestRuns();
        log.append(events.phase(0, Phase.DESCEND, "begins"));
        log.append(events.iteration(10, 3, 1));
        log.append(events.escape(10, RunEvent.EscapeOutcome.ACCEPTED, "out"));
        log.append(events.iteration(20, 2, 1));
        long checkpoint = 4;
        log.append(events.stationary(20, TestRuns.spurious(), 2));
        log.append(events.escape(20, RunEvent.EscapeOutcome.ACCEPTED, "out again"));
        log.append(events.iteration(30, 1, 1));
        assertThat(log.status().escapes()).isEqualTo(2);
        RunStatus lost = log.status().lost(false, false);
        Increment whole = log.increment(-1);
        RunLog again = RunLog.stored(
                log.header(),
                new Increment(
                        whole.last(),
                        whole.reshaped(),
                        whole.level(),
                        true,
                        whole.pieces(),
                        whole.landmarks(),
                        lost,
                        whole.spark(),
                        List.of(),
                        0,
                        0,
                        List.of(),
                        List.of(),
                        List.of(),
                        null));
        again.takeUp(new Attempt(2, 20, 1, checkpoint));
        assertThat(again.ended()).isFalse();
        assertThat(again.status().escapes()).isEqualTo(1);
        assertThat(again.status().verdict())
                .as("of the judgement that was superseded")
                .isNull();
        events.attempt(2);
        log.append(events.phase(20, Phase.JUDGE, "goes on"));
        again.append(events.phase(20, Phase.JUDGE, "goes on"));
        again.append(events.escape(20, RunEvent.EscapeOutcome.ACCEPTED, "out again"));
        again.append(events.iteration(21, 0.5, 1));
        assertThat(again.status().escapes()).isEqualTo(2);
        assertThat(again.status().state()).isEqualTo(RunState.RUNNING);
        assertThat(iterations(all(again))).containsExactly(10L, 20L, 21L);
        assertThat(again.snapshot().landmarks()).as("what happened stays").hasSize(6);
        assertThat(again.holding()).hasSize(4);
    }

    @Test
    void aCheckpointIsOfUseOnlyToARunThatWasCutShort() {
        RunLog log = new RunLog(TestRuns.header("r"));
        TestRuns events = new TestRuns();
        log.append(events.iteration(5, 3, 1));
        log.checkpointed(new Checkpointed(5, TestRuns.STARTED));
        RunStatus live = log.status();
        assertThat(live.checkpoint().iteration()).isEqualTo(5);
        assertThat(live.resumable()).isFalse();
        RunStatus interrupted = live.lost(false, true);
        assertThat(interrupted.resumable()).isTrue();
        assertThat(interrupted.title()).isEqualTo("Interrupted");
        assertThat(interrupted.sentence()).contains("can be resumed from its checkpoint at iteration 5");
        assertThat(interrupted.lost(false, false)).as("lost already").isEqualTo(interrupted);
        assertThat(StoredJson.status(StreamJson.text(json -> StreamJson.status(json, interrupted))))
                .isEqualTo(interrupted);
        log.append(events.end(6));
        assertThat(log.status().checkpoint()).isNull();
        assertThat(log.status().resumable()).isFalse();
    }
}
