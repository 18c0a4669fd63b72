package io.escapement.stop;

import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import java.util.Optional;

/** A rule that says when to stop. Immutable; the memory is in its {@link Watch}. */
public interface StoppingCriterion {

    /** A watch that has seen nothing yet. */
    Watch begin();

    /** The rule in words, with its numbers. */
    String describe();

    /** Stops where either does; the reason is that of the first that answers. */
    default StoppingCriterion or(StoppingCriterion other) {
        return new Or(this, other);
    }

    /** Stops where both do at the same event. */
    default StoppingCriterion and(StoppingCriterion other) {
        return new And(this, other);
    }

    /** Stops where this does at {@code times} events in a row. */
    default StoppingCriterion repeated(int times) {
        return times == 1 ? this : new Repeated(this, times);
    }

    /** What watches one segment. Must be shown every iteration, in order. */
    interface Watch {

        /** A reason to stop after this iteration, or nothing. Allocates nothing while it has nothing to say. */
        Optional<StopReason> check(RunEvent.Iteration event);
    }
}
