package io.escapement.solve;

import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Ray;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * x ← x − s·∇h(x), s from a {@link StepSize}. The papers' Unlift, or vanilla, gradient descent; with
 * {@link PolyakStep} or {@link GeometricStep} the subgradient method, ∇h then being the problem's choice of a subgradient.
 */
public record GradientDescent(StepSize stepSize) implements Solver<CompositeProblem, GradientDescent.State> {

    public GradientDescent {
        Objects.requireNonNull(stepSize, "stepSize");
    }

    /** The evaluated iterate, the step that led to it and the rule for the next. */
    public record State(Evaluation at, double stepSize, StepSize rule) implements EvaluatedState {}

    @Override
    public String name() {
        return "gd";
    }

    @Override
    public String describe() {
        return "gd, step " + stepSize.describe();
    }

    @Override
    public State start(CompositeProblem problem, DMatrixRMaj x0, Workspace workspace) {
        return new State(problem.evaluate(x0), Double.NaN, stepSize);
    }

    @Override
    public State step(CompositeProblem problem, State state, Workspace workspace) {
        Evaluation at = state.at();
        DMatrixRMaj direction = SearchDirection.steepest(at, workspace);
        Ray ray = problem.ray(at, direction, workspace);
        double s = state.rule().along(ray, state.stepSize());
        return new State(ray.evaluate(s), s, state.rule().after(ray));
    }
}
