package io.escapement.problem;

import org.ejml.data.DMatrixRMaj;

/**
 * A linear map 𝒜 : symmetric n×n → Rᵐ, M ↦ (⟨A_k, M⟩)_k with symmetric A_k, known through the two primitives that
 * everything rests on (architecture.md). Both work on factors; the n×n image need never be formed.
 *
 * <p>Implementations are immutable and may be used by several threads at once.
 */
public interface SensingOperator {

    /** n: rows of a factor. */
    int dimension();

    /** m: number of measurements. */
    int measurements();

    /**
     * B(X, Y) = 𝒜(sym(X Yᵀ)), where sym(M) = (M + Mᵀ)/2.
     *
     * @param x n×k
     * @param y n×k; may be the same object as {@code x}, which an implementation should use
     * @param out at least m long; entries 0…m−1 are overwritten
     */
    void measure(DMatrixRMaj x, DMatrixRMaj y, double[] out);

    /**
     * 𝒜*(w)·V = (Σ_k w_k A_k) V.
     *
     * @param w at least m long
     * @param v n×k
     * @param out reshaped to n×k and overwritten; must not be {@code v}
     */
    void backproject(double[] w, DMatrixRMaj v, DMatrixRMaj out);

    /**
     * Value and gradient of ½‖𝒜(XXᵀ) − b‖² together: residual = 𝒜(XXᵀ) − b and 𝒜*(residual)·X. An operator whose cost is that
     * of reading itself does both in one pass.
     *
     * @param x n×k
     * @param b m long
     * @param residual at least m long; entries 0…m−1 are overwritten
     * @param out reshaped to n×k and overwritten; must not be {@code x}
     */
    default void residualAndBackprojection(DMatrixRMaj x, double[] b, double[] residual, DMatrixRMaj out) {
        measure(x, x, residual);
        for (int k = 0; k < measurements(); k++) {
            residual[k] -= b[k];
        }
        backproject(residual, x, out);
    }

    /**
     * The same for another separable loss: residual = 𝒜(XXᵀ) − b and 𝒜*(w)·X with w_k = weight(k, residual_k).
     *
     * @param weight ℓ'; asked once for each k, in any order and by several threads
     */
    default void residualAndBackprojection(
            DMatrixRMaj x, double[] b, ResidualWeight weight, double[] residual, DMatrixRMaj out) {
        measure(x, x, residual);
        double[] w = new double[measurements()];
        for (int k = 0; k < w.length; k++) {
            residual[k] -= b[k];
            w[k] = weight.at(k, residual[k]);
        }
        backproject(w, x, out);
    }

    /** α_s and L_s with α_s‖M‖² ≤ ‖𝒜(M)‖² ≤ L_s‖M‖² over the matrices that the parameterization reaches. */
    RestrictedConstants constants();

    /**
     * The same over what factors of a shape stand for. Of an asymmetric one that is N = XYᵀ, which in a lifted matrix has its transpose
     * beside it and so twice the square: the constants are doubled.
     */
    default RestrictedConstants imageConstants(FactorShape shape) {
        RestrictedConstants lifted = constants();
        return shape.parameterization() == Parameterization.ASYMMETRIC
                ? new RestrictedConstants(2 * lifted.convexity(), 2 * lifted.smoothness(), lifted.source())
                : lifted;
    }
}
