package io.escapement.stop;

import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import java.util.Optional;

/**
 * No more than so many iterations since the watch began. The first event shows where it begins: it is not counted.
 *
 * @param limit at least 0
 */
public record IterationLimit(long limit) implements StoppingCriterion {

    public IterationLimit {
        if (limit < 0) {
            throw new IllegalArgumentException("iteration limit is " + limit + "; at least 0 is needed");
        }
    }

    @Override
    public Watch begin() {
        return new Counter(limit);
    }

    @Override
    public String describe() {
        return limit + " iterations";
    }

    private static final class Counter implements Watch {

        private final long limit;
        private long first = -1;

        Counter(long limit) {
            this.limit = limit;
        }

        @Override
        public Optional<StopReason> check(RunEvent.Iteration event) {
            long iteration = event.stamp().iteration();
            if (first < 0) {
                first = iteration;
            }
            return iteration - first >= limit ? Optional.of(new StopReason.IterationLimit(limit)) : Optional.empty();
        }

        private record Memory(long first) {}

        @Override
        public Object memory() {
            return new Memory(first);
        }

        @Override
        public void recall(Object memory) {
            first = ((Memory) memory).first;
        }
    }
}
