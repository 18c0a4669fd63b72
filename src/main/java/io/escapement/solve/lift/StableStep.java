package io.escapement.solve.lift;

import io.escapement.problem.Ray;
import io.escapement.solve.StepSize;
import java.util.OptionalDouble;

/**
 * 1/L with L the curvature bound of the point, 6·max T^{⊗l}(w∘w) + 2‖𝒜*(b)‖^l for a lifted problem of entries: the fixed step
 * that the papers set by hand, from the data. It goes on by the exact step where no bound is known.
 */
public record StableStep() implements StepSize {

    @Override
    public double along(Ray ray, double previous) {
        OptionalDouble bound = ray.curvatureBound();
        if (bound.isPresent()) {
            return bound.getAsDouble() > 0 ? 1 / bound.getAsDouble() : Double.NaN;
        }
        double s = ray.positiveMinimizer();
        return Double.isNaN(s) && Double.isFinite(ray.slope()) ? 0 : s;
    }

    @Override
    public String describe() {
        return "stable";
    }
}
