package io.escapement.solve;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Ray;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * Gradient descent with momentum, the heavy ball (Polyak 1964, U.S.S.R. Comput. Math. Math. Phys. 4): d_k = −∇h(x_k) + βd_{k−1},
 * x_{k+1} = x_k + s_k·d_k. With a fixed step that is x_k − s∇h(x_k) + β(x_k − x_{k−1}).
 *
 * <p>A rule that searches the ray may find no descent along d_k. Then the ball is stopped: d_k = −∇h(x_k). So with such a rule the loss
 * never rises; with a fixed step it may.
 *
 * @param beta β in [0, 1)
 */
public record HeavyBall(double beta, StepSize stepSize) implements Solver<CompositeProblem, HeavyBall.State> {

    /** What most programs take. */
    public static final double USUAL_BETA = 0.9;

    public HeavyBall {
        Objects.requireNonNull(stepSize, "stepSize");
        if (!(beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException("beta is " + beta + "; from 0 to below 1 is needed");
        }
    }

    /** The evaluated iterate, the step that led to it, the rule for the next, and d_{k−1}; null at a start. */
    public record State(Evaluation at, double stepSize, StepSize rule, DMatrixRMaj direction)
            implements EvaluatedState {}

    @Override
    public String name() {
        return "momentum";
    }

    @Override
    public String describe() {
        return "gradient descent with momentum " + beta + ", step " + stepSize.describe();
    }

    @Override
    public State start(CompositeProblem problem, DMatrixRMaj x0, Workspace workspace) {
        return new State(problem.evaluate(x0), Double.NaN, stepSize, null);
    }

    @Override
    public State step(CompositeProblem problem, State state, Workspace workspace) {
        Evaluation at = state.at();
        boolean rolling = state.direction() != null && beta > 0;
        DMatrixRMaj direction = SearchDirection.steepest(at, workspace).copy();
        if (rolling) {
            Frobenius.add(direction, beta, state.direction(), direction);
        }
        Ray ray = problem.ray(at, direction, workspace);
        double s = state.rule().along(ray, state.stepSize());
        if (s == 0 && rolling) {
            direction = SearchDirection.steepest(at, workspace).copy();
            ray = problem.ray(at, direction, workspace);
            s = state.rule().along(ray, state.stepSize());
        }
        return new State(ray.evaluate(s), s, state.rule().after(ray), direction);
    }
}
