package io.escapement.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The closed forms against direct evaluation and against a dense scan of the line. */
class QuarticTest {

    /** s = ±10^k/8 for k from −12 to 12 in steps of a 25th of a decade: beyond every scale drawn below. */
    private static final double[] SCAN = scan();

    private static double[] scan() {
        double[] s = new double[2 * 601];
        for (int i = 0; i <= 600; i++) {
            s[2 * i] = Math.pow(10, -12 + i / 25.0) / 8;
            s[2 * i + 1] = -s[2 * i];
        }
        return s;
    }

    private static void expectMinimizers(Quartic quartic, String what) {
        double best = quartic.minimizer();
        double positive = quartic.positiveMinimizer();
        double lowest = quartic.change(best);
        double lowestPositive = Double.isNaN(positive) ? 0 : quartic.change(positive);
        assertThat(lowest).as(what).isLessThanOrEqualTo(0);
        for (double s : SCAN) {
            double change = quartic.change(s);
            // What rounding in evaluating the polynomial may feign.
            double noise = 1e-13
                    * (Math.abs(quartic.c1() * s)
                            + Math.abs(quartic.c2() * s * s)
                            + Math.abs(quartic.c3() * s * s * s)
                            + quartic.c4() * s * s * s * s);
            if (lowest > change + noise || (s > 0 && lowestPositive > change + noise)) {
                fail(
                        "%s: %s at %s and %s at %s, but %s at s = %s",
                        what, lowest, best, lowestPositive, positive, change, s);
            }
        }
    }

    @Test
    void tenThousandRandomRaysOfEveryScale() {
        for (int draw = 0; draw < 10_000; draw++) {
            Random random = new Random(draw);
            int m = 1 + random.nextInt(5);
            double[] sizes = {decade(random), decade(random), decade(random)};
            double[][] r = new double[3][m];
            for (int v = 0; v < 3; v++) {
                for (int k = 0; k < m; k++) {
                    r[v][k] = sizes[v] * random.nextGaussian();
                }
            }
            Quartic quartic = new Quartic(
                    0.5 * dot(r[0], r[0]),
                    dot(r[0], r[1]),
                    0.5 * dot(r[1], r[1]) + dot(r[0], r[2]),
                    dot(r[1], r[2]),
                    0.5 * dot(r[2], r[2]));
            expectMinimizers(quartic, "seed " + draw + ": " + quartic);
        }
    }

    @Test
    void coefficientsAreThoseOfTheLoss() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            FactoredProblem problem = seed % 2 == 0
                    ? Gaussian.sensing(5, 2, 7, 0.1, seed % 4 == 0 ? 0 : 0.3, random)
                    : Gaussian.asymmetric(3, 4, 2, 9, 0.1, seed % 3 == 0 ? 0 : 0.3, random);
            Evaluation at = problem.evaluate(Gaussian.matrix(problem.rows(), 2, random));
            DMatrixRMaj direction = Gaussian.matrix(problem.rows(), 2, random);
            double scale = decade(random);
            for (int i = 0; i < direction.getNumElements(); i++) {
                direction.data[i] *= scale;
            }
            Quartic quartic = problem.quartic(at, direction, new Workspace());
            Ray ray = problem.ray(at, direction, new Workspace());
            assertThat(ray.slope()).isEqualTo(quartic.c1());
            for (double t : new double[] {-3, -1, 0, 1e-3, 1, 2.5}) {
                double s = t / scale;
                DMatrixRMaj x = new DMatrixRMaj(problem.rows(), 2);
                Frobenius.add(at.x(), s, direction, x);
                double direct = problem.evaluate(x).loss();
                assertThat(quartic.value(s))
                        .as("seed %d, t %s", seed, t)
                        .isCloseTo(direct, within(1e-11 * (1 + direct)));
                assertThat(ray.change(s)).isEqualTo(quartic.change(s));
                assertThat(ray.evaluate(s).loss()).isCloseTo(direct, within(1e-11 * (1 + direct)));
            }
        }
    }

    /** A stationary point leaves a slope of rounding size; the minima beyond it must not be lost for that. */
    @Test
    void slopeAtRoundingDoesNotHideTheMinimum() {
        for (double slope : new double[] {0, 1e-18, -1e-18, 1e-30, -1e-200, 1e-12}) {
            Quartic even = new Quartic(1, slope, -1, 0, 0.25);
            assertThat(Math.abs(even.minimizer())).isCloseTo(Math.sqrt(2), within(1e-12));
            assertThat(even.positiveMinimizer()).isCloseTo(Math.sqrt(2), within(1e-12));
            Quartic jump = new Quartic(1, slope, 1, -2.1, 1);
            assertThat(jump.minimizer()).isCloseTo((6.3 + Math.sqrt(6.3 * 6.3 - 32)) / 8, within(1e-10));
        }
    }

    @Test
    void smallPositiveStepIsFoundBesideAFarMinimum() {
        Quartic quartic = new Quartic(1, -1e-16, 1, 3, 1);
        assertThat(quartic.positiveMinimizer()).isCloseTo(5e-17, within(1e-24));
        assertThat(quartic.minimizer()).isLessThan(-1);
    }

    @Test
    void degenerateAndNotFinite() {
        assertThat(new Quartic(1, 0, 0, 0, 0).minimizer()).isZero();
        assertThat(new Quartic(1, 0, 0, 0, 0).positiveMinimizer()).isNaN();
        assertThat(new Quartic(1, -2, 1, 0, 0).minimizer()).isCloseTo(1, within(1e-15));
        assertThat(new Quartic(1, 2, 1, 0, 0).positiveMinimizer()).isNaN();
        assertThat(new Quartic(1, Double.NaN, 1, 0, 1).minimizer()).isNaN();
        assertThat(new Quartic(1, 0, Double.POSITIVE_INFINITY, 0, 1).positiveMinimizer())
                .isNaN();
        assertThat(new Quartic(0, 1, 2, 3, 4).derivative(2)).isEqualTo(1 + 8 + 36 + 128);
    }

    private static double decade(Random random) {
        return Math.pow(10, -7 + 14 * random.nextDouble());
    }

    private static double dot(double[] a, double[] b) {
        return Frobenius.dot(a, b, a.length);
    }
}
