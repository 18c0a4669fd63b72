package io.escapement.stop;

import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import java.util.Optional;
import java.util.function.Function;

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

        /** One that looks at each iteration by itself. */
        static Watch ofEach(Function<RunEvent.Iteration, Optional<StopReason>> rule) {
            return new Forgetful(rule);
        }

        /** A reason to stop after this iteration, or nothing. Allocates nothing while it has nothing to say. */
        Optional<StopReason> check(RunEvent.Iteration event);

        /**
         * What it remembers of the iterations so far, for a checkpoint: a record of numbers, arrays and such records, which
         * shares nothing with the watch; null where it remembers nothing. Not optional, so that no criterion forgets it.
         */
        Object memory();

        /**
         * Goes on as the watch of an equal criterion would that gave this memory.
         *
         * @throws ClassCastException if it is the memory of another kind of watch
         */
        void recall(Object memory);
    }

    /** A watch without a memory. */
    record Forgetful(Function<RunEvent.Iteration, Optional<StopReason>> rule) implements Watch {

        @Override
        public Optional<StopReason> check(RunEvent.Iteration event) {
            return rule.apply(event);
        }

        @Override
        public Object memory() {
            return null;
        }

        @Override
        public void recall(Object memory) {
            // There is nothing to recall.
        }
    }
}
