package io.escapement.stop;

import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.util.Optional;

/**
 * Over a window the loss differences alternate in sign every time, and the net relative decrease is below a bound.
 *
 * @param relativeDecrease bound on the net decrease, relative
 * @param window in iterations
 */
public record Oscillation(double relativeDecrease, int window) implements StoppingCriterion {

    public Oscillation {
        if (!(relativeDecrease >= 0 && relativeDecrease < 1)) {
            throw new IllegalArgumentException(
                    "relative decrease is " + relativeDecrease + "; from 0 to below 1 is needed");
        }
        LossWindow.requireSize(window);
    }

    @Override
    public Watch begin() {
        return new Alternating(this);
    }

    @Override
    public String describe() {
        return "loss going up and down over " + window + " iterations with a relative decrease below "
                + relativeDecrease;
    }

    private static final class Alternating implements Watch {

        private final Oscillation rule;
        private final LossWindow losses;
        private double previous = Double.NaN;
        private double lastDifference;
        private int alternations;

        Alternating(Oscillation rule) {
            this.rule = rule;
            this.losses = new LossWindow(rule.window);
        }

        @Override
        public Optional<StopReason> check(RunEvent.Iteration event) {
            double loss = event.values().getOr(Values.LOSS, Double.NaN);
            double difference = loss - previous;
            alternations = difference * lastDifference < 0 ? alternations + 1 : 0;
            lastDifference = difference;
            previous = loss;
            losses.add(loss);
            if (!losses.full() || alternations < rule.window - 1) {
                return Optional.empty();
            }
            double before = losses.back(rule.window);
            double decrease = (before - loss) / Math.abs(before);
            return decrease < rule.relativeDecrease
                    ? Optional.of(new StopReason.Oscillating(decrease, rule.window))
                    : Optional.empty();
        }

        private record Memory(LossWindow.Memory losses, double previous, double lastDifference, int alternations) {}

        @Override
        public Object memory() {
            return new Memory(losses.memory(), previous, lastDifference, alternations);
        }

        @Override
        public void recall(Object memory) {
            Memory seen = (Memory) memory;
            losses.recall(seen.losses);
            previous = seen.previous;
            lastDifference = seen.lastDifference;
            alternations = seen.alternations;
        }
    }
}
