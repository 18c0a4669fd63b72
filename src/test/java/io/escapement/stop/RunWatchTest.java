package io.escapement.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.event.RunEvent;
import io.escapement.event.Stamp;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import io.escapement.stop.RunWatch.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What can be told of a run from its losses and gradient norms alone; and the criteria that came with it. */
class RunWatchTest {

    private static RunEvent.Iteration event(int i, Object... figures) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int k = 0; k < figures.length; k += 2) {
            values.put((String) figures[k], (Double) figures[k + 1]);
        }
        Stamp stamp = new Stamp(1, i, i, 0, Instant.EPOCH, Duration.ofSeconds(i));
        return new RunEvent.Iteration(stamp, Values.of(values), null);
    }

    private static List<String> changes(int events, IntToDoubleFunction loss, IntToDoubleFunction norm) {
        RunWatch watch = new RunWatch(RunWatch.Settings.standard());
        List<String> changes = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            int at = i;
            watch.see(event(i, Values.LOSS, loss.applyAsDouble(i), Values.GRADIENT_NORM, norm.applyAsDouble(i)))
                    .ifPresent(finding -> changes.add(at + " " + finding.kind().label()));
        }
        return changes;
    }

    @Test
    void aSteadyDescentIsRunning() {
        assertThat(changes(5000, i -> Math.exp(-0.01 * i), i -> Math.exp(-0.01 * i)))
                .isEmpty();
        // To a loss that is not zero: the gradient norm still falls.
        assertThat(changes(2000, i -> 3 + Math.exp(-0.1 * i), i -> Math.exp(-0.1 * i)))
                .isEmpty();
        // Through zero to negative losses.
        assertThat(changes(2000, i -> 1 - 0.01 * i, i -> 1)).isEmpty();
    }

    @Test
    void aFlatLossStallsAfterTheWindowAndRunsAgainWithProgress() {
        assertThat(changes(1000, i -> i < 100 ? 2 - 0.01 * i : i < 600 ? 1 : 1 - 0.001 * (i - 599), i -> 1))
                .containsExactly("300 stalled", "600 running");
    }

    /** Nothing is below −∞: as the best loss, or the best norm, it would keep the run diverged for ever. */
    @Test
    void aLossThatIsNotFiniteIsNoBestSoThatTheRunComesBack() {
        for (double odd : new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertThat(changes(400, i -> i == 10 ? odd : 2 - 0.001 * i, i -> 1))
                    .as("a loss of " + odd)
                    .containsExactly("10 diverged", "11 running");
            assertThat(changes(400, i -> 2 - 0.001 * i, i -> i == 10 ? odd : Math.exp(-0.01 * i)))
                    .as("a norm of " + odd)
                    .containsExactly("10 diverged", "11 running");
        }
    }

    @Test
    void aLossThatComesLateIsProgress() {
        RunWatch watch = new RunWatch(RunWatch.Settings.standard());
        for (int i = 0; i < 1000; i++) {
            watch.see(i < 900 ? event(i, "other", 1.0) : event(i, Values.LOSS, 1.0));
            assertThat(watch.now().kind()).as("at " + i).isEqualTo(i < 200 || i >= 900 ? Kind.RUNNING : Kind.STALLED);
        }
    }

    @Test
    void aFlatLossWithASmallGradientIsAPlateau() {
        assertThat(changes(1000, i -> i < 100 ? 2 - 0.01 * i : 1, i -> i < 100 ? 1 : 1e-3))
                .containsExactly("300 plateau");
    }

    @Test
    void lossesThatGoUpAndDownOscillate() {
        assertThat(changes(300, i -> i < 50 ? 100 - i : 50 + i % 2, i -> 1))
                .first()
                .asString()
                .endsWith("oscillating");
    }

    @Test
    void noiseIsNoOscillationButAStall() {
        Random random = new Random(5);
        double[] noise = random.doubles(3000, 1, 2).toArray();
        noise[0] = 1; // the best there will be
        assertThat(changes(3000, i -> noise[i], i -> 1)).containsExactly("200 stalled");
    }

    @Test
    void divergenceLastsUntilANewBest() {
        assertThat(changes(500, i -> i < 10 ? 1 : i < 20 ? Double.NaN : i < 100 ? 5 : 1 - 0.001 * i, i -> 1))
                .containsExactly("10 diverged", "100 running");
        assertThat(changes(100, i -> Math.pow(10, i), i -> 1)).containsExactly("50 diverged");
    }

    @Test
    void aLossAloneIsEnough() {
        RunWatch watch = new RunWatch(RunWatch.Settings.standard().withWindow(3));
        for (int i = 0; i < 3; i++) {
            assertThat(watch.see(event(i, Values.LOSS, 1.0))).isEmpty();
        }
        RunWatch.Finding finding = watch.see(event(3, Values.LOSS, 1.0)).orElseThrow();
        assertThat(finding.kind()).isEqualTo(Kind.STALLED);
        assertThat(finding.reason().orElseThrow()).isEqualTo(new StopReason.Stalled(0, 1e-6, 3));
        assertThat(watch.see(event(4, "accuracy", 1.0))).as("no loss at all").isEmpty();
    }

    @Test
    void aNegativeCurvatureMakesAStallSaddleLike() {
        RunWatch watch = new RunWatch(RunWatch.Settings.standard().withWindow(3));
        for (int i = 0; i <= 3; i++) {
            watch.see(event(i, Values.LOSS, 1.0));
        }
        RunWatch.Finding finding = watch.see(event(4, Values.LOSS, 1.0, Values.HESSIAN_LAMBDA_MIN, -0.1))
                .orElseThrow();
        assertThat(finding.saddleLike()).isTrue();
        assertThat(finding.sentence()).contains("saddle-like");
        for (int i = 5; i < 8; i++) {
            watch.see(event(i, Values.LOSS, 1.0 / i));
        }
        for (int i = 8; i < 15; i++) {
            watch.see(event(i, Values.LOSS, 1.0));
        }
        assertThat(watch.now().kind()).isEqualTo(Kind.STALLED);
        assertThat(watch.now().saddleLike()).as("that was another point").isFalse();
    }

    @Test
    void aPlateauIsAStallWithASmallGradientThatIsNotNegligible() {
        StoppingCriterion plateau = new Plateau(1e-9, 10, 1e-6, 0.01);
        assertThat(reasonOf(plateau, 1e-3)).isInstanceOf(StopReason.Plateaued.class);
        assertThat(reasonOf(plateau, 0.5)).as("as large as ever").isNull();
        assertThat(reasonOf(plateau, 1e-7)).as("stationary").isNull();
        assertThat(reasonOf(plateau.or(new Stall(1e-9, 10)), 0.5)).isInstanceOf(StopReason.Stalled.class);
    }

    /** Of a loss that stays, with a gradient norm of 1 that drops to the given one. */
    private static StopReason reasonOf(StoppingCriterion criterion, double norm) {
        StoppingCriterion.Watch watch = criterion.begin();
        StopReason reason = null;
        for (int i = 0; i <= 10; i++) {
            reason = watch.check(event(i, Values.LOSS, 1.0, Values.GRADIENT_NORM, i < 5 ? 1 : norm))
                    .orElse(null);
        }
        return reason;
    }

    @Test
    void aDepartureHeedsNoRestBeforeItHasLeft() {
        StoppingCriterion departure = new Departure(1, 0.1, 20, new GradientTolerance(1e-3));
        assertThat(departs(departure, i -> 1)).isEqualTo(20);
        assertThat(departs(departure, i -> i < 7 ? 1 : 0.8)).isEqualTo(7);
        assertThat(departs(departure, i -> i == 3 ? Double.NaN : 1)).isEqualTo(20);
        assertThat(departs(new Departure(1, 0.1, 20, new Finite()), i -> i == 3 ? Double.NaN : 1))
                .isEqualTo(3);
        assertThatThrownBy(() -> new Departure(1, 0, 0, new Finite()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("iterations is 0");
    }

    /** When it stops a descent whose gradient is always small. */
    private static int departs(StoppingCriterion criterion, IntToDoubleFunction loss) {
        StoppingCriterion.Watch watch = criterion.begin();
        for (int i = 0; i < 100; i++) {
            if (watch.check(event(i, Values.LOSS, loss.applyAsDouble(i), Values.GRADIENT_NORM, 1e-9))
                    .isPresent()) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void aDescentIsHopelessWhereWhatIsToComeDoesNotReachTheTarget() {
        // To 0.6 at a rate of 0.9: hopeless for 0.5 once ten times what is to come is less than the distance.
        assertThat(departs(new Hopeless(0.5, 5, 10), i -> 0.6 + Math.pow(0.9, i)))
                .isEqualTo(43);
        assertThat(departs(new Hopeless(0.61, 5, 10), i -> 0.6 + Math.pow(0.9, i)))
                .isEqualTo(-1);
        // Slower and slower, then faster again: a descent past a saddle is not given up while it speeds up.
        assertThat(departs(new Hopeless(0.5, 5, 10), i -> 2 - Math.exp(0.1 * i) / 100))
                .isEqualTo(-1);
        assertThat(departs(new Hopeless(0.5, 5, 10), i -> 2 - 0.01 * i))
                .as("steady")
                .isEqualTo(-1);
    }

    @Test
    void workIsLimitedByItsFigure() {
        StoppingCriterion.Watch watch = new EvaluationLimit(2.5).begin();
        assertThat(watch.check(event(0, Values.GRADIENT_EVALUATIONS, 2.0))).isEmpty();
        assertThat(watch.check(event(1, Values.LOSS, 9.0))).isEmpty();
        assertThat(watch.check(event(2, Values.GRADIENT_EVALUATIONS, 2.5)))
                .contains(new StopReason.EvaluationLimit(2.5));
    }
}
