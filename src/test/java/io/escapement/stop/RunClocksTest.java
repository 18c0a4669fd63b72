package io.escapement.stop;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.event.Phase;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Stamp;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunClocksTest {

    private static final int WINDOW = 5;

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private long iteration;

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    private final RunClocks clocks = new RunClocks(
            clock,
            RunClocks.Settings.STANDARD,
            new RunWatch(RunWatch.Settings.standard().withWindow(WINDOW)));

    private void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    /** The program's clock is a day behind, which must not matter. */
    private Stamp stamp() {
        return new Stamp(1, iteration, iteration++, 0, now.minus(Duration.ofDays(1)), Duration.ZERO);
    }

    private void iterate(double loss) {
        clocks.see(new RunEvent.Iteration(stamp(), Values.of(Map.of("loss", loss)), null));
    }

    private void heartbeat(long expectNext) {
        clocks.see(new RunEvent.Heartbeat(stamp(), Duration.ofSeconds(expectNext)));
    }

    private RunState state() {
        return clocks.now().state();
    }

    @Test
    void withoutHeartbeatsARunIsQuietAndThenLostAndBackWithTheNextEvent() {
        iterate(1);
        pass(30);
        assertThat(state()).isEqualTo(RunState.RUNNING);
        pass(1);
        assertThat(state()).isEqualTo(RunState.QUIET);
        assertThat(clocks.now().sentence())
                .isEqualTo("No event has come for 30 s, and one was due after 30 s. No heartbeat has come since.");
        pass(30);
        assertThat(state()).isEqualTo(RunState.LOST);
        assertThat(clocks.now().sentence())
                .isEqualTo("Nothing has been heard of the program for 60 s, no heartbeat either; more than 60 s is too"
                        + " long.");
        assertThat(clocks.now().silence()).isEqualTo(Duration.ofSeconds(61));
        iterate(0.5);
        assertThat(state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void whatAnotherProcessSawIsRecalled() {
        List<RunEvent.Iteration> seen = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            seen.add(new RunEvent.Iteration(stamp(), Values.of(Map.of("loss", 0.5)), null));
        }
        clocks.recall(seen, Optional.of(Duration.ofMinutes(7)), false);
        assertThat(state()).isEqualTo(RunState.STALLED);
        assertThat(clocks.now().sentence()).contains("The last improvement was 7 min ago");
        clocks.recall(List.of(), Optional.empty(), true);
        heartbeat(5);
        pass(10);
        assertThat(state()).as("paused, so that nothing is due").isEqualTo(RunState.RUNNING);
    }

    @Test
    void aHeartbeatKeepsARunFromBeingLostButNotFromBeingQuiet() {
        iterate(1);
        heartbeat(40);
        pass(40);
        assertThat(state()).isEqualTo(RunState.RUNNING);
        heartbeat(40);
        pass(3);
        assertThat(state()).isEqualTo(RunState.QUIET);
        assertThat(clocks.now().sentence())
                .contains("No event has come for 40 s, and one was due after 40 s. Its"
                        + " heartbeat is there, the last one 3 s ago.");
        pass(117);
        assertThat(state()).as("three times what was promised").isEqualTo(RunState.QUIET);
        pass(1);
        assertThat(state()).isEqualTo(RunState.LOST);
        heartbeat(40);
        assertThat(state()).as("alive, but it has done nothing").isEqualTo(RunState.QUIET);
        iterate(0.5);
        assertThat(state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void stalledIsLeftWithProgressAndSaysSinceWhen() {
        iterate(1);
        pass(20);
        for (int i = 0; i <= WINDOW; i++) {
            iterate(1);
        }
        assertThat(state()).isEqualTo(RunState.STALLED);
        assertThat(clocks.now().sentence())
                .contains("The loss fell by only the fraction 0 over 5 iterations")
                .endsWith("The last improvement was 20 s ago.");
        clocks.see(new RunEvent.Iteration(stamp(), Values.of(Map.of("loss", 1.0, "hessianLambdaMin", -0.1)), null));
        assertThat(clocks.now().sentence()).contains("saddle-like: a negative curvature is known");
        pass(31);
        assertThat(state()).as("stalled, and now silent").isEqualTo(RunState.QUIET);
        assertThat(clocks.now().sentence()).contains("The loss fell by only").contains("saddle-like");
        iterate(0.1);
        assertThat(state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void divergedIsToldBeforeQuietAndLostBeforeDiverged() {
        iterate(1);
        iterate(Double.NaN);
        assertThat(state()).isEqualTo(RunState.DIVERGED);
        pass(31);
        assertThat(state()).isEqualTo(RunState.DIVERGED);
        assertThat(clocks.now().sentence()).isEqualTo("loss is NaN at iteration 1.".replace("loss", "Loss"));
        pass(31);
        assertThat(state()).isEqualTo(RunState.LOST);
        iterate(0.5);
        assertThat(state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aPausedRunIsNeitherQuietNorStalledButMayBeLost() {
        iterate(1);
        clocks.see(new RunEvent.PhaseChange(stamp(), Phase.PAUSED, ""));
        pass(50);
        assertThat(state()).isEqualTo(RunState.RUNNING);
        pass(11);
        assertThat(state()).isEqualTo(RunState.LOST);
    }

    @Test
    void anEndedRunDoesNotAge() {
        iterate(1);
        clocks.see(new RunEvent.Verdict(
                stamp(),
                RunState.CONVERGED,
                new StopReason.Told("converged", "done"),
                new PointVerdict.Undecided("not judged"),
                Values.none(),
                null));
        pass(1_000_000);
        assertThat(state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void timesAreSaidInStepsThatGrow() {
        assertThat(RunClocks.words(Duration.ofMillis(3900))).isEqualTo("3 s");
        assertThat(RunClocks.words(Duration.ofSeconds(64))).isEqualTo("60 s");
        assertThat(RunClocks.words(Duration.ofSeconds(125))).isEqualTo("2 min");
        assertThat(RunClocks.words(Duration.ofHours(5))).isEqualTo("5 h");
    }
}
