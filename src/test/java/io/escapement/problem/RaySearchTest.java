package io.escapement.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

class RaySearchTest {

    @Test
    void aSmoothMinimumIsFoundInFewEvaluationsWhereverTheFirstTrialIs() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            double size = Math.pow(10, -6 + 12 * random.nextDouble());
            Quartic quartic = new Quartic(0, -size, size * random.nextGaussian(), size * random.nextGaussian(), size);
            AtomicInteger evaluations = new AtomicInteger();
            double first = Math.pow(10, -3 + 6 * random.nextDouble());
            double s = RaySearch.positiveMinimizer(
                    t -> {
                        evaluations.incrementAndGet();
                        return new Rise(quartic.change(t), quartic.derivative(t));
                    },
                    quartic.c1(),
                    first);
            assertThat(quartic.change(s)).as("seed %d", seed).isNegative();
            assertThat(java.util.Arrays.stream(quartic.stationaryPoints()).boxed())
                    .as("seed %d: %s", seed, s)
                    .anyMatch(t -> Math.abs(t - s) < 1e-7 * s);
            assertThat(evaluations.get()).as("seed %d", seed).isLessThan(60);
        }
    }

    @Test
    void aKinkIsFoundToTheLastDigits() {
        for (double kink : new double[] {1e-9, 0.37, 1e6}) {
            DoubleFunction<Rise> v = t -> new Rise(Math.abs(t - kink) - kink, t < kink ? -1 : 1);
            assertThat(RaySearch.positiveMinimizer(v, -1, 1)).isCloseTo(kink, within(2e-12 * kink));
        }
    }

    @Test
    void aLevelSlopeAtTheStartIsScanned() {
        Quartic even = new Quartic(0, 0, -1, 0, 0.25);
        double s = RaySearch.positiveMinimizer(t -> new Rise(even.change(t), even.derivative(t)), 0, 30);
        assertThat(s).isCloseTo(Math.sqrt(2), within(1e-6));
        Quartic rising = new Quartic(0, 1, 1, 0, 1);
        assertThat(RaySearch.positiveMinimizer(t -> new Rise(rising.change(t), rising.derivative(t)), 1, 1))
                .isNaN();
        assertThat(RaySearch.positiveMinimizer(t -> new Rise(t, 1), Double.NaN, 1))
                .isNaN();
    }

    @Test
    void aFunctionThatFallsForEverGivesAFiniteStep() {
        double s = RaySearch.positiveMinimizer(t -> new Rise(Math.expm1(-t), -Math.exp(-t)), -1, 1);
        assertThat(s).isFinite().isGreaterThan(10);
        double far = RaySearch.positiveMinimizer(t -> new Rise(-t, -1), -1, 1);
        assertThat(far).isFinite().isPositive();
    }

    @Test
    void overflowOnTheWayIsStepppedBackFrom() {
        DoubleFunction<Rise> steep = t -> t > 2 ? new Rise(Double.NaN, Double.NaN) : new Rise(t * t - t, 2 * t - 1);
        assertThat(RaySearch.positiveMinimizer(steep, -1, 1e6)).isCloseTo(0.5, within(1e-9));
    }
}
