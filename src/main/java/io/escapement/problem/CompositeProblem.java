package io.escapement.problem;

import io.escapement.linalg.Workspace;
import org.ejml.data.DMatrixRMaj;

/**
 * minimize h(x) = ℓ(𝒜(F(x)) − b) over matrices x of a fixed shape: an outer loss composed with a parameterization
 * (mathematics.md, section 1). What a first-order or quasi-Newton solver needs, and the Hessian's action.
 *
 * <p>Implementations are immutable; scratch space is the caller's {@link Workspace}.
 */
public interface CompositeProblem {

    /** Rows of x. */
    int rows();

    /** Columns of x. */
    int columns();

    /**
     * h and ∇h at x.
     *
     * @param x rows × columns; kept by the result, so it must not be changed afterwards
     * @throws IllegalArgumentException if the shape is wrong
     */
    Evaluation evaluate(DMatrixRMaj x);

    /** h − inf ℓ at an evaluated point, without the cancellation of a difference: h itself where ℓ is a norm or its square. */
    default double aboveInfimum(Evaluation at) {
        return at.loss();
    }

    /** Whether h has a gradient and a Hessian worth the name everywhere; without, curvature says nothing. */
    default boolean smooth() {
        return true;
    }

    /**
     * ∇F(x)ᵀ∇F(x) at a point.
     *
     * @param x finite; must not be changed while the result is used
     */
    Gram gram(DMatrixRMaj x);

    /** Power of the distance from F(x) to the data with which h leaves inf ℓ: 2, or 1 where ℓ is a norm. */
    default int growth() {
        return 2;
    }

    /** The problem on the ray from an evaluated point along {@code direction}. */
    Ray ray(Evaluation at, DMatrixRMaj direction, Workspace workspace);

    /**
     * The problem on the plane X₀ + αU + βV, for pictures.
     *
     * @param x0 rows × columns, like the other two; none may be changed while the result is used
     */
    default PlaneLoss onPlane(DMatrixRMaj x0, DMatrixRMaj u, DMatrixRMaj v) {
        return PlaneLoss.direct(this, x0, u, v);
    }

    /**
     * ∇²h(x)[D].
     *
     * @param out reshaped and overwritten; must not be {@code direction}
     */
    void hessianProduct(Evaluation at, DMatrixRMaj direction, DMatrixRMaj out);

    /**
     * ∇F(x)ᵀ𝒜*∇²ℓ𝒜∇F(x)[D], with what penalties add in the same way: the Hessian but for the curvature of F. ⪰ 0.
     *
     * @param out reshaped and overwritten; must not be {@code direction}
     */
    void gaussNewtonProduct(Evaluation at, DMatrixRMaj direction, DMatrixRMaj out);
}
