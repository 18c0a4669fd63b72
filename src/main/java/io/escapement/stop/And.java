package io.escapement.stop;

import io.escapement.event.StopReason;
import java.util.Optional;

/** See {@link StoppingCriterion#and}. */
record And(StoppingCriterion first, StoppingCriterion second) implements StoppingCriterion {

    @Override
    public Watch begin() {
        return new PairWatch(first.begin(), second.begin()) {
            @Override
            Optional<StopReason> joined(Optional<StopReason> left, Optional<StopReason> right) {
                return left.isPresent() && right.isPresent()
                        ? Optional.of(new StopReason.Both(left.get(), right.get()))
                        : Optional.empty();
            }
        };
    }

    @Override
    public String describe() {
        return "(" + first.describe() + ") and (" + second.describe() + ")";
    }
}
