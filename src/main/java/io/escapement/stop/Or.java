package io.escapement.stop;

import io.escapement.event.StopReason;
import java.util.Optional;

/** See {@link StoppingCriterion#or}. */
record Or(StoppingCriterion first, StoppingCriterion second) implements StoppingCriterion {

    @Override
    public Watch begin() {
        return new PairWatch(first.begin(), second.begin()) {
            @Override
            Optional<StopReason> joined(Optional<StopReason> left, Optional<StopReason> right) {
                return left.isPresent() ? left : right;
            }
        };
    }

    @Override
    public String describe() {
        return first.describe() + ", or " + second.describe();
    }
}
