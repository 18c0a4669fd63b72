package io.escapement.stop;

import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.util.Optional;

/**
 * A descent that is not on its way below a target: over two windows the loss fell by d₁ and then by d₂ &lt; d₁, so at this pace
 * d₂q/(1−q) with q = d₂/d₁ is still to come, and even {@code margin} times that is not enough. For trials from an escape
 * candidate: the last digits of a minimum that is above the trap are of no use to anybody.
 *
 * <p>A descent past a saddle slows down first and speeds up again, so a window must be long against that, and the margin wide.
 *
 * @param target absolute
 * @param window in iterations
 * @param margin at least 1
 */
public record Hopeless(double target, int window, double margin) implements StoppingCriterion {

    public Hopeless {
        if (Double.isNaN(target)) {
            throw new IllegalArgumentException("target is NaN; a number is needed");
        }
        LossWindow.requireSize(window);
        if (!(margin >= 1)) {
            throw new IllegalArgumentException("margin is " + margin + "; at least 1 is needed");
        }
    }

    @Override
    public Watch begin() {
        return new Falling(this);
    }

    private Optional<StopReason> verdict(LossWindow losses, RunEvent.Iteration event) {
        double loss = losses.back(0);
        double first = losses.back(2 * window) - losses.back(window);
        double second = losses.back(window) - loss;
        if (!(second >= 0 && second < first)) {
            return Optional.empty();
        }
        double toCome = second * second / (first - second);
        return loss - margin * toCome > target
                ? Optional.of(new StopReason.OutOfReach(
                        loss, target, toCome, event.stamp().iteration()))
                : Optional.empty();
    }

    @Override
    public String describe() {
        return "falling too slowly over " + 2 * window + " iterations to come below " + target;
    }

    private static final class Falling implements Watch {

        private final Hopeless rule;
        private final LossWindow losses;

        Falling(Hopeless rule) {
            this.rule = rule;
            this.losses = new LossWindow(2 * rule.window);
        }

        @Override
        public Optional<StopReason> check(RunEvent.Iteration event) {
            losses.add(event.values().getOr(Values.LOSS, Double.NaN));
            return losses.full() ? rule.verdict(losses, event) : Optional.empty();
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
