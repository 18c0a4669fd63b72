package io.escapement.stop;

import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.util.Objects;
import java.util.Optional;

/**
 * For a descent that has to get away from a trap first ([IPGD] algorithm 1, lines 8 to 10): until the loss is {@code drop} below
 * the trap's, no rest counts, because near a saddle everything is small; if it is not below within {@code iterations}, the
 * descent has failed. From then on the rule for a rest applies, begun afresh. Divergence counts from the first event.
 *
 * @param trap h of the trap
 * @param drop F ≥ 0, absolute
 * @param iterations T_escape
 * @param rest when a descent that got away has come to rest
 */
public record Departure(double trap, double drop, long iterations, StoppingCriterion rest)
        implements StoppingCriterion {

    public Departure {
        Objects.requireNonNull(rest, "rest");
        if (!(drop >= 0)) {
            throw new IllegalArgumentException("drop is " + drop + "; at least 0 is needed");
        }
        if (iterations < 1) {
            throw new IllegalArgumentException("iterations is " + iterations + "; at least 1 is needed");
        }
    }

    @Override
    public Watch begin() {
        return new Leaving(this);
    }

    @Override
    public String describe() {
        return "no drop of " + drop + " below " + trap + " within " + iterations + " iterations, or after it: "
                + rest.describe();
    }

    private static final class Leaving implements Watch {

        private final Departure rule;
        private Watch watch;
        private boolean left;
        private long first = -1;

        Leaving(Departure rule) {
            this.rule = rule;
            this.watch = rule.rest.begin();
        }

        @Override
        public Optional<StopReason> check(RunEvent.Iteration event) {
            double loss = event.values().getOr(Values.LOSS, Double.NaN);
            long iteration = event.stamp().iteration();
            first = first < 0 ? iteration : first;
            if (!left && loss < rule.trap - rule.drop) {
                left = true;
                watch = rule.rest.begin();
            }
            Optional<StopReason> reason = watch.check(event);
            if (left || reason.filter(r -> r.state() == RunState.DIVERGED).isPresent()) {
                return reason;
            }
            return iteration - first >= rule.iterations
                    ? Optional.of(new StopReason.NotLeft(rule.trap - loss, rule.drop, rule.iterations))
                    : Optional.empty();
        }

        private record Memory(boolean left, long first, Object rest) {}

        @Override
        public Object memory() {
            return new Memory(left, first, watch.memory());
        }

        @Override
        public void recall(Object memory) {
            Memory seen = (Memory) memory;
            left = seen.left;
            first = seen.first;
            watch.recall(seen.rest);
        }
    }
}
