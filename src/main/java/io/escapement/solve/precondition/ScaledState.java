package io.escapement.solve.precondition;

import io.escapement.problem.Evaluation;
import io.escapement.solve.EvaluatedState;
import io.escapement.solve.StepSize;
import java.util.Map;

/**
 * The evaluated iterate of a preconditioned descent.
 *
 * @param stepSize the step that led to it
 * @param rule for the next step
 * @param lambda λ of the step that led to it; NaN at a start
 */
public record ScaledState(Evaluation at, double stepSize, StepSize rule, double lambda) implements EvaluatedState {

    /** λ as a figure. */
    static final String DAMPING = "damping";

    @Override
    public Map<String, Double> figures() {
        return Double.isNaN(lambda) ? Map.of() : Map.of(DAMPING, lambda);
    }
}
