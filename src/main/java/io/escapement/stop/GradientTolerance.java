package io.escapement.stop;

import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.util.Optional;

/**
 * ‖∇h‖ ≤ bound.
 *
 * @param bound absolute
 */
public record GradientTolerance(double bound) implements StoppingCriterion {

    public GradientTolerance {
        if (!(bound >= 0)) {
            throw new IllegalArgumentException("gradient bound is " + bound + "; at least 0 is needed");
        }
    }

    @Override
    public Watch begin() {
        return Watch.ofEach(event -> {
            double norm = event.values().getOr(Values.GRADIENT_NORM, Double.NaN);
            return norm <= bound ? Optional.of(new StopReason.GradientSmall(norm, bound)) : Optional.empty();
        });
    }

    @Override
    public String describe() {
        return "gradient norm at most " + bound;
    }
}
