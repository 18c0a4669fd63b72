package io.escapement.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Matrices Q·diag(λ)·Qᵀ with known λ, dense (limit above n) and by Lanczos (limit 0). */
class EigenSolverTest {

    private static final EigenSolver LANCZOS = EigenSolver.standard().withDenseLimit(0);

    /** Of an eigenvalue, relative to ‖A‖: values closer than a few residual tolerances cannot be told apart. */
    private static final double ACCURACY = 4e-10;

    private static SymmetricOperator operator(DMatrixRMaj a) {
        return new SymmetricOperator() {
            @Override
            public int dimension() {
                return a.numRows;
            }

            @Override
            public void apply(DMatrixRMaj v, DMatrixRMaj out) {
                out.reshape(a.numRows, v.numCols);
                CommonOps_DDRM.mult(a, v, out);
            }
        };
    }

    private static SymmetricOperator withSpectrum(double[] lambda, long seed) {
        int n = lambda.length;
        DMatrixRMaj q = RandomMatrices_DDRM.orthogonal(n, n, new Random(seed));
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        CommonOps_DDRM.mult(q, CommonOps_DDRM.diag(lambda), a);
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransB(a, q, out);
        return operator(out);
    }

    private static void expect(SymmetricOperator a, double[] lambda, int k, EigenSolver solver) {
        double[] sorted = lambda.clone();
        Arrays.sort(sorted);
        double norm = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
        Eigenpairs pairs = solver.smallest(a, k);
        assertThat(pairs.converged()).isTrue();
        assertThat(pairs.pairs()).hasSize(Math.min(k, sorted.length));
        DMatrixRMaj image = new DMatrixRMaj(sorted.length, 1);
        for (int i = 0; i < pairs.pairs().size(); i++) {
            Eigenpair pair = pairs.pairs().get(i);
            assertThat(pair.value()).as("eigenvalue %d", i).isCloseTo(sorted[i], within(ACCURACY * norm));
            assertThat(pair.residual()).isLessThanOrEqualTo(2e-10 * norm);
            a.apply(pair.vector(), image);
            Frobenius.add(image, -pair.value(), pair.vector(), image);
            assertThat(Frobenius.norm(image)).isCloseTo(pair.residual(), within(1e-13 * norm));
            for (int j = 0; j <= i; j++) {
                assertThat(Frobenius.dot(pair.vector(), pairs.pairs().get(j).vector()))
                        .isCloseTo(i == j ? 1 : 0, within(1e-8));
            }
        }
        Eigenpairs top = solver.largest(a, 1);
        assertThat(top.first().value()).isCloseTo(sorted[sorted.length - 1], within(ACCURACY * norm));
        assertThat(solver.norm(a)).isBetween(0.9 * norm, norm * (1 + 1e-12));
    }

