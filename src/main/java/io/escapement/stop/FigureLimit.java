package io.escapement.stop;

import io.escapement.event.StopReason;
import java.util.Objects;
import java.util.Optional;

/**
 * A figure that only grows, such as the work done, is at or above a limit.
 *
 * @param figure its name in the event's values
 * @param limit absolute
 */
public record FigureLimit(String figure, double limit) implements StoppingCriterion {

    public FigureLimit {
        Objects.requireNonNull(figure, "figure");
        if (Double.isNaN(limit)) {
            throw new IllegalArgumentException("limit of " + figure + " is NaN; a number is needed");
        }
    }

    @Override
    public Watch begin() {
        return event -> {
            double value = event.values().getOr(figure, Double.NaN);
            return value >= limit ? Optional.of(new StopReason.FigureLimit(figure, value, limit)) : Optional.empty();
        };
    }

    @Override
    public String describe() {
        return figure + " at least " + limit;
    }
}
