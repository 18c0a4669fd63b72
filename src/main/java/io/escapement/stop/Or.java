package io.escapement.stop;

import io.escapement.event.StopReason;
import java.util.Optional;

/** See {@link StoppingCriterion#or}. */
record Or(StoppingCriterion first, StoppingCriterion second) implements StoppingCriterion {

    @Override
    public Watch begin() {
        Watch a = first.begin();
        Watch b = second.begin();
        return event -> {
            Optional<StopReason> left = a.check(event);
            Optional<StopReason> right = b.check(event);
            return left.isPresent() ? left : right;
        };
    }

    @Override
    public String describe() {
        return first.describe() + ", or " + second.describe();
    }
}
