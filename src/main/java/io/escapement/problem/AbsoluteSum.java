package io.escapement.problem;

/** ‖r‖₁, the loss of [LMM]'s robust sensing. No gradient where a residual is 0; 0 is taken there. No curvature anywhere else. */
public record AbsoluteSum() implements EntrywiseLoss {

    @Override
    public double valueAt(int k, double r, double b) {
        return Math.abs(r);
    }

    @Override
    public double excessAt(int k, double r, double b) {
        return Math.abs(r);
    }

    @Override
    public double infimumAt(int k, double b) {
        return 0;
    }

    @Override
    public double slopeAt(int k, double r, double b) {
        return Math.signum(r);
    }

    @Override
    public double bendAt(int k, double r, double b) {
        return 0;
    }

    @Override
    public double riseAt(int k, double r, double b, double d) {
        double moved = r + d;
        return r == 0 ? Math.abs(d) : moved * Math.signum(r) < 0 ? 2 * Math.abs(moved) : 0;
    }

    @Override
    public double curvatureBound(double[] residual, double[] b) {
        for (int k = 0; k < b.length; k++) {
            if (residual[k] == 0) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return 0;
    }

    @Override
    public double smoothness() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public int growth() {
        return 1;
    }

    @Override
    public String describe() {
        return "l1";
    }
}
