package io.escapement.solve;

import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import org.ejml.data.DMatrixRMaj;

/**
 * Adam (Kingma and Ba 2015, algorithm 1), with the whole gradient: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g∘g,
 * x ← x − α·m̂/(√v̂ + ε), m̂ = m/(1 − β₁ᵏ), v̂ = v/(1 − β₂ᵏ), entry by entry. It therefore is the one solver here whose path depends on
 * the basis of the factor's columns. The loss may rise, and as α is fixed it ends within about α of a minimum, entry by entry.
 *
 * @param rate α &gt; 0
 */
public record Adam(double rate) implements Solver<CompositeProblem, Adam.State> {

    /** The paper's α. */
    public static final double USUAL_RATE = 1e-3;

    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;
    private static final double EPSILON = 1e-8;

    public Adam {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate is " + rate + "; a finite number above 0 is needed");
        }
    }

    /** The evaluated iterate, the rate if a step led to it, m and v (n×r), and how many steps there were. */
    public record State(Evaluation at, double stepSize, DMatrixRMaj mean, DMatrixRMaj square, long steps)
            implements EvaluatedState {}

    @Override
    public String name() {
        return "adam";
    }

    @Override
    public String describe() {
        return "adam, rate " + rate;
    }

    @Override
    public State start(CompositeProblem problem, DMatrixRMaj x0, Workspace workspace) {
        return new State(
                problem.evaluate(x0),
                Double.NaN,
                new DMatrixRMaj(x0.numRows, x0.numCols),
                new DMatrixRMaj(x0.numRows, x0.numCols),
                0);
    }

    @Override
    public State step(CompositeProblem problem, State state, Workspace workspace) {
        DMatrixRMaj from = state.x();
        double[] gradient = state.at().gradient().data;
        DMatrixRMaj mean = new DMatrixRMaj(from.numRows, from.numCols);
        DMatrixRMaj square = new DMatrixRMaj(from.numRows, from.numCols);
        DMatrixRMaj x = new DMatrixRMaj(from.numRows, from.numCols);
        long k = state.steps() + 1;
        double first = 1 - Math.pow(FIRST, (double) k);
        double second = 1 - Math.pow(SECOND, (double) k);
        for (int e = 0; e < x.getNumElements(); e++) {
            double g = gradient[e];
            double m = FIRST * state.mean().data[e] + (1 - FIRST) * g;
            double v = SECOND * state.square().data[e] + (1 - SECOND) * g * g;
            mean.data[e] = m;
            square.data[e] = v;
            x.data[e] = from.data[e] - rate * (m / first) / (Math.sqrt(v / second) + EPSILON);
        }
        return new State(problem.evaluate(x), rate, mean, square, k);
    }
}
