package io.escapement.store;

import static io.escapement.event.RunEvent.EscapeOutcome.ACCEPTED;
import static io.escapement.event.RunEvent.EscapeOutcome.PROPOSED;
import static io.escapement.event.RunEvent.EscapeOutcome.REFUSED;
import static io.escapement.event.RunEvent.EscapeOutcome.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.event.Phase;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunState;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunStatusTest {

    private final RunLog log = new RunLog(TestRuns.header("r"));
    private final TestRuns events = new TestRuns();

    @Test
    void aRunWithoutEventsIsQueued() {
        assertThat(log.status().state()).isEqualTo(RunState.QUEUED);
        assertThat(log.status().ended()).isFalse();
    }

    @Test
    void aDescentSaysWhereItIs() {
        log.append(events.phase(0, Phase.DESCEND, "Descending: gd."));
        log.append(events.iteration(120, 0.33, 1e-4));
        RunStatus status = log.status();
        assertThat(status.state()).isEqualTo(RunState.RUNNING);
        assertThat(status.title()).isEqualTo("Descending");
        assertThat(status.sentence()).isEqualTo("Descending: loss 0.33, gradient norm 1.00e−4 after 120 iterations.");
        assertThat(status.verdict()).isNull();
        assertThat(status.values()).containsEntry(Values.LOSS, 0.33);
    }

    @Test
    void aJudgementLastsUntilTheRunLeavesThePoint() {
        log.append(events.iteration(10, 0.33, 1e-9));
        log.append(events.phase(10, Phase.JUDGE, ""));
        assertThat(log.status().title()).isEqualTo("Judging");
        log.append(events.stationary(10, TestRuns.spurious(), 0.33));
        log.append(events.phase(10, Phase.ESCAPE, "Escaping."));
        RunStatus judged = log.status();
        assertThat(judged.title()).isEqualTo("Spurious minimum");
        assertThat(judged.verdict()).isEqualTo("spurious-minimum");
        assertThat(judged.sentence()).endsWith("Looking for a way out.");
        assertThat(judged.values()).containsEntry(Values.LAMBDA_MIN, -0.5);
        log.append(events.iteration(11, 0.5, 1));
        assertThat(log.status().verdict()).isNull();
        assertThat(log.status().values()).doesNotContainKey(Values.LAMBDA_MIN);
    }

    @Test
    void aTrialSaysWhatIsTriedAndARejectedOneReturnsToTheTrap() {
        log.append(events.iteration(10, 0.33, 1e-9));
        log.append(events.stationary(10, TestRuns.spurious(), 0.33));
        log.append(events.phase(10, Phase.ESCAPE, "Escaping."));
        log.append(events.escape(10, REFUSED, "no direction"));
        assertThat(log.status().sentence()).endsWith("No way out by oracle-probe: no direction.");
        log.append(events.escape(10, PROPOSED, "a step along the gap's eigenvector"));
        log.append(events.phase(10, Phase.TRIAL, "On trial."));
        log.append(events.iteration(12, 0.5, 0.1));
        RunStatus trial = log.status();
        assertThat(trial.phase()).isEqualTo(Phase.TRIAL);
        assertThat(trial.title()).isEqualTo("Trying oracle-probe");
        assertThat(trial.sentence())
                .isEqualTo("Trying oracle-probe: loss 0.5, gradient norm 0.1 after 2 iterations of the trial; the "
                        + "trap's loss is 0.33. A step along the gap's eigenvector.");
        log.append(events.stationary(12, TestRuns.spurious(), 0.4));
        log.append(events.escape(12, REJECTED, "ended at 0.4"));
        RunStatus back = log.status();
        assertThat(back.values()).containsEntry(Values.LOSS, 0.33);
        assertThat(back.escapes()).isZero();
        assertThat(back.sentence()).endsWith("Back from a trial of oracle-probe: ended at 0.4.");
        log.append(events.escape(12, PROPOSED, "the second candidate"));
        log.append(events.iteration(13, 0.1, 0.1));
        log.append(events.escape(13, ACCEPTED, "ended at 0.1"));
        log.append(events.phase(13, Phase.DESCEND, "On."));
        log.append(events.iteration(14, 0.09, 0.1));
        assertThat(log.status().escapes()).isEqualTo(1);
        assertThat(log.status().sentence()).endsWith("after 14 iterations and 1 escape.");
    }

    @Test
    void aPausedRunSaysByWhomAndGoesOn() {
        log.append(events.phase(0, Phase.DESCEND, ""));
        log.append(events.iteration(1, 1, 1));
        log.append(events.phase(1, Phase.PAUSED, "Paused by the dashboard."));
        assertThat(log.status().state()).isEqualTo(RunState.PAUSED);
        assertThat(log.status().sentence())
                .isEqualTo("Paused by the dashboard. Loss 1, gradient norm 1 after 1 iteration.");
        log.append(events.iteration(2, 1, 1));
        assertThat(log.status().state()).isEqualTo(RunState.RUNNING);
        assertThat(log.status().phase()).isEqualTo(Phase.DESCEND);
    }

    @Test
    void theVerdictEndsTheRun() {
        log.append(events.iteration(5, 1e-13, 1e-9));
        log.append(events.verdict(5, RunState.CONVERGED, new StopReason.GradientSmall(1e-9, 1e-6), TestRuns.global()));
        RunStatus status = log.status();
        assertThat(status.ended()).isTrue();
        assertThat(log.ended()).isTrue();
        assertThat(status.state()).isEqualTo(RunState.CONVERGED);
        assertThat(status.phase()).isEqualTo(Phase.FINISH);
        assertThat(status.title()).isEqualTo("Global minimum");
        assertThat(status.verdict()).isEqualTo("global-minimum");
        assertThat(status.sentence()).endsWith("End of the run: gradient norm 1.00e−9 is at most 1.00e−6.");
    }

    @Test
    void anUnjudgedEndSaysWhy() {
        log.append(events.iteration(5, 1, 1));
        log.append(events.verdict(
                5, RunState.FAILED, new StopReason.Failed("no memory"), new PointVerdict.Undecided("the run failed")));
        assertThat(log.status().title()).isEqualTo("Failed");
        assertThat(log.status().sentence()).isEqualTo("Failed: no memory.");
    }

    @Test
    void aSecondAttemptGoesOnAfterAnEnd() {
        log.append(events.iteration(5, 1, 1));
        log.append(events.end(5));
        log.append(events.message(5, "after the end, of the same attempt"));
        assertThat(log.ended()).isTrue();
        events.attempt(2);
        log.append(events.phase(3, Phase.DESCEND, "From the checkpoint."));
        assertThat(log.ended()).isFalse();
        assertThat(log.status().state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void theRateIsThatOfTheLastSeconds() {
        events.pace(Duration.ofMillis(100));
        for (int i = 0; i < 100; i++) {
            log.append(events.iteration(i, 1, 1));
        }
        assertThat(log.status().iterationsPerSecond()).isCloseTo(10, within(1e-9));
        events.pace(Duration.ofMillis(1));
        for (int i = 0; i < 10_000; i++) {
            log.append(events.iteration(100 + i, 1, 1));
        }
        assertThat(log.status().iterationsPerSecond()).isCloseTo(1000, within(1e-6));
    }

    @Test
    void smallStepsDownAddUpToAnImprovement() {
        double loss = 1;
        log.append(events.iteration(0, loss, 1));
        var first = log.status().lastImprovement();
        for (int i = 1; i <= 8; i++) {
            loss *= 1 - 1e-7;
            log.append(events.iteration(i, loss, 1));
        }
        assertThat(log.status().lastImprovement()).isEqualTo(first);
        for (int i = 9; i <= 12; i++) {
            loss *= 1 - 1e-7;
            log.append(events.iteration(i, loss, 1));
        }
        assertThat(log.status().lastImprovement()).isAfter(first);
    }
}
