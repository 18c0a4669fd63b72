package io.escapement.sensing;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.FactorShape;
import io.escapement.problem.GroundTruth;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;

/**
 * A truth known as a factor: M* = ZZᵀ, Z n×r*, or M* = Z₁Z₂ᵀ of an asymmetric Z = [Z₁; Z₂].
 *
 * <p>Distance: with the QR decomposition [X Z] = Q[R_x R_z], XXᵀ − ZZᵀ = Q(R_xR_xᵀ − R_zR_zᵀ)Qᵀ, so the norm is that of an
 * (r + r*)×(r + r*) matrix; likewise XYᵀ − Z₁Z₂ᵀ with one decomposition for each side. The error is a few rounding
 * units of ‖M*‖. From Grams alone, ‖XXᵀ‖² − 2⟨XXᵀ, M*⟩ + ‖M*‖², it would be 1e−8 of it. Cost n(r + r*)²; nothing n×n.
 */
public final class FactorTruth implements GroundTruth {

    private final DMatrixRMaj factor;
    private final FactorShape shape;
    private final double norm;
    private final EntryErrors errors;

    /** @param factor Z, shape.rows()×r*; copied */
    public FactorTruth(DMatrixRMaj factor, FactorShape shape) {
        this(factor, shape, null);
    }

    private FactorTruth(DMatrixRMaj factor, FactorShape shape, EntryPattern seen) {
        Objects.requireNonNull(shape, "shape");
        if (factor.numRows != shape.rows() || factor.numCols < 1) {
            throw new IllegalArgumentException("the truth's factor is " + factor.numRows + "×" + factor.numCols + "; "
                    + shape.rows() + " rows and at least one column are needed");
        }
        this.factor = factor.copy();
        this.shape = shape;
        this.norm = distance(new DMatrixRMaj(factor.numRows, factor.numCols));
        this.errors = seen == null ? null : EntryErrors.of(this, seen);
    }

    /**
     * The same, telling errors on seen entries from those on others ({@link EntryErrors}).
     *
     * @param entries that are seen; of a symmetric matrix those on and above the diagonal
     */
    public FactorTruth seenAt(EntryPattern entries) {
        return new FactorTruth(factor, shape, entries);
    }

    @Override
    public Map<String, Double> figures(DMatrixRMaj x) {
        return errors == null ? Map.of() : errors.of(x);
    }

    @Override
    public DMatrixRMaj factor() {
        return factor;
    }

    public FactorShape shape() {
        return shape;
    }

    @Override
    public double norm() {
        return norm;
    }

    /** M*_ij; for an asymmetric truth j counts the columns of M*. */
    public double entry(int i, int j) {
        return entry(factor, shape, i, j);
    }

    public static double entry(DMatrixRMaj x, FactorShape shape, int i, int j) {
        int r = x.numCols;
        int a = i * r;
        int b = (j + shape.split()) * r;
        double sum = 0;
        for (int t = 0; t < r; t++) {
            sum += x.data[a + t] * x.data[b + t];
        }
        return sum;
    }

    @Override
    public double distance(DMatrixRMaj x) {
        if (x.numRows != shape.rows()) {
            throw new IllegalArgumentException("x has " + x.numRows + " rows; the truth's factor has " + shape.rows());
        }
        if (MatrixFeatures_DDRM.hasUncountable(x)) {
            return Double.NaN;
        }
        if (shape.symmetric() && x.numCols == 1 && factor.numCols == 1) {
            return rankOne(x);
        }
        int top = shape.symmetric() ? shape.rows() : shape.split();
        DMatrixRMaj left = triangle(x, 0, top);
        DMatrixRMaj right = shape.symmetric() ? left : triangle(x, top, shape.rows());
        int r = x.numCols;
        DMatrixRMaj image = new DMatrixRMaj(left.numRows, right.numRows);
        CommonOps_DDRM.multTransB(columns(left, 0, r), columns(right, 0, r), image);
        CommonOps_DDRM.multAddTransB(-1, columns(left, r, left.numCols), columns(right, r, right.numCols), image);
        return Frobenius.norm(image);
    }

    /**
     * xxᵀ − zzᵀ = ½(esᵀ + seᵀ) with e = x − z, s = x + z, so its squared norm is ½(‖e‖²‖s‖² + ⟨e,s⟩²): no cancellation
     * near z, and none near −z, where e and s change places. One pass instead of a decomposition.
     */
    private double rankOne(DMatrixRMaj x) {
        double ee = 0;
        double ss = 0;
        double es = 0;
        for (int i = 0; i < x.numRows; i++) {
            double e = x.data[i] - factor.data[i];
            double s = x.data[i] + factor.data[i];
            ee += e * e;
            ss += s * s;
            es += e * s;
        }
        return Math.sqrt(0.5 * (ee * ss + es * es));
    }

    /** Rows {@code from} to {@code to} − 1 of [X Z] without their orthonormal basis: R, or the rows where they are few. */
    private DMatrixRMaj triangle(DMatrixRMaj x, int from, int to) {
        DMatrixRMaj both = new DMatrixRMaj(to - from, x.numCols + factor.numCols);
        CommonOps_DDRM.extract(x, from, to, 0, x.numCols, both, 0, 0);
        CommonOps_DDRM.extract(factor, from, to, 0, factor.numCols, both, 0, x.numCols);
        if (both.numRows <= both.numCols) {
            return both;
        }
        return Orthonormal.triangle(both);
    }

    private static DMatrixRMaj columns(DMatrixRMaj a, int from, int to) {
        return CommonOps_DDRM.extract(a, 0, a.numRows, from, to);
    }
}
