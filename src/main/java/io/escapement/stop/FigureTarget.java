package io.escapement.stop;

import io.escapement.event.StopReason;
import java.util.Objects;
import java.util.Optional;

/**
 * A figure is at or below a target.
 *
 * @param figure its name in the event's values
 * @param target absolute
 */
public record FigureTarget(String figure, double target) implements StoppingCriterion {

    public FigureTarget {
        Objects.requireNonNull(figure, "figure");
        if (Double.isNaN(target)) {
            throw new IllegalArgumentException("target for " + figure + " is NaN; a number is needed");
        }
    }

    @Override
    public Watch begin() {
        return Watch.ofEach(event -> {
            double value = event.values().getOr(figure, Double.NaN);
            return value <= target
                    ? Optional.of(new StopReason.TargetReached(figure, value, target))
                    : Optional.empty();
        });
    }

    @Override
    public String describe() {
        return figure + " at most " + target;
    }
}
