package io.escapement.stop;

import io.escapement.event.StopReason;
import java.time.Duration;
import java.util.Optional;

/** No longer than so much time since the run began. */
public record TimeLimit(Duration limit) implements StoppingCriterion {

    public TimeLimit {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("time limit is " + limit + "; a positive duration is needed");
        }
    }

    @Override
    public Watch begin() {
        return Watch.ofEach(event -> event.stamp().elapsed().compareTo(limit) >= 0
                ? Optional.of(new StopReason.TimeLimit(limit))
                : Optional.empty());
    }

    @Override
    public String describe() {
        return limit.toMillis() / 1000.0 + " s";
    }
}
