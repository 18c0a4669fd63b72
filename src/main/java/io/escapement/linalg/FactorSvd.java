package io.escapement.linalg;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * X = Σ_φ σ_φ v_φ q_φᵀ with σ_1 ≥ … ≥ σ_r ≥ 0, for a factor X n×r with n ≥ r.
 *
 * <p>Signs are fixed: the first entry of largest magnitude in each q_φ is positive. So for r = 1, q = 1 and v = X/‖X‖.
 * The q_φ are an orthonormal basis of Rʳ even where singular values vanish; a v_φ that belongs to σ_φ = 0 is a unit
 * vector of no meaning. Sorted here, because EJML returns singular values in no order that can be relied on.
 */
public final class FactorSvd {

    private final double[] sigma;
    private final DMatrixRMaj v;
    private final DMatrixRMaj q;

    private FactorSvd(double[] sigma, DMatrixRMaj v, DMatrixRMaj q) {
        this.sigma = sigma;
        this.v = v;
        this.q = q;
    }

    /**
     * @throws IllegalArgumentException if x has more columns than rows or an entry that is not finite
     */
    public static FactorSvd of(DMatrixRMaj x) {
        int n = x.numRows;
        int r = x.numCols;
        if (n < r) {
            throw new IllegalArgumentException("x is " + n + "×" + r + "; at least as many rows as columns are needed");
        }
        for (int i = 0; i < x.getNumElements(); i++) {
            if (!Double.isFinite(x.data[i])) {
                throw new IllegalArgumentException(
                        "entry (" + i / r + ", " + i % r + ") of x is " + x.data[i] + "; finite entries are needed");
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(n, r, true, true, true);
        if (!svd.decompose(x.copy())) {
            throw new IllegalArgumentException(
                    "the singular values of x did not converge; ‖x‖ is " + Frobenius.norm(x));
        }
        double[] values = svd.getSingularValues();
        DMatrixRMaj left = svd.getU(null, false);
        DMatrixRMaj right = svd.getV(null, false);
        List<Integer> order = IntStream.range(0, r)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -values[i]))
                .toList();
        double[] sigma = new double[r];
        DMatrixRMaj v = new DMatrixRMaj(n, r);
        DMatrixRMaj q = new DMatrixRMaj(r, r);
        for (int k = 0; k < r; k++) {
            int from = order.get(k);
            sigma[k] = values[from];
            double[] column = column(right, from);
            double first = column[0];
            UnitVector.orient(column, r);
            double sign = first == column[0] ? 1 : -1;
            for (int i = 0; i < n; i++) {
                v.set(i, k, sign * left.get(i, from));
            }
            for (int i = 0; i < r; i++) {
                q.set(i, k, column[i]);
            }
        }
        return new FactorSvd(sigma, v, q);
    }

    private static double[] column(DMatrixRMaj a, int j) {
        double[] column = new double[a.numRows];
        for (int i = 0; i < a.numRows; i++) {
            column[i] = a.get(i, j);
        }
        return column;
    }

    /** r. */
    public int rank() {
        return sigma.length;
    }

    /** σ_φ, φ counted from 0. */
    public double sigma(int component) {
        return sigma[component];
    }

    /** σ_r, the smallest. */
    public double smallest() {
        return sigma[sigma.length - 1];
    }

    /** σ_1. */
    public double largest() {
        return sigma[0];
    }

    /** v_φ, n×1. */
    public DMatrixRMaj left(int component) {
        return DMatrixRMaj.wrap(v.numRows, 1, column(v, component));
    }

    /** q_φ, r×1. */
    public DMatrixRMaj right(int component) {
        return DMatrixRMaj.wrap(q.numRows, 1, column(q, component));
    }

    /** u·q_φᵀ for a vector u: the direction that puts u in place of a component. */
    public DMatrixRMaj inPlaceOf(int component, DMatrixRMaj u) {
        int r = rank();
        DMatrixRMaj direction = new DMatrixRMaj(u.numRows, r);
        for (int i = 0; i < u.numRows; i++) {
            for (int j = 0; j < r; j++) {
                direction.data[i * r + j] = u.data[i] * q.get(j, component);
            }
        }
        return direction;
    }

    /** X − σ_φ v_φ q_φᵀ. */
    public DMatrixRMaj without(int component) {
        int r = rank();
        DMatrixRMaj x = new DMatrixRMaj(v.numRows, r);
        for (int k = 0; k < r; k++) {
            if (k == component) {
                continue;
            }
            for (int i = 0; i < x.numRows; i++) {
                double scaled = sigma[k] * v.get(i, k);
                for (int j = 0; j < r; j++) {
                    x.data[i * r + j] += scaled * q.get(j, k);
                }
            }
        }
        return x;
    }
}
