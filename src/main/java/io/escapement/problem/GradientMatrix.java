package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.SymmetricOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * G = 𝒜*(w) + (λ/2)I as an operator, n×n, never formed. At a point w is the loss's gradient, and G = ∇f(XXᵀ): its smallest
 * eigenvalue decides on optimality, its eigenvectors point where f descends.
 *
 * <p>For an asymmetric factor without a ridge, G = ½[0 R; Rᵀ 0] with R = ∇f(XYᵀ), so λₘᵢₙ(G) = −σ_max(R)/2 whatever
 * the sign of anything: it is never positive, and zero only where R vanishes.
 */
public final class GradientMatrix implements SymmetricOperator {

    private final SensingOperator operator;
    private final double[] weights;
    private final double shift;

    private GradientMatrix(SensingOperator operator, double[] weights, double shift) {
        this.operator = operator;
        this.weights = weights;
        this.shift = shift;
    }

    /** G(X) = 𝒜*(∇ℓ) + (λ/2)I; 𝒜*(𝒜(XXᵀ) − b) + (λ/2)I for ½‖·‖². The balancing term is not part of it. */
    public static GradientMatrix at(FactoredProblem problem, Evaluation at) {
        return new GradientMatrix(problem.operator(), at.weights(), 0.5 * problem.ridge());
    }

    /** 𝒜*(b), or of what stands in for b: what the data alone say. */
    public static GradientMatrix ofData(FactoredProblem problem) {
        return new GradientMatrix(problem.operator(), problem.target(), 0);
    }

    /** G(0) without a ridge, the scale of G; −𝒜*(b) for ½‖·‖². */
    public static GradientMatrix atZero(FactoredProblem problem) {
        return new GradientMatrix(problem.operator(), problem.weightsAtZero(), 0);
    }

    @Override
    public int dimension() {
        return operator.dimension();
    }

    @Override
    public void apply(DMatrixRMaj v, DMatrixRMaj out) {
        operator.backproject(weights, v, out);
        if (shift != 0) {
            Frobenius.add(out, shift, v, out);
        }
    }
}
