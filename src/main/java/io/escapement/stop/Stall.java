package io.escapement.stop;

import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.util.Optional;

/**
 * The best loss so far fell by less than a fraction of itself over a window: (best_{k−w} − best_k)/|best_{k−w}| &lt; bound.
 *
 * @param relativeDecrease bound on the decrease, relative
 * @param window w, in iterations
 */
public record Stall(double relativeDecrease, int window) implements StoppingCriterion {

    public Stall {
        if (!(relativeDecrease >= 0 && relativeDecrease < 1)) {
            throw new IllegalArgumentException(
                    "relative decrease is " + relativeDecrease + "; from 0 to below 1 is needed");
        }
        LossWindow.requireSize(window);
    }

    @Override
    public Watch begin() {
        return new Best(this);
    }

    @Override
    public String describe() {
        return "relative decrease below " + relativeDecrease + " over " + window + " iterations";
    }

    private static final class Best implements Watch {

        private final Stall rule;
        private final LossWindow bests;
        private double best = Double.POSITIVE_INFINITY;

        Best(Stall rule) {
            this.rule = rule;
            this.bests = new LossWindow(rule.window);
        }

        @Override
        public Optional<StopReason> check(RunEvent.Iteration event) {
            double loss = event.values().getOr(Values.LOSS, Double.NaN);
            if (loss < best) {
                best = loss;
            }
            bests.add(best);
            if (!bests.full()) {
                return Optional.empty();
            }
            double before = bests.back(rule.window);
            double decrease = before == 0 ? 0 : (before - best) / Math.abs(before);
            return decrease < rule.relativeDecrease
                    ? Optional.of(new StopReason.Stalled(decrease, rule.relativeDecrease, rule.window))
                    : Optional.empty();
        }

        private record Memory(LossWindow.Memory bests, double best) {}

        @Override
        public Object memory() {
            return new Memory(bests.memory(), best);
        }

        @Override
        public void recall(Object memory) {
            Memory seen = (Memory) memory;
            bests.recall(seen.bests);
            best = seen.best;
        }
    }
}
