package io.escapement.stop;

import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.util.Optional;

/**
 * A long flat stretch: over a window the best loss fell by less than a fraction of itself, while the gradient norm is above the
 * bound of a stationary point and below a fraction of the largest one seen. A {@link Stall} asks for the first only. The
 * difference tells what to do: on a plateau the gradient is small because the landscape is flat there (next to a degenerate
 * stationary point, or on the long way out of a saddle, [IPGD] section 2.1); with the gradient still as large as ever, it is
 * the step that is wrong, or the loss is not smooth (mathematics.md, section 2, "stalled").
 *
 * @param relativeDecrease bound on the decrease of the loss, relative
 * @param window in iterations
 * @param gradientBound at or below it a point is stationary; absolute, 0 where the scale is not known
 * @param gradientFraction of the largest gradient norm, below which it is small
 */
public record Plateau(double relativeDecrease, int window, double gradientBound, double gradientFraction)
        implements StoppingCriterion {

    public Plateau {
        if (!(relativeDecrease >= 0 && relativeDecrease < 1)) {
            throw new IllegalArgumentException(
                    "relative decrease is " + relativeDecrease + "; from 0 to below 1 is needed");
        }
        LossWindow.requireSize(window);
        if (!(gradientBound >= 0)) {
            throw new IllegalArgumentException("gradient bound is " + gradientBound + "; at least 0 is needed");
        }
        if (!(gradientFraction > 0 && gradientFraction < 1)) {
            throw new IllegalArgumentException(
                    "gradient fraction is " + gradientFraction + "; between 0 and 1 is needed");
        }
    }

    @Override
    public Watch begin() {
        return new Flat(this);
    }

    @Override
    public String describe() {
        return "relative decrease below " + relativeDecrease + " over " + window + " iterations with a gradient norm"
                + " above " + gradientBound + " and below " + gradientFraction + " of its largest";
    }

    private static final class Flat implements Watch {

        private final Plateau rule;
        private final Watch stall;
        private double largest;

        Flat(Plateau rule) {
            this.rule = rule;
            this.stall = new Stall(rule.relativeDecrease, rule.window).begin();
        }

        @Override
        public Optional<StopReason> check(RunEvent.Iteration event) {
            double norm = event.values().getOr(Values.GRADIENT_NORM, Double.NaN);
            largest = norm > largest ? norm : largest;
            Optional<StopReason> flat = stall.check(event);
            boolean small = norm > rule.gradientBound && norm < rule.gradientFraction * largest;
            return small && flat.isPresent() && flat.get() instanceof StopReason.Stalled stalled
                    ? Optional.of(new StopReason.Plateaued(
                            stalled.relativeDecrease(), rule.window, norm, rule.gradientBound, norm / largest))
                    : Optional.empty();
        }

        private record Memory(Object stall, double largest) {}

        @Override
        public Object memory() {
            return new Memory(stall.memory(), largest);
        }

        @Override
        public void recall(Object memory) {
            Memory seen = (Memory) memory;
            stall.recall(seen.stall);
            largest = seen.largest;
        }
    }
}
