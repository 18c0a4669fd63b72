package io.escapement.problem;

import java.util.Arrays;

/**
 * Σ_k ω_k φ_k: a measurement that stands for several, as an entry off the diagonal of a symmetric matrix stands for two. For the
 * squared norm such weights belong to the operator, whose coefficients they are the squares of.
 */
public final class Counted implements EntrywiseLoss {

    private final EntrywiseLoss loss;
    private final double[] counts;
    private final double most;

    /**
     * @param counts ω_k &gt; 0, m of them; copied
     * @throws IllegalArgumentException if a count does not fit
     */
    public Counted(EntrywiseLoss loss, double[] counts) {
        this.loss = loss;
        this.counts = counts.clone();
        for (int k = 0; k < counts.length; k++) {
            if (!(counts[k] > 0) || Double.isInfinite(counts[k])) {
                throw new IllegalArgumentException(
                        "count " + k + " is " + counts[k] + "; a finite number above 0 is needed");
            }
        }
        this.most = Arrays.stream(counts).max().orElse(0);
    }

    @Override
    public double valueAt(int k, double r, double b) {
        return counts[k] * loss.valueAt(k, r, b);
    }

    @Override
    public double excessAt(int k, double r, double b) {
        return counts[k] * loss.excessAt(k, r, b);
    }

    @Override
    public double infimumAt(int k, double b) {
        return counts[k] * loss.infimumAt(k, b);
    }

    @Override
    public double slopeAt(int k, double r, double b) {
        return counts[k] * loss.slopeAt(k, r, b);
    }

    @Override
    public double bendAt(int k, double r, double b) {
        return counts[k] * loss.bendAt(k, r, b);
    }

    @Override
    public double riseAt(int k, double r, double b, double d) {
        return counts[k] * loss.riseAt(k, r, b, d);
    }

    @Override
    public double curvatureBound(double[] residual, double[] b) {
        return most * loss.curvatureBound(residual, b);
    }

    @Override
    public double smoothness() {
        return most * loss.smoothness();
    }

    @Override
    public int growth() {
        return loss.growth();
    }

    @Override
    public double[] target(double[] b) {
        return loss.target(b);
    }

    @Override
    public void requireData(double[] b) {
        if (b.length != counts.length) {
            throw new IllegalArgumentException(
                    "b has " + b.length + " entries and there are " + counts.length + " counts; as many are needed");
        }
        loss.requireData(b);
    }

    @Override
    public String describe() {
        return loss.describe();
    }
}
