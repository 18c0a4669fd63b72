package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.SymmetricOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * G = 𝒜*(w) + (λ/2)I as an operator, n×n, never formed. At a point w is its residual, and G = ∇f(XXᵀ): its smallest
 * eigenvalue decides on optimality, its eigenvectors point where f descends.
 *
 * <p>For an asymmetric factor without a ridge, G = ½[0 R; Rᵀ 0] with R = ∇f(XYᵀ), so λ_min(G) = −σ_max(R)/2 whatever
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

    /** G(X) = 𝒜*(𝒜(XXᵀ) − b) + (λ/2)I. */
    public static GradientMatrix at(FactoredProblem problem, Evaluation at) {
        return new GradientMatrix(problem.operator(), at.residual(), 0.5 * problem.ridge());
    }

    /** 𝒜*(b): what the data alone say, and the scale of G. */
    public static GradientMatrix ofData(FactoredProblem problem) {
        double[] b = new double[problem.operator().measurements()];
        for (int k = 0; k < b.length; k++) {
            b[k] = problem.measurement(k);
        }
        return new GradientMatrix(problem.operator(), b, 0);
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
