package io.escapement.linalg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TensorPcaTest {

    private static final long SEED = 11;

    private static double[] unit(int n, Random random) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> random.nextGaussian());
        double length = Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
        return Arrays.stream(x).map(v -> v / length).toArray();
    }

    private static double inner(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /** A symmetric tensor of independent Gaussian entries of variance about sigma². */
    private static SymmetricTensor noise(int n, int order, double sigma, Random random) {
        SymmetricTensor sum = SymmetricTensor.power(0, new double[n], order);
        int terms = 40 * n;
        for (int t = 0; t < terms; t++) {
            double[] x = new double[n];
            Arrays.setAll(x, i -> random.nextGaussian());
            sum = sum.plusPower(sigma * random.nextGaussian() / Math.sqrt(15.0 * terms), x);
        }
        return sum;
    }

    @Test
    void aRankOneTensorIsFoundWithItsSign() {
        Random random = new Random(SEED);
        for (int order = 2; order <= 5; order++) {
            for (double lambda : new double[] {7, -7, 1e-21, -1e-30}) {
                double[] x = unit(5, random);
                SymmetricTensor w = SymmetricTensor.power(lambda, x, order);
                RankOne found = TensorPca.standard().dominant(w);
                assertThat(found.converged())
                        .as("order %d, λ %s", order, lambda)
                        .isTrue();
                assertThat(w.distanceTo(found.value(), found.vector())).isLessThan(1e-12 * Math.abs(lambda));
                if (order % 2 == 1) {
                    assertThat(found.value()).isPositive();
                    assertThat(w.distanceTo(1, found.root(order))).isLessThan(1e-12 * Math.abs(lambda));
                }
                assertThat(TensorPca.standard().kappa(w, found)).isLessThan(1e-12);
            }
        }
    }

    @Test
    void rankOneUnderNoise() {
        Random random = new Random(SEED);
        for (int trial = 0; trial < 20; trial++) {
            double[] x = unit(10, random);
            SymmetricTensor w = noise(10, 3, 0.05, random).plusPower(3, x);
            RankOne found = TensorPca.standard().dominant(w);
            assertThat(found.converged()).as("seed %d, trial %d", SEED, trial).isTrue();
            assertThat(inner(found.vector(), x)).as("trial %d", trial).isGreaterThan(0.99);
            assertThat(found.value()).isCloseTo(3, within(0.3));
            // Stationary: no nearby unit vector does better.
            for (int i = 0; i < 20; i++) {
                double[] other = found.vector().clone();
                double[] step = unit(10, random);
                Arrays.setAll(other, k -> other[k] + 1e-3 * step[k]);
                double length = Math.sqrt(inner(other, other));
                Arrays.setAll(other, k -> other[k] / length);
                assertThat(inner(other, w.contract(other))).isLessThanOrEqualTo(found.value() + 1e-12);
            }
        }
    }

    /** Orthogonal terms: the larger one, and κ the ratio, whatever their signs. Close ones are where one start fails. */
    @Test
    void twoOrthogonalTerms() {
        Random random = new Random(SEED);
        for (double ratio : new double[] {0.1, 0.5, 0.9, 0.999, -0.9}) {
            double[] x = unit(8, random);
            double[] y = unit(8, random);
            double along = inner(x, y);
            Arrays.setAll(y, i -> y[i] - along * x[i]);
            double length = Math.sqrt(inner(y, y));
            Arrays.setAll(y, i -> y[i] / length);
            SymmetricTensor w = SymmetricTensor.power(2, x, 3).plusPower(2 * ratio, y);
            RankOne found = TensorPca.standard().dominant(w);
            assertThat(found.value()).as("ratio %s", ratio).isCloseTo(2, within(1e-10));
            assertThat(inner(found.vector(), x)).isCloseTo(1, within(1e-10));
            assertThat(TensorPca.standard().kappa(w, found)).isCloseTo(Math.abs(ratio), within(1e-9));
            RankOne second = TensorPca.standard().second(w, found);
            assertThat(inner(second.vector(), found.vector())).isCloseTo(0, within(1e-12));
        }
    }

    /** Even order with both signs: the plain method may cycle, the shifted one ascends to a stationary point. */
    @Test
    void indefiniteTensorsConverge() {
        Random random = new Random(SEED);
        for (int order : new int[] {3, 4}) {
            for (int trial = 0; trial < 20; trial++) {
                SymmetricTensor w = noise(4, order, 1, random);
                RankOne found = TensorPca.standard().dominant(w);
                assertThat(found.converged())
                        .as("seed %d, order %d, trial %d: %s", SEED, order, trial, found)
                        .isTrue();
                double best = 0;
                for (int i = 0; i < 2000; i++) {
                    double[] x = unit(4, random);
                    best = Math.max(best, Math.abs(inner(x, w.contract(x))));
                }
                assertThat(Math.abs(found.value()))
                        .as("order %d, trial %d", order, trial)
                        .isGreaterThan(0.9 * best);
            }
        }
    }

    @Test
    void whatHasNoDominantTerm() {
        RankOne ofZero = TensorPca.standard().dominant(SymmetricTensor.power(0, new double[4], 3));
        assertThat(ofZero.value()).isZero();
        assertThat(ofZero.root(3)).containsOnly(0);
        double[] broken = new double[27];
        broken[5] = Double.NaN;
        RankOne ofNaN = TensorPca.standard().from(new SymmetricTensor(3, 3, broken), new double[] {1, 0, 0});
        assertThat(ofNaN.value()).isNaN();
        assertThat(ofNaN.converged()).isFalse();
    }
}
