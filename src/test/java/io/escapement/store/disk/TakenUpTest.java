package io.escapement.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.event.Phase;
import io.escapement.event.Values;
import io.escapement.store.Attempt;
import io.escapement.store.Columns;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stored run that is taken up again: its checkpoints, and its series over both attempts. */
class TakenUpTest {

    private static final int FIRST = 20_000;
    private static final int TAKEN_UP_AT = 12_000;
    private static final int LAST = 26_000;

    @TempDir
    private Path directory;

    private RunStore open() {
        return new RunStore(StoreSettings.in(directory).withInterval(Duration.ofHours(1)), took -> {});
    }

    private static CheckpointDraft draft(long iteration, byte... data) {
        return new CheckpointDraft(
                1, iteration, 7, TestRuns.STARTED, "0", () -> data.length == 0 ? Optional.empty() : Optional.of(data));
    }

    private static List<Long> iterations(RunStore store, String id) {
        return store.checkpoints(id).stream().map(StoredCheckpoint::iteration).toList();
    }

    @Test
    void theNewestTwoCheckpointsAreKeptUntilTheRunEnds() {
        try (RunStore store = open()) {
            RunLog log = new RunLog(TestRuns.header("A"));
            store.record(log);
            TestRuns events = new TestRuns();
            for (int i = 0; i < 5; i++) {
                log.append(events.iteration(i, 1, 1));
                store.checkpoint("A", draft(i, (byte) i));
                assertThat(store.checkpointing("A")).as("until it is written").isTrue();
                store.flush();
            }
            assertThat(iterations(store, "A")).containsExactly(4L, 3L);
            StoredCheckpoint newest = store.checkpoints("A").get(0);
            assertThat(newest.data()).containsExactly(4);
            assertThat(newest.time()).isEqualTo(TestRuns.STARTED);
            assertThat(newest.seq()).isEqualTo(7);
            assertThat(log.status().checkpoint().iteration()).isEqualTo(4);
            store.checkpoint("A", draft(9));
            store.flush();
            assertThat(iterations(store, "A"))
                    .as("one that cannot be kept changes nothing")
                    .containsExactly(4L, 3L);
            log.append(events.end(5));
            store.flush();
            assertThat(store.checkpoints("A")).isEmpty();
            store.checkpoint("A", draft(10, (byte) 1));
            store.flush();
            assertThat(store.checkpoints("A")).as("of a run that has ended").isEmpty();
        }
    }

    @Test
    void aRunThatAProgramWasToldOfIsThereAtOnce() {
        try (RunStore one = open();
                RunStore two = open()) {
            one.recordNow(new RunLog(TestRuns.header("A")));
            assertThat(two.find("A")).isPresent();
        }
    }

    @Test
    void aRunThatSomebodyDeletesWhileItGoesOnHoldsUpNoOther() {
        try (RunStore one = open();
                RunStore two = open()) {
            RunLog gone = new RunLog(TestRuns.header("A"));
            RunLog other = new RunLog(TestRuns.header("B"));
            one.recordNow(gone);
            one.recordNow(other);
            two.delete("A");
            gone.append(new TestRuns().phase(0, Phase.DESCEND, "goes on"));
            other.append(new TestRuns().phase(0, Phase.DESCEND, "goes on"));
            one.flush();
            assertThat(one.status().state()).isEqualTo("writing");
            assertThat(one.status().more().eventsWaiting()).isZero();
            assertThat(two.find("A")).isEmpty();
            assertThat(two.find("B").orElseThrow().last()).isZero();
        }
    }

    @Test
    void ofTwoWhoTakeItUpOneGetsIt() {
        performFirst();
        try (RunStore one = open();
                RunStore two = open()) {
            RunLog mine = one.find("A").orElseThrow();
            RunLog theirs = two.find("A").orElseThrow();
            Attempt attempt = new Attempt(2, TAKEN_UP_AT, 1, TAKEN_UP_AT + 1);
            assertThat(one.takeUp(mine, attempt)).isTrue();
            assertThat(two.takeUp(theirs, attempt)).isFalse();
            assertThat(theirs.ended()).isTrue();
        }
    }

    /** A run whose process went away. */
    private void performFirst() {
        try (RunStore store = open()) {
            RunLog log = new RunLog(TestRuns.header("A"));
            store.record(log);
            TestRuns events = new TestRuns();
            for (int i = 0; i < FIRST; i++) {
                log.append(events.iteration(i, i <= TAKEN_UP_AT ? 1 : 1e9, 1));
                if (i % 5000 == 4999) {
                    store.flush();
                }
            }
        }
    }

    @Test
    void theSecondAttemptLeavesNothingOfTheFirstBeyondTheCheckpoint() {
        performFirst();
        try (RunStore store = open()) {
            RunLog log = store.find("A").orElseThrow();
            assertThat(log.status().title()).isEqualTo("Interrupted");
            assertThat(store.takeUp(log, new Attempt(2, TAKEN_UP_AT, 1, TAKEN_UP_AT + 1)))
                    .isTrue();
            TestRuns events = new TestRuns().attempt(2);
            log.append(events.phase(TAKEN_UP_AT, Phase.DESCEND, "goes on"));
            for (int i = TAKEN_UP_AT + 1; i < LAST; i++) {
                log.append(events.iteration(i, 2, 1));
                if (i % 3000 == 2999) {
                    store.flush();
                }
            }
            log.append(events.end(LAST));
        }
        try (RunStore store = open()) {
            RunLog log = store.find("A").orElseThrow();
            assertThat(log.status().attempt()).isEqualTo(2);
            assertThat(new RunCatalogue(store).replaced(log)).singleElement().satisfies(replaced -> {
                Columns rows = replaced.rows().columns(Set.of());
                assertThat(replaced.attempt()).isEqualTo(2);
                assertThat(rows.iteration(rows.rows() - 1)).isEqualTo(FIRST - 1);
                assertThat(rows.value(Values.LOSS, Columns.Of.LAST, 0)).hasValue(1e9);
            });
            requireSmooth(log.series(Set.of(), 0, Long.MAX_VALUE, 4096));
            Set<Long> rows = new TreeSet<>();
            List<Long> twice = new ArrayList<>();
            store.detail("A", block -> {
                Columns columns = block.columns(Set.of());
                requireSmooth(columns);
                for (int row = 0; row < columns.rows(); row++) {
                    if (!rows.add(columns.iteration(row))) {
                        twice.add(columns.iteration(row));
                    }
                }
            });
            assertThat(twice).isEmpty();
            assertThat(rows).as("every iteration in detail").hasSize(LAST);
            Columns detail = store.detail("A", Set.of(Values.LOSS), TAKEN_UP_AT - 5, TAKEN_UP_AT + 5, 100)
                    .orElseThrow();
            assertThat(detail.level()).isZero();
            assertThat(detail.rows()).isEqualTo(11);
        }
    }

    private static void requireSmooth(Columns columns) {
        long before = -1;
        for (int row = 0; row < columns.rows(); row++) {
            assertThat(columns.iteration(row)).isGreaterThan(before);
            before = columns.iteration(row);
            assertThat(columns.value(Values.LOSS, Columns.Of.MAX, row).orElseThrow())
                    .as("at iteration %d", before)
                    .isLessThanOrEqualTo(2);
        }
    }
}
