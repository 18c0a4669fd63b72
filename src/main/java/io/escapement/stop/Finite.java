package io.escapement.stop;

import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.util.Optional;

/** Stops as diverged where the loss or the gradient norm is NaN or infinite. */
public record Finite() implements StoppingCriterion {

    @Override
    public Watch begin() {
        return Watch.ofEach(event -> {
            double loss = event.values().getOr(Values.LOSS, 0);
            if (!Double.isFinite(loss)) {
                return Optional.of(new StopReason.NotFinite(
                        Values.LOSS, loss, event.stamp().iteration()));
            }
            double norm = event.values().getOr(Values.GRADIENT_NORM, 0);
            return Double.isFinite(norm)
                    ? Optional.empty()
                    : Optional.of(new StopReason.NotFinite(
                            Values.GRADIENT_NORM, norm, event.stamp().iteration()));
        });
    }

    @Override
    public String describe() {
        return "loss or gradient norm not finite";
    }
}
