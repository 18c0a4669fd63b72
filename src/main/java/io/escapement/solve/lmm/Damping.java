package io.escapement.solve.lmm;

/**
 * λ_k, the multiple of the identity in [LMM]'s preconditioner: the smaller, the less a superfluous direction is held back; theory wants
 * it proportional to the distance from F(x) to the solution.
 */
public interface Damping {

    /** @param gap h(x) − h*, or its estimate; at least 0 */
    double at(double gap);

    /**
     * The rule for the next step.
     *
     * @param lambda what {@link #at} gave for this one
     */
    default Damping after(double lambda) {
        return this;
    }

    /** As on the command line. */
    String describe();

    /** λ = 0: the Gauss-Newton subgradient method. */
    record None() implements Damping {
        @Override
        public double at(double gap) {
            return 0;
        }

        @Override
        public String describe() {
            return "none";
        }
    }

    /**
     * λq^k, in configurations 2 and 3.
     *
     * @param value the next λ, ≥ 0
     * @param ratio q in (0, 1]; 1 keeps it as it is
     */
    record Geometric(double value, double ratio) implements Damping {
        public Geometric {
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("damping is " + value + "; a finite number of at least 0 is needed");
            }
            if (!(ratio > 0 && ratio <= 1)) {
                throw new IllegalArgumentException("ratio is " + ratio + "; above 0 and at most 1 is needed");
            }
        }

        @Override
        public double at(double gap) {
            return value;
        }

        @Override
        public Geometric after(double lambda) {
            return ratio == 1 ? this : new Geometric(ratio * value, ratio);
        }

        @Override
        public String describe() {
            return ratio == 1 ? "constant:" + value : "geometric:" + value + "," + ratio;
        }
    }

    /**
     * λ₀q^k with λ₀ from the loss at the start, by the rule of configuration 1: in the units of the problem.
     *
     * @param first gives λ₀
     * @param ratio q in (0, 1]
     */
    record GeometricFromLoss(LossDamping first, double ratio) implements Damping {
        @Override
        public double at(double gap) {
            return first.at(gap);
        }

        @Override
        public Geometric after(double lambda) {
            return new Geometric(ratio * lambda, ratio);
        }

        @Override
        public String describe() {
            return "geometric from " + first.describe() + ", ratio " + ratio;
        }
    }
}
