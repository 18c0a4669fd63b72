package io.escapement.solve.precondition;

import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.solve.Solver;
import io.escapement.solve.StepSize;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * PrecGD (Zhang, Fattahi and Zhang 2021, NeurIPS, eq. 5 and 6): the step of {@link ScaledGradientDescent} with a λ that falls with the
 * distance from the solution, λ_k = c·√(h(X_k) − inf ℓ), so that it converges linearly to the end also with more columns than the truth.
 * A loss that grows like the distance, and not like its square, is such an estimate itself and is taken as it is.
 *
 * <p>The paper has f = ‖𝒜(XXᵀ) − b‖² = 2h, ∇f = 4G(X)X and λ = √f: its step is a quarter of ours, its λ has c = √2. [LMM] has the metric
 * 2XᵀX + λ and 2.5e−3·√h in its experiments, so c = 1.25e−3.
 *
 * @param factor c &gt; 0
 */
public record PreconditionedDescent(StepSize stepSize, double factor) implements Solver<FactoredProblem, ScaledState> {

    /** The paper's. */
    public static final double USUAL_FACTOR = Math.sqrt(2);

    static final String NAME = "prec-gd";

    public PreconditionedDescent {
        Objects.requireNonNull(stepSize, "stepSize");
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor is " + factor + "; a finite number above 0 is needed");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return "preconditioned gradient descent, lambda " + factor + " times the distance that the loss tells, step "
                + stepSize.describe();
    }

    /** @throws IllegalArgumentException unless the factor stands for a matrix */
    public static void require(FactoredProblem problem) {
        ScaledDirection.requireMatrix(NAME, problem);
    }

    /** @throws IllegalArgumentException see {@link #require} */
    @Override
    public ScaledState start(FactoredProblem problem, DMatrixRMaj x0, Workspace workspace) {
        require(problem);
        return new ScaledState(problem.evaluate(x0), Double.NaN, stepSize, Double.NaN);
    }

    @Override
    public ScaledState step(FactoredProblem problem, ScaledState state, Workspace workspace) {
        return ScaledGradientDescent.along(problem, state, lambda(problem, state.at()), workspace);
    }

    private double lambda(FactoredProblem problem, Evaluation at) {
        double excess = problem.excess(at);
        return factor * (problem.loss().growth() == 2 ? Math.sqrt(excess) : excess);
    }
}
