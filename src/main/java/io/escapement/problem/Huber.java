package io.escapement.problem;

/**
 * Huber's loss (1964): ½r² for |r| ≤ δ and δ|r| − ½δ² beyond, so that no measurement pulls harder than δ. At |r| = δ, where it
 * has no second derivative, the curvature is taken to be 1: a Hessian that has a negative eigenvalue nevertheless proves a way down.
 *
 * @param delta δ &gt; 0, in the units of a measurement
 */
public record Huber(double delta) implements EntrywiseLoss {

    public Huber {
        if (!(delta > 0) || Double.isInfinite(delta)) {
            throw new IllegalArgumentException("delta is " + delta + "; a finite number above 0 is needed");
        }
    }

    @Override
    public double valueAt(int k, double r, double b) {
        double size = Math.abs(r);
        return size <= delta ? 0.5 * r * r : delta * (size - 0.5 * delta);
    }

    @Override
    public double excessAt(int k, double r, double b) {
        return valueAt(k, r, b);
    }

    @Override
    public double infimumAt(int k, double b) {
        return 0;
    }

    @Override
    public double slopeAt(int k, double r, double b) {
        return Math.max(-delta, Math.min(delta, r));
    }

    @Override
    public double bendAt(int k, double r, double b) {
        return Math.abs(r) <= delta ? 1 : 0;
    }

    /** With c = φ' and e = r − c the value is (c₁ − c₀)(½(c₁ − c₀) + e₁), because φ = ½r² − ½e² (derived). */
    @Override
    public double riseAt(int k, double r, double b, double d) {
        double moved = r + d;
        double clipped = slopeAt(k, moved, b);
        double turn = Math.abs(r) <= delta && Math.abs(moved) <= delta ? d : clipped - slopeAt(k, r, b);
        return turn * (0.5 * turn + (moved - clipped));
    }

    @Override
    public double smoothness() {
        return 1;
    }

    @Override
    public int growth() {
        return 2;
    }

    @Override
    public String describe() {
        return "huber:" + delta;
    }
}
