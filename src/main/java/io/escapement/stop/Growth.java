package io.escapement.stop;

import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.util.Optional;

/**
 * The loss is more than {@code factor} times what it was {@code window} iterations ago: divergence that is still finite.
 *
 * @param factor relative, above 1
 * @param window in iterations
 */
public record Growth(double factor, int window) implements StoppingCriterion {

    public Growth {
        if (!(factor > 1)) {
            throw new IllegalArgumentException("growth factor is " + factor + "; above 1 is needed");
        }
        LossWindow.requireSize(window);
    }

    @Override
    public Watch begin() {
        return new Growing(this);
    }

    @Override
    public String describe() {
        return "loss grown by a factor of " + factor + " over " + window + " iterations";
    }

    private static final class Growing implements Watch {

        private final Growth rule;
        private final LossWindow losses;

        Growing(Growth rule) {
            this.rule = rule;
            this.losses = new LossWindow(rule.window);
        }

        @Override
        public Optional<StopReason> check(RunEvent.Iteration event) {
            double loss = event.values().getOr(Values.LOSS, Double.NaN);
            losses.add(loss);
            if (!losses.full()) {
                return Optional.empty();
            }
            double before = losses.back(rule.window);
            double factor = loss / before;
            return before > 0 && factor > rule.factor
                    ? Optional.of(new StopReason.Growing(factor, rule.factor, rule.window))
                    : Optional.empty();
        }

        @Override
        public Object memory() {
            return losses.memory();
        }

        @Override
        public void recall(Object memory) {
            losses.recall((LossWindow.Memory) memory);
        }
    }
}
