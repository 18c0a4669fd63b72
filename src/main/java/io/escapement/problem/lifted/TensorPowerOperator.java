package io.escapement.problem.lifted;

import io.escapement.linalg.tensor.ModeProducts;
import io.escapement.linalg.tensor.TensorSize;
import io.escapement.problem.RestrictedConstants;
import io.escapement.problem.SensingOperator;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * 𝒜^{⊗l}: the m^l measurements ⟨A_{k₁}⊗…⊗A_{k_l}, M⟩ of a symmetric n^l×n^l matrix M, number (k₁, …, k_l) with k_l fastest.
 *
 * <p>Depth first (derived): for each k₁, A_{k₁} is applied to the first mode of Y; for each k₂, A_{k₂} to the second mode of that;
 * at the last mode the n×n matrix C of inner products with X over all other modes gives ⟨A_{k_l}, C⟩ for all k_l at once. So
 * m^{l−1}·(n^{l+1}·q·l/(l − 1) + m·n²) multiplications, q columns, and no memory but l tensors of the factor's size beside the m^l
 * results. Applying 𝒜 to the modes of the image instead takes n^{2l} numbers and m·n^{2l} multiplications.
 *
 * <p>Memory: the m matrices A_k, n² numbers each.
 */
final class TensorPowerOperator implements SensingOperator {

    /** Parts of the first index that are worked on in parallel; fixed, so that sums do not depend on the threads. */
    private static final int BLOCKS = 8;

    /** Multiplications from which that pays. */
    private static final double WORTH_SHARING = 1e6;

    private final int order;
    private final int n;
    private final DMatrixRMaj[] a;
    private final int rows;
    private final int measurements;
    private final RestrictedConstants constants;

    /** @param order l, at least 2 */
    TensorPowerOperator(SensingOperator operator, int order) {
        this.order = order;
        this.n = operator.dimension();
        this.rows = TensorSize.entries(n, order);
        this.measurements = TensorSize.entries(operator.measurements(), order);
        this.a = matrices(operator);
        RestrictedConstants of = operator.constants();
        this.constants = new RestrictedConstants(
                Math.pow(of.convexity(), order),
                Math.pow(of.smoothness(), order),
                "of 𝒜 to the power of " + order + ": " + of.source());
    }

    private static DMatrixRMaj[] matrices(SensingOperator operator) {
        int n = operator.dimension();
        DMatrixRMaj identity = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            identity.set(i, i, 1);
        }
        double[] one = new double[operator.measurements()];
        DMatrixRMaj[] a = new DMatrixRMaj[one.length];
        for (int k = 0; k < a.length; k++) {
            one[k] = 1;
            a[k] = new DMatrixRMaj(n, n);
            operator.backproject(one, identity, a[k]);
            one[k] = 0;
        }
        return a;
    }

    /** Multiplications of a measurement or backprojection of a factor of q columns, about. */
    static double work(int n, int m, int order, double q) {
        return Math.pow(m, order - 1.0)
                * (Math.pow(n, order + 1.0) * q * order / Math.max(1, order - 1) + m * (double) n * n);
    }

    @Override
    public int dimension() {
        return rows;
    }

    @Override
    public int measurements() {
        return measurements;
    }

    @Override
    public RestrictedConstants constants() {
        return constants;
    }

    @Override
    public void measure(DMatrixRMaj x, DMatrixRMaj y, double[] out) {
        requireRows(x);
        requireRows(y);
        int q = x.numCols;
        blocks(q).forEach(block -> {
            double[][] level = new double[order][];
            level[0] = y.data;
            for (int k = 1; k < order; k++) {
                level[k] = new double[rows * q];
            }
            descend(0, 0, first(block), first(block + 1), level, q, x.data, out);
        });
    }

    /** Measurements whose indices down to {@code depth} are those of {@code level[depth]}, with the next from..to−1. */
    private void descend(int depth, int offset, int from, int to, double[][] level, int q, double[] x, double[] out) {
        if (depth == order - 1) {
            double[] c = products(x, level[depth], q);
            for (int k = from; k < to; k++) {
                double sum = 0;
                for (int e = 0; e < n * n; e++) {
                    sum += a[k].data[e] * c[e];
                }
                out[offset + k] = sum;
            }
            return;
        }
        int before = TensorSize.entries(n, depth);
        for (int k = from; k < to; k++) {
            ModeProducts.mode(a[k], before, rows / n / before * q, level[depth], level[depth + 1]);
            descend(depth + 1, (offset + k) * a.length, 0, a.length, level, q, x, out);
        }
    }

    /** C_ij = Σ x_{p i c} y_{p j c} over the modes p before the last and the columns c. */
    private double[] products(double[] x, double[] y, int q) {
        double[] c = new double[n * n];
        int slab = n * q;
        for (int p = 0; p < rows * q; p += slab) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int d = 0; d < q; d++) {
                        sum += x[p + i * q + d] * y[p + j * q + d];
                    }
                    c[i * n + j] += sum;
                }
            }
        }
        return c;
    }

    @Override
    public void backproject(double[] w, DMatrixRMaj v, DMatrixRMaj out) {
        requireRows(v);
        int q = v.numCols;
        double[][] sums = new double[BLOCKS][];
        blocks(q).forEach(block -> {
            double[][] level = new double[order + 1][rows * q];
            ascend(0, 0, first(block), first(block + 1), w, v.data, level, q);
            sums[block] = level[0];
        });
        out.reshape(rows, q);
        out.zero();
        for (double[] sum : sums) {
            for (int e = 0; e < sum.length; e++) {
                out.data[e] += sum[e];
            }
        }
    }

    /** level[depth] = Σ over the indices from {@code depth} on of w·(A⊗…⊗A)v, the indices before fixed by the offset. */
    private void ascend(int depth, int offset, int from, int to, double[] w, double[] v, double[][] level, int q) {
        int before = TensorSize.entries(n, depth);
        int after = rows / n / before * q;
        double[] sum = level[depth];
        if (depth == order - 1) {
            DMatrixRMaj total = new DMatrixRMaj(n, n);
            for (int k = from; k < to; k++) {
                double factor = w[offset + k];
                for (int e = 0; e < n * n; e++) {
                    total.data[e] += factor * a[k].data[e];
                }
            }
            ModeProducts.mode(total, before, after, v, sum);
            return;
        }
        Arrays.fill(sum, 0);
        double[] image = level[order];
        for (int k = from; k < to; k++) {
            ascend(depth + 1, (offset + k) * a.length, 0, a.length, w, v, level, q);
            ModeProducts.mode(a[k], before, after, level[depth + 1], image);
            for (int e = 0; e < sum.length; e++) {
                sum[e] += image[e];
            }
        }
    }

    private IntStream blocks(int q) {
        IntStream blocks = IntStream.range(0, BLOCKS);
        return work(n, a.length, order, q) >= WORTH_SHARING ? blocks.parallel() : blocks;
    }

    private int first(int block) {
        return (int) ((long) a.length * block / BLOCKS);
    }

    private void requireRows(DMatrixRMaj x) {
        if (x.numRows != rows) {
            throw new IllegalArgumentException("a factor has " + x.numRows + " rows; " + rows + " are needed");
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "power %d of %d measurements of a %d×%d matrix", order, a.length, n, n);
    }
}