    private static void expectBoth(double[] lambda, int k, long seed) {
        SymmetricOperator a = withSpectrum(lambda, seed);
        expect(a, lambda, k, EigenSolver.standard().withDenseLimit(lambda.length));
        expect(a, lambda, k, LANCZOS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomSpectrum(long seed) {
        Random random = new Random(seed);
        double[] lambda = random.doubles(150, -1, 1).toArray();
        expectBoth(lambda, 5, seed);
        Arrays.sort(lambda);
        assertThat(LANCZOS.smallest(withSpectrum(lambda, seed), 1).first().value())
                .isCloseTo(lambda[0], within(1e-13));
    }

    @Test
    void clusterAtTheLowEnd() {
        double[] lambda = new double[120];
        for (int i = 0; i < lambda.length; i++) {
            lambda[i] = i < 6 ? -1 + 1e-5 * i : i / 60.0;
        }
        expectBoth(lambda, 4, 5);
    }

    @Test
    void wideScales() {
        double[] lambda = new double[90];
        for (int i = 0; i < lambda.length; i++) {
            lambda[i] = -Math.pow(10, -8 + 16.0 * i / 89);
        }
        expectBoth(lambda, 3, 6);
    }

    @Test
    void repeatedSmallestValueIsCounted() {
        double[] lambda = new double[100];
        for (int i = 0; i < lambda.length; i++) {
            lambda[i] = i < 3 ? -2 : i / 50.0;
        }
        expectBoth(lambda, 5, 7);
        SymmetricOperator a = withSpectrum(lambda, 7);
        assertThat(EigenSolver.standard().smallest(a, 1).multiplicity()).isEqualTo(3);
        assertThat(LANCZOS.smallest(a, 1).multiplicity()).isEqualTo(3);
        assertThat(LANCZOS.smallest(a, 5).multiplicity()).isEqualTo(3);
    }

    @Test
    void repeatedValueAmongTheWantedOnes() {
        double[] lambda = new double[80];
        for (int i = 0; i < lambda.length; i++) {
            lambda[i] = i == 0 ? -3 : i < 5 ? -2 : i / 80.0;
        }
        expectBoth(lambda, 4, 8);
        assertThat(LANCZOS.smallest(withSpectrum(lambda, 8), 4).multiplicity()).isEqualTo(1);
    }

    @Test
    void rankOne() {
        double[] lambda = new double[70];
        lambda[11] = -4;
        expectBoth(lambda, 3, 9);
        lambda[11] = 4;
        expectBoth(lambda, 3, 9);
    }

    @Test
    void zeroOperator() {
        expectBoth(new double[40], 3, 10);
        Eigenpairs pairs = LANCZOS.smallest(operator(new DMatrixRMaj(40, 40)), 1);
        assertThat(pairs.first().value()).isZero();
        assertThat(pairs.multiplicity()).isEqualTo(5);
        assertThat(LANCZOS.norm(operator(new DMatrixRMaj(40, 40)))).isZero();
    }

    @Test
    void oneAndTwoRows() {
        expectBoth(new double[] {-0.5}, 1, 11);
        expectBoth(new double[] {-0.5}, 4, 11);
        expectBoth(new double[] {2, -3}, 1, 12);
        expectBoth(new double[] {2, -3}, 2, 12);
        expectBoth(new double[] {1, 1}, 2, 13);
    }

    @Test
    void invariantSubspacesAndIdentity() {
        double[] identity = new double[60];
        Arrays.fill(identity, 1);
        expectBoth(identity, 2, 14);
        double[] twoValues = new double[60];
        for (int i = 0; i < 60; i++) {
            twoValues[i] = i % 2 == 0 ? -1 : 1;
        }
        expectBoth(twoValues, 3, 15);
    }

    @Test
    void largeDiagonalNeedsRestarts() {
        int n = 2000;
        SymmetricOperator a = new SymmetricOperator() {
            @Override
            public int dimension() {
                return n;
            }

            @Override
            public void apply(DMatrixRMaj v, DMatrixRMaj out) {
                out.reshape(n, v.numCols);
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < v.numCols; j++) {
                        out.set(i, j, Math.sqrt(i + 1.0) * v.get(i, j));
                    }
                }
            }
        };
        double[] lambda = new double[n];
        for (int i = 0; i < n; i++) {
            lambda[i] = Math.sqrt(i + 1.0);
        }
        expect(a, lambda, 3, EigenSolver.standard());
        assertThat(EigenSolver.standard().smallest(a, 3).products()).isGreaterThan(60);
    }

    @Test
    void sameSeedSameBits() {
        SymmetricOperator a = withSpectrum(new Random(16).doubles(90, -1, 1).toArray(), 16);
        Eigenpairs one = LANCZOS.smallest(a, 2);
        Eigenpairs two = LANCZOS.smallest(a, 2);
        assertThat(one.first().vector().data).isEqualTo(two.first().vector().data);
        assertThat(one.products()).isEqualTo(two.products());
    }

    @Test
    void spentBudgetIsSaid() {
        SymmetricOperator a = withSpectrum(new Random(17).doubles(150, -1, 1).toArray(), 17);
        Eigenpairs pairs = new EigenSolver(1e-10, 8, 0, 1).smallest(a, 2);
        assertThat(pairs.converged()).isFalse();
        assertThat(pairs.first().residual()).isGreaterThan(1e-6);
        assertThat(new EigenSolver(1e-10, 1, 0, 1).smallest(a, 2).pairs()).hasSizeBetween(1, 2);
    }

    @Test
    void matrixThatIsNotFiniteGivesNaN() {
        DMatrixRMaj a = CommonOps_DDRM.identity(5);
        a.set(2, 2, Double.NaN);
        for (EigenSolver solver : new EigenSolver[] {EigenSolver.standard(), LANCZOS}) {
            Eigenpairs pairs = solver.smallest(operator(a), 1);
            assertThat(pairs.converged()).isFalse();
            assertThat(pairs.first().value()).isNaN();
        }
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new EigenSolver(0, 1, 1, 1)).hasMessageContaining("tolerance is 0");
        assertThatThrownBy(() -> EigenSolver.standard().smallest(operator(new DMatrixRMaj(2, 2)), 0))
                .hasMessageContaining("k is 0");
    }
}
