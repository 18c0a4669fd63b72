package io.escapement.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.event.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules by a clock that is moved by hand: what fires, when exactly, what does not, and what ends it. */
class AlertBoardTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestClock clock = new TestClock();
    private final List<String> told = new ArrayList<>();
    private final Map<Rule, Duration> patience = Map.of(Rule.STALLED, Duration.ofSeconds(60));
    private final AlertBoard board = new AlertBoard(
            clock,
            patience,
            alert -> told.add(alert.status() + " " + alert.rule().label() + " " + alert.run()));
    private final Map<String, Sighting> runs = new LinkedHashMap<>();

    private void is(String run, RunState state) {
        is(run, state, 0, Double.NaN, false);
    }

    private void ended(String run, RunState state) {
        is(run, state, 0, Double.NaN, true);
    }

    private void is(String run, RunState state, long iteration, double rate, boolean ended) {
        runs.put(
                run,
                new Sighting(
                        run,
                        "My " + run,
                        TestClock.START,
                        state,
                        "It is " + state.label() + ".",
                        iteration,
                        rate,
                        ended));
    }

    private void look() {
        board.look(new LinkedHashMap<>(runs));
    }

    private void lookAfter(Duration time) {
        clock.forward(time);
        look();
    }

    @Test
    void aRunThatHadEndedAndGoesOnIsLookedAtAgain() {
        ended("a", RunState.CANCELLED);
        look();
        look();
        is("a", RunState.DIVERGED);
        look();
        assertThat(told).containsExactly("firing diverged a");
        is("a", RunState.RUNNING);
        look();
        assertThat(told).endsWith("resolved diverged a");
    }

    @Test
    void aStallFiresWhenItHasLastedAndNotAMomentBefore() {
        is("a", RunState.STALLED);
        is("b", RunState.RUNNING);
        look();
        lookAfter(Duration.ofMillis(59_999));
        assertThat(told).isEmpty();
        assertThat(board.firing()).isEmpty();
        lookAfter(Duration.ofMillis(1));
        assertThat(told).containsExactly("firing stalled a");
        assertThat(board.firing()).singleElement().satisfies(alert -> {
            assertThat(alert.since()).isEqualTo(TestClock.START);
            assertThat(alert.firedAt()).isEqualTo(TestClock.START.plusSeconds(60));
            assertThat(alert.sentence()).isEqualTo("It is stalled.");
            assertThat(alert.runName()).isEqualTo("My a");
        });
    }

    @Test
    void whatIsInterruptedStartsAgain() {
        is("a", RunState.STALLED);
        look();
        clock.forward(Duration.ofSeconds(59));
        is("a", RunState.RUNNING);
        look();
        is("a", RunState.STALLED);
        lookAfter(SECOND);
        lookAfter(Duration.ofSeconds(59));
        assertThat(told).isEmpty();
        lookAfter(SECOND);
        assertThat(told).containsExactly("firing stalled a");
    }

    @Test
    void oneAlertHoweverOftenItIsSeenAndANewOneAfterProgress() {
        is("a", RunState.STALLED);
        look();
        for (int i = 0; i < 200; i++) {
            lookAfter(SECOND);
        }
        assertThat(told).containsExactly("firing stalled a");
        is("a", RunState.RUNNING);
        lookAfter(SECOND);
        lookAfter(SECOND);
        assertThat(told).containsExactly("firing stalled a", "resolved stalled a");
        assertThat(board.firing()).isEmpty();
        assertThat(board.recent()).singleElement().satisfies(alert -> {
            assertThat(alert.resolvedAt()).isEqualTo(TestClock.START.plusSeconds(201));
            assertThat(alert.resolution()).isEqualTo("The run goes on. It is running.");
        });
        is("a", RunState.STALLED);
        lookAfter(SECOND);
        lookAfter(Duration.ofSeconds(60));
        assertThat(told).containsExactly("firing stalled a", "resolved stalled a", "firing stalled a");
    }

    @Test
    void anEndResolvesEvenAStallThatTheRunEndedWith() {
        is("a", RunState.STALLED);
        look();
        lookAfter(Duration.ofSeconds(60));
        ended("a", RunState.STALLED);
        lookAfter(SECOND);
        assertThat(told).containsExactly("firing stalled a", "resolved stalled a");
        assertThat(board.recent().get(0).resolution()).isEqualTo("The run has ended. It is stalled.");
        lookAfter(Duration.ofHours(1));
        assertThat(told).hasSize(2);
    }

    @Test
    void aRunThatEndedBecauseItDivergedIsToldOfOnceAndForAWhile() {
        is("a", RunState.RUNNING);
        look();
        ended("a", RunState.DIVERGED);
        lookAfter(SECOND);
        assertThat(told).containsExactly("firing diverged a");
        lookAfter(AlertBoard.AFTER_END.minus(SECOND));
        assertThat(board.firing()).hasSize(1);
        lookAfter(SECOND);
        assertThat(told).containsExactly("firing diverged a", "resolved diverged a");
        lookAfter(AlertBoard.AFTER_END);
        assertThat(told).hasSize(2);
    }

    @Test
    void whatEndedBeforeAnybodyLookedIsHistory() {
        runs.put("old", new Sighting("old", "", TestClock.START.minusSeconds(1), RunState.LOST, "Gone.", 5, 1.0, true));
        look();
        lookAfter(Duration.ofHours(1));
        assertThat(told).isEmpty();
    }

    @Test
    void anEndedRunIsNotLookedAtAgain() {
        ended("a", RunState.CONVERGED);
        look();
        board.look(Map.of("a", new Watched() {
            @Override
            public boolean ended() {
                return true;
            }

            @Override
            public Sighting sighting() {
                throw new AssertionError("asked about a run that has ended and for which nothing fires");
            }
        }));
        assertThat(told).isEmpty();
    }

    @Test
    void aLostRunFiresAtOnceAndResolvesWhenItIsHeardAgainOrForgotten() {
        is("a", RunState.LOST);
        is("b", RunState.LOST);
        look();
        assertThat(told).containsExactly("firing lost a", "firing lost b");
        is("a", RunState.RUNNING);
        runs.remove("b");
        lookAfter(SECOND);
        assertThat(told.subList(2, 4)).containsExactlyInAnyOrder("resolved lost a", "resolved lost b");
    }

    @Test
    void aRunIsSlowAgainstItsOwnMedianAfterTheTimeItTakes() {
        long iteration = 0;
        is("a", RunState.RUNNING, iteration, 100, false);
        look();
        for (int i = 0; i < Pace.ENOUGH; i++) {
            is("a", RunState.RUNNING, iteration += 1000, 100, false);
            lookAfter(Pace.SPACING);
        }
        for (int i = 0; i < 40; i++) {
            // Exactly half is not below half.
            is("a", RunState.RUNNING, iteration += 1, 50, false);
            lookAfter(Duration.ofMillis(10));
        }
        assertThat(told).isEmpty();
        is("a", RunState.RUNNING, iteration += 1, 49, false);
        lookAfter(Duration.ofMillis(10));
        is("a", RunState.RUNNING, iteration += 1, 49, false);
        lookAfter(Rule.SLOW.patience().minusMillis(1));
        assertThat(told).isEmpty();
        is("a", RunState.RUNNING, iteration += 1, 49, false);
        lookAfter(Duration.ofMillis(1));
        assertThat(told).containsExactly("firing slow a");
        assertThat(board.firing().get(0).sentence())
                .isEqualTo("At 49.0 iterations per second it is below half of its own median, which is 100 over the"
                        + " time it was watched.");
        is("a", RunState.RUNNING, iteration += 1, 90, false);
        lookAfter(SECOND);
        assertThat(told).containsExactly("firing slow a", "resolved slow a");
    }

    @Test
    void aRunThatHangsIsSlowThoughItsLastFigureWasGood() {
        is("a", RunState.RUNNING, 0, 100, false);
        look();
        for (int i = 1; i <= Pace.ENOUGH; i++) {
            is("a", RunState.RUNNING, i, 100, false);
            lookAfter(Pace.SPACING);
        }
        lookAfter(SECOND);
        lookAfter(Rule.SLOW.patience());
        assertThat(told).containsExactly("firing slow a");
    }

    @Test
    void pausedAndYoungRunsAreNotSlow() {
        is("a", RunState.RUNNING, 0, 100, false);
        look();
        for (int i = 1; i < Pace.ENOUGH - 1; i++) {
            is("a", RunState.RUNNING, i, 100, false);
            lookAfter(Pace.SPACING);
        }
        is("a", RunState.PAUSED, 20, 1, false);
        for (int i = 0; i < 100; i++) {
            lookAfter(Duration.ofMinutes(1));
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aSilencedAlertFiresInSilenceAndIsToldOfWhenTheSilenceEnds() {
        is("a", RunState.LOST);
        is("b", RunState.LOST);
        Silence silence = board.silence("a", Rule.LOST, TestClock.START.plusSeconds(100));
        look();
        assertThat(told).containsExactly("firing lost b");
        assertThat(board.firing()).hasSize(2);
        assertThat(board.firing())
                .filteredOn(alert -> board.silencedUntil(alert).isPresent())
                .extracting(Alert::run)
                .containsExactly("a");
        lookAfter(Duration.ofSeconds(99));
        assertThat(told).hasSize(1);
        lookAfter(SECOND);
        assertThat(told).containsExactly("firing lost b", "firing lost a");
        assertThat(board.silences()).isEmpty();
        assertThat(board.lift(silence.id())).isFalse();
    }

    @Test
    void ofAnAlertThatWasSilencedAllTheTimeNothingIsTold() {
        is("a", RunState.LOST);
        board.silence(null, null, TestClock.START.plusSeconds(100));
        look();
        is("a", RunState.RUNNING);
        lookAfter(SECOND);
        assertThat(told).isEmpty();
        assertThat(board.recent()).hasSize(1);
    }

    @Test
    void silencesAreForARunOrARuleAndCanBeLifted() {
        Silence rule = board.silence(null, Rule.DIVERGED, TestClock.START.plusSeconds(100));
        is("a", RunState.DIVERGED);
        is("b", RunState.LOST);
        look();
        assertThat(told).containsExactly("firing lost b");
        assertThat(board.lift(rule.id())).isTrue();
        lookAfter(SECOND);
        assertThat(told).containsExactly("firing lost b", "firing diverged a");
    }

    @Test
    void aSilenceThatIsOverIsRefused() {
        Instant past = TestClock.START.minusSeconds(1);
        assertThatThrownBy(() -> board.silence(null, null, past))
                .hasMessage("until is " + past + "; a time after " + TestClock.START + " is needed");
        assertThatThrownBy(() -> new AlertBoard(clock, Map.of(Rule.LOST, Duration.ofSeconds(-1)), alert -> {}))
                .hasMessageContaining("patience with lost is PT-1S");
    }
}
