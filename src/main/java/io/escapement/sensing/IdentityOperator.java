package io.escapement.sensing;

import io.escapement.problem.FactorShape;
import io.escapement.problem.ResidualWeight;
import io.escapement.problem.RestrictedConstants;
import io.escapement.problem.SensingOperator;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Every entry of a matrix: low-rank factorization. Symmetric: M_ij for i ≤ j, row by row, n(n + 1)/2 of them, those off the
 * diagonal times √2 so that ‖𝒜(M)‖ = ‖M‖_F, or as they are. Asymmetric: all n₁·n₂ entries of XYᵀ.
 *
 * <p>Nothing is stored. A primitive costs one product of two rows of factors for each entry; value and gradient come from one
 * pass in which an entry is made, compared and used while it is at hand.
 */
public final class IdentityOperator implements SensingOperator {

    private final FactorShape shape;
    /** Coefficient off the diagonal of a symmetric matrix. */
    private final double offDiagonal;

    private final int measurements;

    private IdentityOperator(FactorShape shape, double offDiagonal) {
        this.shape = shape;
        this.offDiagonal = offDiagonal;
        long entries = shape.symmetric()
                ? (long) shape.rows() * (shape.rows() + 1) / 2
                : (long) shape.imageRows() * shape.imageColumns();
        if (entries > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a " + shape.imageRows() + "×" + shape.imageColumns() + " matrix has "
                    + entries + " entries; at most 2^31 − 9 are possible");
        }
        this.measurements = (int) entries;
    }

    /** @param shape psd or asymmetric */
    public static IdentityOperator isometric(FactorShape shape) {
        return new IdentityOperator(requireMatrix(shape), Math.sqrt(2));
    }

    /** Without the √2: for losses that are sums over entries, with counts of 2 off the diagonal ({@link EntryCounts}). */
    public static IdentityOperator plain(FactorShape shape) {
        return new IdentityOperator(requireMatrix(shape), 1);
    }

    private static FactorShape requireMatrix(FactorShape shape) {
        switch (shape.parameterization()) {
            case PSD, ASYMMETRIC -> {
                return shape;
            }
            default ->
                throw new IllegalArgumentException("the parameterization is "
                        + shape.parameterization().label() + "; psd and asymmetric ones have entries of a matrix");
        }
    }

    @Override
    public int dimension() {
        return shape.rows();
    }

    @Override
    public int measurements() {
        return measurements;
    }

    /** Over symmetric matrices, of which an asymmetric factor's block is seen once of twice. */
    @Override
    public RestrictedConstants constants() {
        if (shape.symmetric()) {
            boolean diagonalOnly = shape.rows() == 1;
            double square = diagonalOnly || offDiagonal != 1 ? 1 : 0.5;
            return new RestrictedConstants(square, 1, "exact: every entry");
        }
        return new RestrictedConstants(0, 0.5, "exact: off-diagonal block of a symmetric matrix");
    }

    @Override
    public void measure(DMatrixRMaj x, DMatrixRMaj y, double[] out) {
        PrimitiveArguments.ofMeasure(this, x, y, out);
        boolean same = x == y;
        forEachEntry((k, i, j, c) ->
                out[k] = c * (same ? inner(x, i, x, j) : 0.5 * (inner(x, i, y, j) + inner(y, i, x, j))));
    }

    @Override
    public void backproject(double[] w, DMatrixRMaj v, DMatrixRMaj out) {
        PrimitiveArguments.ofBackproject(this, w, v, out);
        clear(v, out);
        forEachEntry((k, i, j, c) -> scatter(0.5 * c * w[k], i, j, v, out));
    }

    @Override
    public void residualAndBackprojection(DMatrixRMaj x, double[] b, double[] residual, DMatrixRMaj out) {
        residualAndBackprojection(x, b, (k, r) -> r, residual, out);
    }

    @Override
    public void residualAndBackprojection(
            DMatrixRMaj x, double[] b, ResidualWeight weight, double[] residual, DMatrixRMaj out) {
        PrimitiveArguments.ofBoth(this, x, b, residual, out);
        clear(x, out);
        forEachEntry((k, i, j, c) -> {
            double r = c * inner(x, i, x, j) - b[k];
            residual[k] = r;
            scatter(0.5 * c * weight.at(k, r), i, j, x, out);
        });
    }

    /** The factor of each entry: 1, or √2 off the diagonal of a symmetric matrix. */
    double[] coefficients() {
        double[] coefficients = new double[measurements];
        forEachEntry((k, i, j, c) -> coefficients[k] = c);
        return coefficients;
    }

    @FunctionalInterface
    private interface Entry {
        void at(int k, int i, int j, double coefficient);
    }

    /** Rows i ≤ j of the factor, whose product is entry k. */
    private void forEachEntry(Entry entry) {
        int k = 0;
        for (int i = 0; i < shape.imageRows(); i++) {
            for (int j = shape.symmetric() ? i : shape.split(); j < shape.rows(); j++) {
                entry.at(k++, i, j, shape.symmetric() && i != j ? offDiagonal : 1);
            }
        }
    }

    private static void clear(DMatrixRMaj v, DMatrixRMaj out) {
        out.reshape(v.numRows, v.numCols);
        Arrays.fill(out.data, 0, out.getNumElements(), 0);
    }

    private static double inner(DMatrixRMaj x, int i, DMatrixRMaj y, int j) {
        int r = x.numCols;
        double sum = 0;
        for (int t = 0; t < r; t++) {
            sum += x.data[i * r + t] * y.data[j * r + t];
        }
        return sum;
    }

    /** Adds q(e_i e_jᵀ + e_j e_iᵀ)V. */
    private static void scatter(double q, int i, int j, DMatrixRMaj v, DMatrixRMaj out) {
        int r = v.numCols;
        for (int t = 0; t < r; t++) {
            out.data[i * r + t] += q * v.data[j * r + t];
            out.data[j * r + t] += q * v.data[i * r + t];
        }
    }

    @Override
    public String toString() {
        return "every entry of a " + shape.imageRows() + "×" + shape.imageColumns()
                + (shape.symmetric() ? " symmetric matrix" : " matrix");
    }
}
