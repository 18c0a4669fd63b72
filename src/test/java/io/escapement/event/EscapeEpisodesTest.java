package io.escapement.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EscapeEpisodesTest {

    private static final PointVerdict SPURIOUS = new PointVerdict.SpuriousMinimum(0.1, 1e-3, -0.5, 1e-6, 0.3);
    private static final PointVerdict MINIMUM = PointVerdict.GlobalMinimum.lowestLoss(0, 1e-12);
    private static final StopReason SMALL = new StopReason.GradientSmall(1e-7, 1e-6);

    private final List<RunEvent> events = new ArrayList<>();
    private int attempt = 1;

    private Stamp at(long iteration) {
        return new Stamp(attempt, events.size(), iteration, 0, Instant.EPOCH, Duration.ofMillis(100 * iteration));
    }

    private EscapeEpisodesTest judged(long iteration, PointVerdict verdict, double loss) {
        return judged(iteration, verdict, loss, SMALL);
    }

    private EscapeEpisodesTest judged(long iteration, PointVerdict verdict, double loss, StopReason reason) {
        Values values = Values.of(Map.of(Values.LOSS, loss, Values.GRADIENT_EVALUATIONS, 2.0 * iteration));
        events.add(new RunEvent.Stationary(at(iteration), reason, verdict, values, null));
        return this;
    }

    private EscapeEpisodesTest escape(long iteration, String mechanism, RunEvent.EscapeOutcome outcome, double after) {
        Values values = Values.of(Map.of("lossAfter", after, Values.GRADIENT_EVALUATIONS, 2.0 * iteration));
        events.add(new RunEvent.Escape(at(iteration), mechanism, outcome, "", values, null, Optional.of("gamma-type")));
        return this;
    }

    private EscapeEpisodesTest ended(long iteration, PointVerdict verdict) {
        events.add(new RunEvent.Verdict(at(iteration), RunState.CONVERGED, SMALL, verdict, Values.none(), null));
        return this;
    }

    private List<EscapeEpisode> found() {
        return EscapeEpisodes.of(events);
    }

    private EscapeEpisode only() {
        assertThat(found()).hasSize(1);
        return found().get(0);
    }

    @Test
    void aStayEndsWithTheEscapeThatIsAcceptedAndCountsItsTrials() {
        judged(10, SPURIOUS, 3)
                .escape(10, "oracle-probe", RunEvent.EscapeOutcome.PROPOSED, 9)
                .escape(20, "oracle-probe", RunEvent.EscapeOutcome.REJECTED, 3)
                .escape(20, "oracle-probe", RunEvent.EscapeOutcome.REFUSED, 3)
                .escape(20, "race", RunEvent.EscapeOutcome.PROPOSED, 9)
                .escape(35, "race", RunEvent.EscapeOutcome.ACCEPTED, 1)
                .judged(50, MINIMUM, 0)
                .ended(50, MINIMUM);
        EscapeEpisode episode = only();
        assertThat(episode.outcome()).isEqualTo(EscapeEpisode.Outcome.ESCAPED);
        assertThat(episode.mechanism()).isEqualTo("race");
        assertThat(episode.type()).isEqualTo("gamma-type");
        assertThat(episode.trials()).isEqualTo(2);
        assertThat(episode.rejected()).isEqualTo(1);
        assertThat(episode.refused()).isEqualTo(1);
        assertThat(episode.iterations()).hasValue(25);
        assertThat(episode.oracleCalls()).isEqualTo(50);
        assertThat(episode.lossBefore()).isEqualTo(3);
        assertThat(episode.lossAfter()).isEqualTo(1);
        assertThat(episode.falseAlarm()).isFalse();
    }

    @Test
    void aCandidateThatLandsBelowTheTrapIsOneTrial() {
        judged(10, SPURIOUS, 3).escape(10, "sod-single", RunEvent.EscapeOutcome.ACCEPTED, 2);
        assertThat(only().trials()).isEqualTo(1);
        assertThat(only().iterations()).hasValue(0);
    }

    @Test
    void aStayThatGoesOnHasNoExit() {
        judged(10, SPURIOUS, 3).escape(10, "race", RunEvent.EscapeOutcome.PROPOSED, 9);
        assertThat(only().outcome()).isEqualTo(EscapeEpisode.Outcome.OPEN);
        assertThat(only().exit()).isNull();
        assertThat(only().iterations()).isEmpty();
        assertThat(only().oracleCalls()).isNaN();
    }

    @Test
    void aRunThatEndsThereHasStayed() {
        judged(10, SPURIOUS, 3)
                .escape(10, "race", RunEvent.EscapeOutcome.REFUSED, 3)
                .ended(10, SPURIOUS);
        assertThat(only().outcome()).isEqualTo(EscapeEpisode.Outcome.STAYED);
        assertThat(only().mechanism()).isEqualTo("race");
        assertThat(only().falseAlarm()).isFalse();
    }

    @Test
    void aPointThatTurnsOutToBeTheGoalWasAFalseAlarm() {
        PointVerdict close = new PointVerdict.Undecided("too close to call");
        judged(10, close, 1e-12).judged(30, MINIMUM, 1e-16);
        assertThat(only().outcome()).isEqualTo(EscapeEpisode.Outcome.DESCENDED);
        assertThat(only().falseAlarm()).isTrue();
        assertThat(only().iterations()).hasValue(20);
    }

    @Test
    void aSecondJudgementOfAPointBelongsToTheSameStayAndALowerOneDoesNot() {
        judged(10, new PointVerdict.Undecided("too close to call"), 3).judged(20, SPURIOUS, 3 - 1e-9);
        assertThat(only().verdict()).isEqualTo("spurious-minimum");
        assertThat(only().entry().iteration()).isEqualTo(10);
        judged(40, SPURIOUS, 2);
        assertThat(found())
                .extracting(EscapeEpisode::outcome)
                .containsExactly(EscapeEpisode.Outcome.DESCENDED, EscapeEpisode.Outcome.OPEN);
    }

    @Test
    void goalsAndLimitsAreNoPlacesToLeave() {
        judged(10, MINIMUM, 0)
                .judged(20, SPURIOUS, 3, new StopReason.IterationLimit(20))
                .judged(30, SPURIOUS, 3, new StopReason.TargetReached("loss", 3, 4));
        assertThat(found()).isEmpty();
    }

    @Test
    void anotherAttemptInterruptsAStay() {
        judged(10, SPURIOUS, 3).escape(15, "race", RunEvent.EscapeOutcome.PROPOSED, 9);
        attempt = 2;
        judged(12, SPURIOUS, 3).escape(40, "race", RunEvent.EscapeOutcome.ACCEPTED, 1);
        assertThat(found())
                .extracting(EscapeEpisode::outcome)
                .containsExactly(EscapeEpisode.Outcome.INTERRUPTED, EscapeEpisode.Outcome.ESCAPED);
        assertThat(found().get(0).exit().iteration()).isEqualTo(15);
        assertThat(found().get(1).iterations()).hasValue(28);
    }

    @Test
    void anEscapeOfAProgramThatDoesNotJudgeHasNoKnownLength() {
        escape(70, "restart", RunEvent.EscapeOutcome.ACCEPTED, 1);
        assertThat(only().judged()).isFalse();
        assertThat(only().iterations()).isEmpty();
        assertThat(only().oracleCalls()).isNaN();
        assertThat(only().lossBefore()).isNaN();
        assertThat(only().trials()).isEqualTo(1);
    }
}
