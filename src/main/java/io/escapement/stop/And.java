package io.escapement.stop;

import io.escapement.event.StopReason;
import java.util.Optional;

/** See {@link StoppingCriterion#and}. */
record And(StoppingCriterion first, StoppingCriterion second) implements StoppingCriterion {

    @Override
    public Watch begin() {
        Watch a = first.begin();
        Watch b = second.begin();
        return event -> {
            Optional<StopReason> left = a.check(event);
            Optional<StopReason> right = b.check(event);
            return left.isPresent() && right.isPresent()
                    ? Optional.of(new StopReason.Both(left.get(), right.get()))
                    : Optional.empty();
        };
    }

    @Override
    public String describe() {
        return "(" + first.describe() + ") and (" + second.describe() + ")";
    }
}
