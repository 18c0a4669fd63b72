package io.escapement.solve.completion;

import io.escapement.linalg.Lsqr;
import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.SensingOperator;
import io.escapement.solve.EvaluatedState;
import io.escapement.solve.Solver;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * Gauss–Newton matrix recovery, GNMR (Zilber and Nadler 2022, SIAM J. Math. Data Sci. 4, 909–934): the measurements are linearized at
 * X, and the least-squares solution of minimal norm leads on,
 *
 * <pre>X⁺ = ½(1 − α)X + D,  D = argmin ‖D‖ over the minimizers of ‖J(D) − b − α𝒜(XXᵀ)‖,  J(D) = 𝒜(XDᵀ + DXᵀ).</pre>
 *
 * <p>α = −1, the updating variant, is X + J⁺(b − 𝒜(XXᵀ)); 0 is the averaging and 1 the setting variant. An asymmetric Z = [X; Y] is
 * the paper's case, XYᵀ with J(D) = 𝒜(X D_Yᵀ + D_X Yᵀ); the symmetric one is the same restricted to equal factors. The system is
 * solved by {@link Lsqr} through the operator, never formed.
 *
 * <p>The loss need not fall: there is no line search, and from a small start the first step overshoots by the ratio of the sizes.
 *
 * @param alpha α
 * @param leastSquares how the linearized problem is solved
 */
public record Gnmr(double alpha, Lsqr leastSquares) implements Solver<FactoredProblem, Gnmr.State> {

    /** LSQR's iterations in the step that led here. */
    public static final String INNER_ITERATIONS = "innerIterations";

    public Gnmr {
        Objects.requireNonNull(leastSquares, "leastSquares");
        if (!(alpha >= -1 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha is " + alpha + "; −1 to 1 is possible");
        }
    }

    /** To 1e−14 in at most 2000 inner iterations, as the authors' program does. */
    public static Gnmr of(double alpha) {
        return new Gnmr(alpha, new Lsqr(1e-14, 2000));
    }

    /** The evaluated iterate, and what the step to it took. */
    public record State(Evaluation at, double stepSize, int inner) implements EvaluatedState {

        @Override
        public Map<String, Double> figures() {
            return Map.of(INNER_ITERATIONS, (double) inner);
        }
    }

    /** @throws IllegalArgumentException saying why, if it does not serve the problem */
    public static void requireFits(FactoredProblem problem) {
        Served.requireResidualsAlone(problem, "gnmr");
    }

    @Override
    public String name() {
        return "gnmr";
    }

    @Override
    public String describe() {
        return "Gauss–Newton matrix recovery, α = " + alpha;
    }

    @Override
    public State start(FactoredProblem problem, DMatrixRMaj x0, Workspace workspace) {
        requireFits(problem);
        return new State(problem.evaluate(x0), Double.NaN, 0);
    }

    @Override
    public State step(FactoredProblem problem, State state, Workspace workspace) {
        Evaluation at = state.at();
        if (!Double.isFinite(at.loss()) || !Double.isFinite(at.gradientNorm())) {
            return state;
        }
        double[] target = new double[at.residual().length];
        for (int k = 0; k < target.length; k++) {
            // b + α(r + b), r = 𝒜(XXᵀ) − b; for α = −1 without the cancellation of b − b.
            target[k] = alpha * at.residual()[k] + (1 + alpha) * problem.measurement(k);
        }
        Lsqr.Solution solution = leastSquares.solve(new Linearized(problem.operator(), at.x()), target);
        double[] next = solution.x();
        double kept = 0.5 * (1 - alpha);
        for (int i = 0; i < next.length; i++) {
            next[i] += kept * at.x().data[i];
        }
        return new State(
                problem.evaluate(DMatrixRMaj.wrap(at.x().numRows, at.x().numCols, next)), 1, solution.iterations());
    }

    /** J at X, on factors as vectors: J(D) = 2B(X, D), Jᵀ(y) = 2𝒜*(y)X. */
    private record Linearized(SensingOperator operator, DMatrixRMaj x) implements Lsqr.LinearMap {

        @Override
        public int rows() {
            return operator.measurements();
        }

        @Override
        public int columns() {
            return x.getNumElements();
        }

        @Override
        public void apply(double[] d, double[] out) {
            operator.measure(x, DMatrixRMaj.wrap(x.numRows, x.numCols, d), out);
            twice(out, rows());
        }

        @Override
        public void adjoint(double[] y, double[] out) {
            operator.backproject(y, x, DMatrixRMaj.wrap(x.numRows, x.numCols, out));
            twice(out, columns());
        }

        private static void twice(double[] a, int length) {
            for (int i = 0; i < length; i++) {
                a[i] *= 2;
            }
        }
    }
}
