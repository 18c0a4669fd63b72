package io.escapement.problem;

import org.ejml.data.DMatrixRMaj;

/**
 * F(x)_i = Σ_c x_ic², or Σ_c u_ic² − v_ic² ([LMM] appendix E.1). Each entry has variables of its own: with a_i = 2x_i, or 2(u_i, −v_i),
 * ∇F∇Fᵀ = diag(‖a_i‖²), so block i of (∇Fᵀ∇F + λI)⁻¹g is a_i⟨a_i, g_i⟩/(‖a_i‖²(‖a_i‖² + λ)); for one column of x∘x that is
 * g_i/(4x_i² + λ).
 */
final class SquaresGram implements Gram {

    private final DMatrixRMaj x;
    private final int entries;
    private final boolean signed;

    SquaresGram(FactorShape shape, DMatrixRMaj x) {
        this.x = x;
        this.entries = shape.imageRows();
        this.signed = shape.split() > 0;
    }

    @Override
    public void times(DMatrixRMaj d, DMatrixRMaj out) {
        out.reshape(x.numRows, x.numCols);
        for (int i = 0; i < entries; i++) {
            scale(i, inner(i, d), out);
        }
    }

    @Override
    public double squaredImage(DMatrixRMaj d) {
        double sum = 0;
        for (int i = 0; i < entries; i++) {
            double moved = inner(i, d);
            sum += moved * moved;
        }
        return sum;
    }

    @Override
    public boolean closedForm() {
        return true;
    }

    @Override
    public void solve(double damping, DMatrixRMaj g, DMatrixRMaj out) {
        out.reshape(x.numRows, x.numCols);
        for (int i = 0; i < entries; i++) {
            double square = square(i);
            scale(i, square == 0 ? 0 : inner(i, g) / square / (square + damping), out);
        }
    }

    /** ‖a_i‖². */
    private double square(int i) {
        double sum = 0;
        for (int c = 0; c < x.numCols; c++) {
            double u = x.data[i * x.numCols + c];
            double v = signed ? x.data[(entries + i) * x.numCols + c] : 0;
            sum += 4 * (u * u + v * v);
        }
        return sum;
    }

    /** ⟨a_i, d_i⟩ = ∇F(x)[d]_i. */
    private double inner(int i, DMatrixRMaj d) {
        double sum = 0;
        for (int c = 0; c < x.numCols; c++) {
            int upper = i * x.numCols + c;
            int lower = upper + entries * x.numCols;
            sum += x.data[upper] * d.data[upper];
            sum -= signed ? x.data[lower] * d.data[lower] : 0;
        }
        return 2 * sum;
    }

    /** Block i of out = factor·a_i. */
    private void scale(int i, double factor, DMatrixRMaj out) {
        for (int c = 0; c < x.numCols; c++) {
            int upper = i * x.numCols + c;
            out.data[upper] = 2 * factor * x.data[upper];
            if (signed) {
                int lower = upper + entries * x.numCols;
                out.data[lower] = -2 * factor * x.data[lower];
            }
        }
    }
}
