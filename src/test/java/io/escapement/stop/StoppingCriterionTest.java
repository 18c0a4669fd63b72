package io.escapement.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.event.Names;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Stamp;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoppingCriterionTest {

    private static final Names NAMES = Names.of(Values.LOSS, Values.GRADIENT_NORM);

    private static RunEvent.Iteration event(long iteration, double loss, double gradient) {
        Stamp stamp = new Stamp(1, iteration, iteration, 0, Instant.EPOCH, Duration.ofSeconds(iteration));
        return new RunEvent.Iteration(stamp, Values.of(NAMES, loss, gradient), null);
    }

    /** First iteration at which the criterion stops, or −1, over 10,000 iterations. */
    private static long stopsAt(StoppingCriterion criterion, IntToDoubleFunction loss) {
        StoppingCriterion.Watch watch = criterion.begin();
        for (int i = 0; i < 10_000; i++) {
            if (watch.check(event(i, loss.applyAsDouble(i), 1)).isPresent()) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<StopReason> once(StoppingCriterion criterion, double loss, double gradient) {
        return criterion.begin().check(event(0, loss, gradient));
    }

    private static StoppingCriterion always(boolean stops) {
        return stops ? new FigureTarget(Values.LOSS, 1e9) : new FigureTarget(Values.LOSS, -1e9);
    }

    @ParameterizedTest
    @CsvSource({"false,false,false,false", "true,false,true,false", "false,true,true,false", "true,true,true,true"})
    void orAndAndHaveTheirTruthTables(boolean a, boolean b, boolean or, boolean and) {
        assertThat(once(always(a).or(always(b)), 1, 1).isPresent()).isEqualTo(or);
        assertThat(once(always(a).and(always(b)), 1, 1).isPresent()).isEqualTo(and);
    }

    @Test
    void everyChildSeesEveryEvent() {
        // The stall needs its whole window; the other criterion answers at every event.
        StoppingCriterion both = new GradientTolerance(5).or(new Stall(0.5, 3));
        StoppingCriterion.Watch watch = both.and(new Stall(0.5, 3)).begin();
        for (int i = 0; i < 3; i++) {
            assertThat(watch.check(event(i, 1, 1))).isEmpty();
        }
        assertThat(watch.check(event(3, 1, 1))).isPresent();
    }

    @Test
    void bothReasonsAreToldWhereBothWereNeeded() {
        StopReason reason = once(new GradientTolerance(5).and(new FigureTarget(Values.LOSS, 2)), 1, 1)
                .orElseThrow();
        assertThat(reason.sentence()).contains("gradient norm 1 is at most 5").contains("loss 1 reached the target 2");
        assertThat(reason.atRest()).isTrue();
    }

    @Test
    void repeatedWantsThemInARow() {
        StoppingCriterion.Watch watch = new GradientTolerance(1).repeated(3).begin();
        double[] norms = {1, 1, 2, 1, 1, 1};
        for (int i = 0; i < 5; i++) {
            assertThat(watch.check(event(i, 1, norms[i]))).isEmpty();
        }
        assertThat(watch.check(event(5, 1, norms[5]))).isPresent();
    }

    @Test
    void aSecondWatchStartsFresh() {
        StoppingCriterion criterion = new Stall(0.5, 5).or(new IterationLimit(7));
        assertThat(stopsAt(criterion, i -> 1)).isEqualTo(5);
        assertThat(stopsAt(criterion, i -> 1)).isEqualTo(5);
    }

    @Test
    void aStallIsMeasuredOnTheBestLossSoFar() {
        assertThat(stopsAt(new Stall(0.01, 10), i -> Math.pow(0.99, i))).isEqualTo(-1);
        assertThat(stopsAt(new Stall(0.2, 10), i -> Math.pow(0.99, i))).isEqualTo(10);
        assertThat(stopsAt(new Stall(0.01, 10), i -> i % 2 == 0 ? 1 : 50)).isEqualTo(10);
        assertThat(stopsAt(new Stall(0.01, 10), i -> 0))
                .as("a loss of zero has nothing to lose")
                .isEqualTo(10);
    }

    @Test
    void oscillationIsAlternationWithoutProgress() {
        assertThat(stopsAt(new Oscillation(0.01, 20), i -> 2 + (i % 2))).isEqualTo(20);
        assertThat(stopsAt(new Oscillation(0.01, 20), i -> Math.pow(0.9, i) * (2 + (i % 2))))
                .isEqualTo(-1);
        assertThat(stopsAt(new Oscillation(0.01, 20), i -> 1.0 / (1 + i))).isEqualTo(-1);
    }

    @Test
    void growthIsDivergenceThatIsStillFinite() {
        assertThat(stopsAt(new Growth(1000, 10), i -> Math.pow(2, i))).isEqualTo(10);
        assertThat(stopsAt(new Growth(1000, 10), i -> Math.pow(1.9, Math.min(i, 9))))
                .isEqualTo(-1);
    }

    @Test
    void notFiniteIsDivergence() {
        assertThat(once(new Finite(), Double.NaN, 1).orElseThrow().state()).isEqualTo(RunState.DIVERGED);
        assertThat(once(new Finite(), 1, Double.POSITIVE_INFINITY).orElseThrow().sentence())
                .contains("gradientNorm is Infinity at iteration 0");
        assertThat(once(new Finite(), 1, 1)).isEmpty();
    }

    @Test
    void limitsCountFromTheirBeginning() {
        StoppingCriterion.Watch watch = new IterationLimit(3).begin();
        assertThat(watch.check(event(100, 1, 1))).isEmpty();
        assertThat(watch.check(event(102, 1, 1))).isEmpty();
        assertThat(watch.check(event(103, 1, 1))).contains(new StopReason.IterationLimit(3));
        assertThat(stopsAt(new TimeLimit(Duration.ofSeconds(42)), i -> 1)).isEqualTo(42);
    }

    @Test
    void describesItselfWithItsNumbers() {
        assertThat(new GradientTolerance(1e-6).or(new Stall(1e-9, 500)).describe())
                .isEqualTo("gradient norm at most 1.0E-6, or relative decrease below 1.0E-9 over 500 iterations");
        assertThat(new GradientTolerance(1).repeated(2).describe()).contains("2 times in a row");
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new Stall(1e-9, 0)).hasMessageContaining("window is 0");
        assertThatThrownBy(() -> new Stall(2, 10)).hasMessageContaining("relative decrease is 2.0");
        assertThatThrownBy(() -> new GradientTolerance(Double.NaN)).hasMessageContaining("gradient bound is NaN");
        assertThatThrownBy(() -> new IterationLimit(-1)).hasMessageContaining("iteration limit is -1");
        assertThatThrownBy(() -> new TimeLimit(Duration.ZERO)).hasMessageContaining("time limit is PT0S");
        assertThatThrownBy(() -> new Growth(1, 5)).hasMessageContaining("growth factor is 1.0");
        assertThatThrownBy(() -> new FigureTarget("loss", Double.NaN)).hasMessageContaining("target for loss is NaN");
        assertThatThrownBy(() -> always(true).repeated(0)).hasMessageContaining("times is 0");
    }
}
