package io.escapement.solve.precondition;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Parameterization;
import io.escapement.problem.Ray;
import io.escapement.solve.PolyakStep;
import io.escapement.solve.Solver;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * OPSA, the overparameterized preconditioned subgradient algorithm (Giampouras, Cai and Vidal 2025, ICML): for XYᵀ and any convex loss the
 * direction of {@link ScaledGradientDescent}, Polyak's step in the same metric,
 * η = (h − h*)/(‖∇_X h·(YᵀY + λI)^{−½}‖² + ‖∇_Y h·(XᵀX + λI)^{−½}‖²), and then factors of the same product with equal Gram matrices,
 * X = UΣ^{½}, Y = VΣ^{½} of XYᵀ = UΣVᵀ.
 *
 * <p>The paper's subgradients have a term λX, λY besides, of a nuclear-norm penalty; its authors' program has not, and neither has this: with
 * it the end is not a minimum of h. A ridge is an option of the problem.
 *
 * @param lambda λ &gt; 0
 */
public record Opsa(PolyakStep stepSize, double lambda) implements Solver<FactoredProblem, ScaledState> {

    /** [LMM]'s. */
    public static final double USUAL_LAMBDA = 1e-8;

    static final String NAME = "opsa";

    public Opsa {
        Objects.requireNonNull(stepSize, "stepSize");
        if (!(lambda > 0) || Double.isInfinite(lambda)) {
            throw new IllegalArgumentException("lambda is " + lambda + "; a finite number above 0 is needed");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return "overparameterized preconditioned subgradient method, lambda " + lambda + ", step "
                + stepSize.describe();
    }

    /** @throws IllegalArgumentException unless the factor stands for a matrix XYᵀ of no more columns than both parts have rows */
    public static void require(FactoredProblem problem) {
        FactorShape shape = problem.shape();
        if (shape.parameterization() != Parameterization.ASYMMETRIC) {
            throw new IllegalArgumentException(
                    "the parameterization is " + shape.parameterization().label()
                            + "; opsa is for asymmetric, where there are two factors to balance");
        }
        int most = Math.min(shape.imageRows(), shape.imageColumns());
        if (problem.columns() > most) {
            throw new IllegalArgumentException(
                    "the rank is " + problem.columns() + "; opsa takes one of at most " + most);
        }
    }

    /** @throws IllegalArgumentException see {@link #require} */
    @Override
    public ScaledState start(FactoredProblem problem, DMatrixRMaj x0, Workspace workspace) {
        require(problem);
        return new ScaledState(problem.evaluate(x0), Double.NaN, stepSize, Double.NaN);
    }

    @Override
    public ScaledState step(FactoredProblem problem, ScaledState state, Workspace workspace) {
        DMatrixRMaj direction = ScaledDirection.of(problem, state.at(), lambda, workspace);
        Ray ray = problem.ray(state.at(), direction, workspace);
        double s = state.rule().along(ray, state.stepSize());
        DMatrixRMaj z = new DMatrixRMaj(direction.numRows, direction.numCols);
        Frobenius.add(state.x(), s, direction, z);
        return new ScaledState(
                problem.evaluate(EqualGrams.of(z, problem.shape().split())),
                s,
                state.rule().after(ray),
                lambda);
    }
}
