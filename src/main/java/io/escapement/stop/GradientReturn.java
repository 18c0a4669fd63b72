package io.escapement.stop;

import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.util.Optional;

/**
 * ‖∇h‖ ≤ bound again, after it was above: for a descent that goes on from a saddle, where the gradient is small to begin
 * with.
 *
 * @param bound absolute
 */
public record GradientReturn(double bound) implements StoppingCriterion {

    public GradientReturn {
        if (!(bound >= 0)) {
            throw new IllegalArgumentException("gradient bound is " + bound + "; at least 0 is needed");
        }
    }

    @Override
    public Watch begin() {
        return new Leaving(bound);
    }

    @Override
    public String describe() {
        return "gradient norm at most " + bound + " after having been above";
    }

    private static final class Leaving implements Watch {

        private final double bound;
        private boolean left;

        Leaving(double bound) {
            this.bound = bound;
        }

        @Override
        public Optional<StopReason> check(RunEvent.Iteration event) {
            double norm = event.values().getOr(Values.GRADIENT_NORM, Double.NaN);
            left |= norm > bound;
            return left && norm <= bound ? Optional.of(new StopReason.GradientSmall(norm, bound)) : Optional.empty();
        }

        private record Memory(boolean left) {}

        @Override
        public Object memory() {
            return new Memory(left);
        }

        @Override
        public void recall(Object memory) {
            left = ((Memory) memory).left;
        }
    }
}
