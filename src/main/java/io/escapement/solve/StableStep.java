package io.escapement.solve;

import io.escapement.problem.Ray;
import java.util.OptionalDouble;

/**
 * 1/L, with L the problem's bound on its curvature at the iterate ({@link Ray#curvatureBound}): the step that papers set by hand,
 * taken from the data. The exact step where no bound is known.
 */
public record StableStep() implements StepSize {

    private static final StepSize OTHERWISE = new ExactStep();

    @Override
    public double along(Ray ray, double previous) {
        OptionalDouble bound = ray.curvatureBound();
        if (bound.isEmpty()) {
            return OTHERWISE.along(ray, previous);
        }
        return bound.getAsDouble() == 0 ? 0 : 1 / bound.getAsDouble();
    }

    @Override
    public String describe() {
        return "stable";
    }
}
