package io.escapement.solve.precondition;

import io.escapement.linalg.Workspace;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Ray;
import io.escapement.solve.Solver;
import io.escapement.solve.StepSize;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * ScaledGD (Tong, Ma and Chi 2021, J. Mach. Learn. Res. 22:150, eq. 3) and ScaledGD(λ) (Xu, Shen, Chi and Ma 2023, ICML, eq. 5):
 * X ← X − ηG(X)X(XᵀX + λI)⁻¹, and likewise both parts of (X, Y). Both papers' η is the step here; they prove η ≤ ⅔ and take ½.
 * Converges at a rate that κ does not enter; with more columns than the truth, λ &gt; 0 bounds how near it gets at that rate.
 *
 * @param stepSize {@link io.escapement.solve.PolyakStep} makes it the scaled subgradient method (Tong, Ma and Chi 2021, IEEE Trans.
 *     Signal Process. 69)
 * @param lambda λ ≥ 0
 */
public record ScaledGradientDescent(StepSize stepSize, double lambda) implements Solver<FactoredProblem, ScaledState> {

    /** [LMM]'s. */
    public static final double USUAL_LAMBDA = 1e-8;

    static final String NAME = "scaled-gd";

    public ScaledGradientDescent {
        Objects.requireNonNull(stepSize, "stepSize");
        if (!(lambda >= 0) || Double.isInfinite(lambda)) {
            throw new IllegalArgumentException("lambda is " + lambda + "; a finite number of at least 0 is needed");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return "scaled gradient descent, lambda " + lambda + ", step " + stepSize.describe();
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
        return along(problem, state, lambda, workspace);
    }

    /** One step with the given λ. */
    static ScaledState along(FactoredProblem problem, ScaledState state, double lambda, Workspace workspace) {
        DMatrixRMaj direction = ScaledDirection.of(problem, state.at(), lambda, workspace);
        Ray ray = problem.ray(state.at(), direction, workspace);
        double s = state.rule().along(ray, state.stepSize());
        return new ScaledState(ray.evaluate(s), s, state.rule().after(ray), lambda);
    }
}
