package io.escapement.solve;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Ray;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * Accelerated gradient descent (Nesterov 1983, Soviet Math. Dokl. 27): x_{k+1} = y_k − s_k∇h(y_k),
 * y_{k+1} = x_{k+1} + (t_k − 1)/t_{k+1}·(x_{k+1} − x_k), t_1 = 1, t_{k+1} = (1 + √(1 + 4t_k²))/2. The loss may rise.
 *
 * <p>With {@code restart}, the momentum is dropped where it points uphill, ⟨∇h(y_k), x_{k+1} − x_k⟩ &gt; 0: t_{k+1} = 1 and
 * y_{k+1} = x_{k+1} (O'Donoghue and Candès 2015, Found. Comput. Math. 15, the gradient scheme).
 *
 * <p>The iterate that is shown is y_k: h is known there, and x_k would cost an evaluation of its own.
 */
public record Nesterov(StepSize stepSize, boolean restart) implements Solver<CompositeProblem, Nesterov.State> {

    public Nesterov {
        Objects.requireNonNull(stepSize, "stepSize");
    }

    /**
     * @param at y_k
     * @param stepSize the step that led to it
     * @param rule for the next
     * @param descended x_k
     * @param t t_k
     */
    public record State(Evaluation at, double stepSize, StepSize rule, DMatrixRMaj descended, double t)
            implements EvaluatedState {}

    @Override
    public String name() {
        return "nesterov";
    }

    @Override
    public String describe() {
        return "accelerated gradient descent" + (restart ? " with restarts" : "") + ", step " + stepSize.describe();
    }

    @Override
    public State start(CompositeProblem problem, DMatrixRMaj x0, Workspace workspace) {
        return new State(problem.evaluate(x0), Double.NaN, stepSize, x0, 1);
    }

    @Override
    public State step(CompositeProblem problem, State state, Workspace workspace) {
        Evaluation at = state.at();
        DMatrixRMaj direction = SearchDirection.steepest(at, workspace);
        Ray ray = problem.ray(at, direction, workspace);
        double s = state.rule().along(ray, state.stepSize());
        DMatrixRMaj descended = new DMatrixRMaj(direction.numRows, direction.numCols);
        Frobenius.add(at.x(), s, direction, descended);
        DMatrixRMaj y = new DMatrixRMaj(direction.numRows, direction.numCols);
        Frobenius.add(descended, -1, state.descended(), y);
        boolean uphill = restart && Frobenius.dot(at.gradient(), y) > 0;
        double t = uphill ? 1 : 0.5 * (1 + Math.sqrt(1 + 4 * state.t() * state.t()));
        Frobenius.add(descended, uphill ? 0 : (state.t() - 1) / t, y, y);
        return new State(problem.evaluate(y), s, state.rule().after(ray), descended, t);
    }
}
