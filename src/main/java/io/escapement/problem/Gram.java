package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import org.ejml.data.DMatrixRMaj;

/**
 * ∇F(x)ᵀ∇F(x) at one point ([LMM] appendix E): how the parameterization stretches what a step in x does to F(x). Nothing the size
 * of F(x) is formed.
 */
public interface Gram {

    /**
     * out = ∇F(x)ᵀ∇F(x)[d].
     *
     * @param d of x's shape
     * @param out of x's shape, overwritten; must not be {@code d}
     */
    void times(DMatrixRMaj d, DMatrixRMaj out);

    /** ‖∇F(x)[d]‖². */
    default double squaredImage(DMatrixRMaj d) {
        DMatrixRMaj product = new DMatrixRMaj(d.numRows, d.numCols);
        times(d, product);
        return Frobenius.dot(d, product);
    }

    /** Whether {@link #solve} is there. */
    default boolean closedForm() {
        return false;
    }

    /**
     * out = (∇Fᵀ∇F + λI)⁻¹g for g in the range of ∇Fᵀ, as every gradient of a function of F(x) is. What of another g lies outside, where
     * it could only be rounding divided by λ, is left out; so λ = 0 gives the solution of least norm.
     *
     * @param damping λ ≥ 0
     * @param out of x's shape, overwritten; must not be {@code g}
     * @throws UnsupportedOperationException unless {@link #closedForm}: tensors have none, and conjugate gradients serve them
     */
    default void solve(double damping, DMatrixRMaj g, DMatrixRMaj out) {
        throw new UnsupportedOperationException("this parameterization has no closed form; closedForm() says so");
    }

    /** That of a factor's shape. */
    static Gram of(FactorShape shape, DMatrixRMaj x) {
        if (x.numRows != shape.rows()) {
            throw new IllegalArgumentException("x has " + x.numRows + " rows; " + shape.rows() + " are needed");
        }
        return switch (shape.parameterization()) {
            case PSD, ASYMMETRIC -> new ProductGram(shape, x);
            case HADAMARD, SIGNED_HADAMARD -> new SquaresGram(shape, x);
        };
    }
}
