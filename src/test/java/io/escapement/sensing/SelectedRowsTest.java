package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.problem.FactorShape;
import io.escapement.problem.SensingOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Against an operator that was made of the same rows alone. */
class SelectedRowsTest {

    private static final int N = 6;
    private static final int M = 40;
    private static final int[] ROWS = {39, 2, 3, 17, 0};

    @Test
    void denseRowsAreThoseSelected() {
        for (long seed = 1; seed <= 5; seed++) {
            RandomGenerator random = Seeds.generator(seed);
            double[][] a = new double[M][];
            for (int k = 0; k < M; k++) {
                a[k] = Seeds.gaussian(N, N, 1, random).data;
            }
            FactorShape shape = FactorShape.psd(N);
            assertSame(dense(shape, a, null), dense(shape, a, ROWS), random, seed);
        }
    }

    private static DenseOperator dense(FactorShape shape, double[][] a, int[] rows) {
        return new DenseOperator(
                shape,
                rows == null ? a.length : rows.length,
                (k, row) -> System.arraycopy(a[rows == null ? k : rows[k]], 0, row, 0, row.length),
                DenseOperator.Precision.DOUBLE);
    }

    @Test
    void sparseRowsAreThoseSelected() {
        for (long seed = 1; seed <= 5; seed++) {
            RandomGenerator random = Seeds.generator(seed);
            List<SparseForm> all = new ArrayList<>();
            for (int k = 0; k < M; k++) {
                all.add(SparseForm.rankOne(new int[] {k % 3, 3 + k % 2}, new double[] {random.nextGaussian(), 1}));
            }
            List<SparseForm> some = new ArrayList<>();
            for (int k : ROWS) {
                some.add(all.get(k));
            }
            assertSame(SparseOperator.of(N, all), SparseOperator.of(N, some), random, seed);
        }
    }

    private static void assertSame(SensingOperator all, SensingOperator some, RandomGenerator random, long seed) {
        SensingOperator selected = new SelectedRows(all, ROWS);
        int m = ROWS.length;
        assertThat(selected.measurements()).isEqualTo(m);
        assertThat(selected.constants().smoothness())
                .isGreaterThanOrEqualTo(0.99 * some.constants().smoothness());
        DMatrixRMaj x = Seeds.gaussian(N, 2, 1, random);
        DMatrixRMaj y = Seeds.gaussian(N, 2, 1, random);
        double[] w = Seeds.gaussian(m, 1, 1, random).data;
        double[] measured = new double[m];
        double[] expected = new double[m];
        selected.measure(x, y, measured);
        some.measure(x, y, expected);
        assertThat(measured).as("seed %d", seed).containsExactly(expected, within(1e-12));
        DMatrixRMaj out = new DMatrixRMaj(1, 1);
        DMatrixRMaj outExpected = new DMatrixRMaj(1, 1);
        selected.backproject(w, x, out);
        some.backproject(w, x, outExpected);
        assertThat(out.data).as("seed %d", seed).containsExactly(outExpected.data, within(1e-12));
        selected.residualAndBackprojection(x, w, measured, out);
        some.residualAndBackprojection(x, w, expected, outExpected);
        assertThat(measured).as("seed %d", seed).containsExactly(expected, within(1e-12));
        assertThat(out.data).as("seed %d", seed).containsExactly(outExpected.data, within(1e-11));
        selected.residualAndBackprojection(x, w, (k, r) -> k * Math.signum(r), measured, out);
        some.residualAndBackprojection(x, w, (k, r) -> k * Math.signum(r), expected, outExpected);
        assertThat(out.data).as("seed %d", seed).containsExactly(outExpected.data, within(1e-11));
    }

    @Test
    void everyRowExistsAndIsGivenOnce() {
        SparseOperator all = SparseOperator.rankOne(new DMatrixRMaj(2, 2, true, 1, 0, 0, 1));
        assertThatThrownBy(() -> new SelectedRows(all, new int[] {0, 2})).hasMessageContaining("rows[1] is 2; 0 to 1");
        assertThatThrownBy(() -> new SelectedRows(all, new int[] {1, 1})).hasMessageContaining("rows[1] is 1");
        assertThatThrownBy(() -> new SelectedRows(all, new int[] {-1})).hasMessageContaining("rows[0] is -1");
    }
}
