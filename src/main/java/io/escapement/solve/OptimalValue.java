package io.escapement.solve;

/**
 * h*, the value that Polyak's step aims at, known or estimated. Estimates learn from the losses they see, as new objects.
 *
 * <p>Losses come in two forms, h(x) and h(x) − inf ℓ, because where h* is inf ℓ the second is free of the cancellation of a
 * difference.
 */
public interface OptimalValue {

    /**
     * h(x) − h*; not positive where h(x) is no higher than h* is said to be.
     *
     * @param loss h(x)
     * @param aboveInfimum h(x) − inf ℓ
     */
    double gap(double loss, double aboveInfimum);

    /** What is known once a step from a point with this loss has been taken. */
    default OptimalValue after(double aboveInfimum) {
        return this;
    }

    /** Whether {@link #after} may differ from this. */
    default boolean learns() {
        return false;
    }

    /** As on the command line, with its colon; empty for the loss's infimum. */
    String describe();

    /** h* = inf ℓ: the data can be met exactly. */
    record Infimum() implements OptimalValue {
        @Override
        public double gap(double loss, double aboveInfimum) {
            return aboveInfimum;
        }

        @Override
        public String describe() {
            return "";
        }
    }

    /**
     * h* as a number.
     *
     * @param value finite
     */
    record Known(double value) implements OptimalValue {
        public Known {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("h* is " + value + "; a finite number is needed");
            }
        }

        @Override
        public double gap(double loss, double aboveInfimum) {
            return loss - value;
        }

        @Override
        public String describe() {
            return ":" + value;
        }
    }
}
