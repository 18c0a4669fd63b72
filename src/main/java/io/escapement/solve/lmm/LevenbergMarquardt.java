package io.escapement.solve.lmm;

import io.escapement.linalg.ConjugateGradients;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gram;
import io.escapement.solve.EvaluatedState;
import io.escapement.solve.Solver;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.ejml.data.DMatrixRMaj;

/**
 * Levenberg-Marquardt on the whole residual, for smooth losses: x + d with (B + λI)d = −∇h, B = ∇Fᵀ𝒜*∇²ℓ𝒜∇F, where [LMM] has ∇Fᵀ∇F in B's place.
 * λ = μ‖∇h‖, which keeps convergence quadratic where solutions are not isolated (Fan and Yuan 2005); μ follows the ratio of actual to
 * predicted fall as Nielsen 1999 does, a step that raises h is not taken, and its trial is an iteration.
 *
 * <p>The system by conjugate gradients, preconditioned with (∇Fᵀ∇F + λI)⁻¹ where that has a closed form and h is a function of F(x)
 * alone: over the factors that it reaches, 𝒜*𝒜 is near a multiple of the identity wherever the problem is well posed, so the number of products does not grow with
 * the condition of the truth. Residuals of min({@value #LOOSE}, √(‖∇h‖/‖∇h₀‖)), relative. A product is one measurement and one
 * backprojection, as many as a gradient evaluation; the step takes one more.
 *
 * @param maxProducts in one step, at least 1
 * @param preconditioned whether to use the closed form where there is one
 */
public record LevenbergMarquardt(int maxProducts, boolean preconditioned)
        implements Solver<CompositeProblem, LevenbergMarquardt.State> {

    public static final String NAME = "levenberg-marquardt";
    public static final String PRODUCTS = "products";

    private static final double LOOSE = 0.1;

    /** λ at a start, relative to what a unit step along the gradient does to F(x). */
    private static final double FIRST = 1e-3;

    /** λ falls to this of itself at most ([Nielsen 1999]). */
    private static final double SHRINK = 1.0 / 3;

    /** First of four slots of the workspace, and one more. */
    private static final int SLOT = 16;

    private static final int DIRECTION = 14;

    public LevenbergMarquardt {
        if (maxProducts < 1) {
            throw new IllegalArgumentException("maxProducts is " + maxProducts + "; at least 1 is needed");
        }
    }

    /** At most 50 products in a step, preconditioned. */
    public static LevenbergMarquardt standard() {
        return new LevenbergMarquardt(50, true);
    }

    /** @throws IllegalArgumentException if the loss is not smooth */
    public static void requireServed(CompositeProblem problem) {
        if (!problem.smooth()) {
            String loss = problem instanceof FactoredProblem factored
                    ? factored.loss().describe()
                    : "not smooth";
            throw new IllegalArgumentException(
                    "the loss is " + loss
                            + "; a smooth one is needed (half-squared has the same minimizers as norm where the data can be met)");
        }
    }

    /**
     * The evaluated iterate and what the next step goes by.
     *
     * @param stepSize 1 where the last trial was taken, 0 where it was not
     * @param mu λ/‖∇h‖ of the next step; NaN at a start
     * @param growth of μ if that step fails
     * @param firstNorm ‖∇h‖ at the start
     * @param damped λ of the last step; 0 at a start
     * @param products with B in the last step
     */
    public record State(
            Evaluation at, double stepSize, double mu, double growth, double firstNorm, double damped, int products)
            implements EvaluatedState {

        public State {
            Objects.requireNonNull(at, "at");
        }

        @Override
        public Map<String, Double> figures() {
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put(Lmm.DAMPING, damped);
            figures.put(PRODUCTS, (double) products);
            return figures;
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return NAME + ", at most " + maxProducts + " products a step" + (preconditioned ? "" : ", not preconditioned");
    }

    @Override
    public State start(CompositeProblem problem, DMatrixRMaj x0, Workspace workspace) {
        requireServed(problem);
        Evaluation at = problem.evaluate(x0);
        return new State(at, Double.NaN, Double.NaN, 2, at.gradientNorm(), 0, 0);
    }

    @Override
    public State step(CompositeProblem problem, State state, Workspace workspace) {
        Evaluation at = state.at();
        double norm = at.gradientNorm();
        if (!Double.isFinite(at.loss()) || !Double.isFinite(norm) || norm == 0) {
            return state;
        }
        DMatrixRMaj g = at.gradient();
        Gram gram = problem.gram(at.x());
        double mu = Double.isNaN(state.mu()) ? FIRST * gram.squaredImage(g) / norm / norm / norm : state.mu();
        double lambda = mu * norm;
        DMatrixRMaj d = DMatrixRMaj.wrap(g.numRows, g.numCols, workspace.array(DIRECTION, g.getNumElements()));
        int products =
                solve(problem, at, gram, lambda, Math.min(LOOSE, Math.sqrt(norm / state.firstNorm())), d, workspace);
        // The residual of conjugate gradients is orthogonal to d, so ⟨d, Bd⟩ = ⟨∇h, d⟩ − λ‖d‖².
        double predicted = 0.5 * (Frobenius.dot(g, d) + lambda * Frobenius.dot(d, d));
        DMatrixRMaj to = new DMatrixRMaj(g.numRows, g.numCols);
        Frobenius.add(at.x(), -1, d, to);
        Evaluation next = problem.evaluate(to);
        double ratio = (at.loss() - next.loss()) / predicted;
        if (ratio > 0 && Double.isFinite(next.gradientNorm())) {
            double turn = 2 * ratio - 1;
            double factor = Math.max(SHRINK, 1 - turn * turn * turn);
            return new State(next, 1, factor * mu, 2, state.firstNorm(), lambda, products);
        }
        return new State(at, 0, state.growth() * mu, 2 * state.growth(), state.firstNorm(), lambda, products);
    }

    private int solve(
            CompositeProblem problem,
            Evaluation at,
            Gram gram,
            double lambda,
            double tolerance,
            DMatrixRMaj d,
            Workspace workspace) {
        BiConsumer<DMatrixRMaj, DMatrixRMaj> system = (v, out) -> {
            problem.gaussNewtonProduct(at, v, out);
            Frobenius.add(out, lambda, v, out);
        };
        ConjugateGradients iteration = new ConjugateGradients(maxProducts, tolerance);
        boolean alone = !(problem instanceof FactoredProblem factored) || factored.ofImageAlone();
        if (preconditioned && alone && gram.closedForm()) {
            return iteration.solve(system, (v, out) -> gram.solve(lambda, v, out), at.gradient(), d, workspace, SLOT);
        }
        return iteration.solve(system, at.gradient(), d, workspace, SLOT);
    }
}
