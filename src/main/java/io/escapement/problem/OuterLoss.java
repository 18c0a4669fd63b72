package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * ℓ: Rᵐ → R, convex, of the measurements y = 𝒜(M) (mathematics.md, section 1). It is given the residual r = y − b and the
 * data b, so that losses of the difference and losses of y itself are one thing. Gradient and curvature are taken with respect to y.
 *
 * <p>Arrays are at least b.length long; what lies beyond is not touched. Implementations are immutable.
 */
public interface OuterLoss {

    /** ℓ. */
    double value(double[] residual, double[] b);

    /** ℓ − inf ℓ, without the cancellation of subtracting the two. */
    double excess(double[] residual, double[] b);

    /** inf ℓ over Rᵐ, attained or not. */
    double infimum(double[] b);

    /**
     * ∇ℓ, m long. Where there is none, the subgradient of least norm.
     *
     * @return read-only; the residual itself where the two are the same
     */
    double[] gradient(double[] residual, double[] b);

    /**
     * out = ∇²ℓ·v. Where there is none: 0 for a loss that is not smooth there; for Huber's, which is, the Hessian from inside,
     * the largest of those nearby.
     *
     * @param out may be {@code v}
     */
    void curvature(double[] residual, double[] b, double[] v, double[] out);

    /** An upper bound on ∇²ℓ at this residual and next to it; infinite where ℓ has no gradient. */
    double curvatureBound(double[] residual, double[] b);

    /**
     * ℓ and its slope on the curve r₀ + s·r₁ + s²·r₂, less those of the tangent at r₀: both are free of the cancellation that a
     * difference of losses would have, and the value is at least 0.
     */
    Rise rise(double[] r0, double[] b, double[] r1, double[] r2, double s);

    /** Whether ∇ℓ exists everywhere and is Lipschitz. */
    default boolean smooth() {
        return Double.isFinite(smoothness());
    }

    /** Whether ℓ = ½‖r‖², so that a factorization on a ray is a quartic. */
    default boolean quadratic() {
        return false;
    }

    /** Whether ℓ is an increasing function of ‖r‖₂ alone, so that it is least on a curve where ½‖r‖² is. */
    default boolean ofNormAlone() {
        return false;
    }

    /** Lipschitz constant of ∇ℓ; infinite where ℓ is not smooth. */
    double smoothness();

    /** Power of the distance with which ℓ leaves its minimum: 2, or 1 for a norm. */
    int growth();

    /** The measurements that the data ask for: b for losses of the difference. */
    default double[] target(double[] b) {
        return b;
    }

    /** @throws IllegalArgumentException if data do not fit this loss */
    default void requireData(double[] b) {}

    /** As on the command line. */
    String describe();

    /**
     * Residual, ∇ℓ and 𝒜*(∇ℓ)·X at a factor, in one pass over the operator.
     *
     * @param residual overwritten by 𝒜(XXᵀ) − b
     * @param out reshaped and overwritten by 𝒜*(∇ℓ)·X
     * @return ∇ℓ, as {@link #gradient} gives it
     */
    double[] pass(SensingOperator operator, DMatrixRMaj x, double[] b, double[] residual, DMatrixRMaj out);

    /** The loss of measuring nothing. */
    default double atZero(double[] b) {
        return value(residualAtZero(b), b);
    }

    /** −b. */
    default double[] residualAtZero(double[] b) {
        return Arrays.stream(b).map(entry -> -entry).toArray();
    }

    /** ‖r‖₂ of the first m entries. */
    static double norm(double[] residual, int m) {
        return Math.sqrt(Frobenius.dot(residual, residual, m));
    }
}
