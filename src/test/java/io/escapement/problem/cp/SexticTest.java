package io.escapement.problem.cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SexticTest {

    @Test
    void signChangesOfRandomProductsAreTheirRoots() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            int count = 1 + random.nextInt(5);
            double[] roots = new double[count];
            double[] c = {(random.nextBoolean() ? 1 : -1) * Math.pow(10, 40 * random.nextDouble() - 20)};
            for (int i = 0; i < count; i++) {
                // Far enough from one another for double precision to tell: each another decade, of either sign.
                roots[i] = (random.nextBoolean() ? 1 : -1) * Math.pow(10, 2 * i - 5 + random.nextDouble());
                c = times(c, -roots[i], 1);
            }
            if (count <= 3 && random.nextBoolean()) {
                // A pair of complex roots beside them.
                double b = random.nextGaussian();
                c = timesQuadratic(c, 1 + b * b, b, 1);
            }
            Arrays.sort(roots);
            double[] found = SignChanges.of(c);
            assertThat(found).as("seed %d", seed).hasSize(count);
            for (int i = 0; i < count; i++) {
                assertThat(found[i]).as("seed %d", seed).isCloseTo(roots[i], within(1e-9 * Math.abs(roots[i])));
            }
        }
    }

    private static double[] times(double[] c, double constant, double linear) {
        double[] product = new double[c.length + 1];
        for (int i = 0; i < c.length; i++) {
            product[i] += constant * c[i];
            product[i + 1] += linear * c[i];
        }
        return product;
    }

    private static double[] timesQuadratic(double[] c, double c0, double c1, double c2) {
        double[] product = new double[c.length + 2];
        for (int i = 0; i < c.length; i++) {
            product[i] += c0 * c[i];
            product[i + 1] += c1 * c[i];
            product[i + 2] += c2 * c[i];
        }
        return product;
    }

    @Test
    void minimizerAgainstADenseScan() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int m = 4;
            double[][] r = new double[4][m];
            for (double[] part : r) {
                for (int e = 0; e < m; e++) {
                    part[e] = random.nextGaussian();
                }
            }
            Sextic sextic = Sextic.of(r[0], r[1], r[2], r[3], m);
            double best = Double.NaN;
            double lowest = 0;
            for (int i = 1; i <= 10_000; i++) {
                double s = i * 4e-4;
                if (sextic.change(s) < lowest) {
                    lowest = sextic.change(s);
                    best = s;
                }
            }
            double s = sextic.positiveMinimizer();
            if (Double.isNaN(best)) {
                // A descent closer to 0 than the scan looks.
                assertThat(Double.isNaN(s) || s < 4e-4).as("seed %d", seed).isTrue();
                continue;
            }
            assertThat(sextic.change(s)).as("seed %d", seed).isLessThanOrEqualTo(lowest);
            assertThat(sextic.change(s)).as("seed %d", seed).isCloseTo(lowest, within(1e-4));
        }
    }

    /** A stationary point leaves a slope, and a curvature, of rounding size; the minima beyond must not be lost for that. */
    @Test
    void roundingAtAStationaryPointDoesNotHideTheMinimum() {
        for (double noise : new double[] {0, 1e-18, -1e-18, 1e-30, -1e-200, 1e-12}) {
            // −s³ + ½s⁶ has its minimum at s = 1, as on a ray from X = 0.
            Sextic cubic = new Sextic(1, noise, noise, -1, 0, 0, 0.5);
            assertThat(cubic.positiveMinimizer()).isCloseTo(1, within(1e-11));
            // A barrier before it: ½s² − s³·2 + ½s⁶ + ….
            Sextic barrier = new Sextic(1, noise, 0.5, -2, 0, 0, 0.5);
            double s = barrier.positiveMinimizer();
            assertThat(s - 6 * s * s + 3 * Math.pow(s, 5)).isCloseTo(0, within(1e-10));
            assertThat(s).isGreaterThan(1);
        }
    }

    @Test
    void smallPositiveStepKeepsItsDigitsBesideAFarMinimum() {
        Sextic sextic = new Sextic(1, -1e-16, 1, 3, 1, 0, 1);
        assertThat(sextic.positiveMinimizer()).isCloseTo(5e-17, within(1e-24));
        Sextic tiny = new Sextic(0, -1e-150, 1, 3, 1, 0, 1);
        assertThat(tiny.positiveMinimizer()).isCloseTo(5e-151, within(1e-158));
    }

    @Test
    void scaleEquivariance() {
        for (double scale : new double[] {1e-30, 1e-8, 1e9, 1e25}) {
            double p = scale;
            Sextic sextic = new Sextic(
                    1,
                    -0.3 * p,
                    -0.2 * p * p,
                    0.1 * Math.pow(p, 3),
                    -0.4 * Math.pow(p, 4),
                    0.05 * Math.pow(p, 5),
                    0.5 * Math.pow(p, 6));
            double plain = new Sextic(1, -0.3, -0.2, 0.1, -0.4, 0.05, 0.5).positiveMinimizer();
            assertThat(sextic.positiveMinimizer() * scale).isCloseTo(plain, within(1e-12));
        }
    }

    @Test
    void degenerateAndNotFinite() {
        assertThat(new Sextic(1, 0, 0, 0, 0, 0, 0).positiveMinimizer()).isNaN();
        assertThat(new Sextic(1, 2, 1, 0, 0, 0, 1).positiveMinimizer()).isNaN();
        assertThat(new Sextic(1, -2, 1, 0, 0, 0, 0).positiveMinimizer()).isCloseTo(1, within(1e-15));
        assertThat(new Sextic(1, -2, 1, 0, 0, 0, 1e-320).positiveMinimizer()).isCloseTo(1, within(1e-15));
        assertThat(new Sextic(1, Double.NaN, 1, 0, 1, 0, 1).positiveMinimizer()).isNaN();
        assertThat(new Sextic(1, 0, Double.POSITIVE_INFINITY, 0, 1, 0, 1).positiveMinimizer())
                .isNaN();
        assertThat(SignChanges.of(new double[] {0, 0, 1})).isEmpty();
        assertThat(SignChanges.of(new double[] {0, 0, 0, 2})).containsExactly(0);
        assertThat(SignChanges.of(new double[] {5})).isEmpty();
    }
}
