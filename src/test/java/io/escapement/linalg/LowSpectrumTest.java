package io.escapement.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;

class LowSpectrumTest {

    private static final int N = 60;
    private static final EigenSolver DENSE = EigenSolver.standard();
    private static final EigenSolver LANCZOS = DENSE.withDenseLimit(0).withTolerance(1e-9);

    private static final AtomicInteger COLUMNS = new AtomicInteger();

    /** Q diag Qᵀ that counts the columns it is applied to. */
    private static SymmetricOperator operator(double... lowest) {
        double[] diagonal = new double[N];
        for (int i = 0; i < N; i++) {
            diagonal[i] = i < lowest.length ? lowest[i] : 1 + i;
        }
        DMatrixRMaj q = RandomMatrices_DDRM.orthogonal(N, N, new Random(5));
        DMatrixRMaj a = new DMatrixRMaj(N, N);
        CommonOps_DDRM.mult(q, CommonOps_DDRM.diag(diagonal), a);
        DMatrixRMaj full = new DMatrixRMaj(N, N);
        CommonOps_DDRM.multTransB(a, q, full);
        return new SymmetricOperator() {
            @Override
            public int dimension() {
                return N;
            }

            @Override
            public void apply(DMatrixRMaj v, DMatrixRMaj out) {
                COLUMNS.addAndGet(v.numCols);
                out.reshape(N, v.numCols);
                CommonOps_DDRM.mult(full, v, out);
            }
        };
    }

    private static int columnsOf(Runnable work) {
        int before = COLUMNS.get();
        work.run();
        return COLUMNS.get() - before;
    }

    private static void same(Eigenpairs found, Eigenpairs expected, double tolerance) {
        assertThat(found.converged()).isEqualTo(expected.converged());
        assertThat(found.multiplicity()).isEqualTo(expected.multiplicity());
        assertThat(found.pairs()).hasSameSizeAs(expected.pairs());
        for (int i = 0; i < found.pairs().size(); i++) {
            assertThat(found.pairs().get(i).value())
                    .isCloseTo(expected.pairs().get(i).value(), within(tolerance));
        }
    }

    @Test
    void aFormedMatrixIsFormedOnceWhateverIsAsked() {
        SymmetricOperator a = operator(-3, -3, -1);
        LowSpectrum spectrum = new LowSpectrum(a);
        assertThat(columnsOf(() -> spectrum.smallest(DENSE.withTolerance(1e-9), 1, () -> false)))
                .isEqualTo(N);
        assertThat(columnsOf(() -> {
                    same(spectrum.smallest(DENSE, 4, () -> true), DENSE.smallest(operator(-3, -3, -1), 4), 0);
                    same(spectrum.smallest(LANCZOS, 8, () -> true), DENSE.smallest(operator(-3, -3, -1), 8), 0);
                }))
                .as("columns beyond the two comparisons' own")
                .isEqualTo(2 * N);
    }

    @Test
    void aLongerSearchGoesOnFromTheShorterOne() {
        SymmetricOperator a = operator(-9, -9, -7, -5, -4);
        LowSpectrum spectrum = new LowSpectrum(a);
        same(spectrum.smallest(LANCZOS, 1, () -> false), LANCZOS.smallest(a, 1), 1e-7);
        int again = columnsOf(() -> spectrum.smallest(LANCZOS.withTolerance(1e-6), 1, () -> true));
        assertThat(again).as("columns for what is known").isZero();
        Eigenpairs expected = LANCZOS.smallest(a, 4);
        int whole = columnsOf(() -> LANCZOS.smallest(a, 4));
        int on = columnsOf(() -> same(spectrum.smallest(LANCZOS, 4, () -> false), expected, 1e-7));
        assertThat(on).isLessThan(whole);
        Eigenpairs four = spectrum.smallest(LANCZOS, 4, () -> true);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < i; j++) {
                double dot = Frobenius.dot(
                        four.pairs().get(i).vector(), four.pairs().get(j).vector());
                assertThat(dot).as("vectors %d and %d", i, j).isCloseTo(0, within(1e-8));
            }
            assertThat(four.pairs().get(i).residual()).isLessThan(1e-9 * 60 * 4);
        }
        assertThat(spectrum.smallest(LANCZOS, 2, () -> true).pairs())
                .isEqualTo(four.pairs().subList(0, 2));
    }

    @Test
    void moreDigitsThanAreKnownAreFoundAnew() {
        SymmetricOperator a = operator(-9, -7);
        LowSpectrum spectrum = new LowSpectrum(a);
        spectrum.smallest(LANCZOS.withTolerance(1e-3), 1, () -> false);
        assertThat(spectrum.smallest(LANCZOS, 1, () -> false).first().residual())
                .isLessThan(1e-9 * 60);
    }

    @Test
    void aBrokenOffQuestionLeavesWhatWasKnown() {
        LowSpectrum spectrum = new LowSpectrum(operator(-9, -7, -5));
        Eigenpairs one = spectrum.smallest(LANCZOS, 1, () -> false);
        assertThatThrownBy(() -> spectrum.smallest(LANCZOS, 3, () -> true)).isInstanceOf(CancellationException.class);
        assertThat(spectrum.smallest(LANCZOS, 1, () -> true).pairs()).isEqualTo(one.pairs());
    }
}
