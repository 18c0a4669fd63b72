package io.escapement.stop;

import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import java.util.Optional;

/** See {@link StoppingCriterion#repeated}. */
record Repeated(StoppingCriterion criterion, int times) implements StoppingCriterion {

    Repeated {
        if (times < 1) {
            throw new IllegalArgumentException("times is " + times + "; at least 1 is needed");
        }
    }

    @Override
    public Watch begin() {
        return new Counting(criterion.begin(), times);
    }

    @Override
    public String describe() {
        return criterion.describe() + " " + times + " times in a row";
    }

    private static final class Counting implements Watch {

        private final Watch watch;
        private final int times;
        private int inARow;

        Counting(Watch watch, int times) {
            this.watch = watch;
            this.times = times;
        }

        @Override
        public Optional<StopReason> check(RunEvent.Iteration event) {
            Optional<StopReason> reason = watch.check(event);
            inARow = reason.isPresent() ? inARow + 1 : 0;
            return inARow >= times ? reason : Optional.empty();
        }

        private record Memory(Object watch, int inARow) {}

        @Override
        public Object memory() {
            return new Memory(watch.memory(), inARow);
        }

        @Override
        public void recall(Object memory) {
            Memory seen = (Memory) memory;
            watch.recall(seen.watch);
            inARow = seen.inARow;
        }
    }
}
