package io.escapement.problem;

import java.util.Arrays;

/**
 * Negative log-likelihood of binary measurements (1-bit completion, Davenport and others 2014; [IPGD] eq. 124): Σ log(1 + eᶻ) − αz
 * for z = y and α = b, the share of measurements that came out as 1, each in [0, 1]. The residual z − α is that of a loss of the
 * difference and means nothing here but as a carrier of z.
 *
 * <p>Infimum: the entropy Σ −α log α − (1 − α) log(1 − α), at σ(z) = α. Where α is 0 or 1 it is 0 and not attained, z running
 * off to infinity; then there may be no minimizer. With p = σ(z), the excess is the divergence of (α, 1 − α) from (p, 1 − p).
 */
public record Logistic() implements EntrywiseLoss {

    /** Below this step the first cumulants have more digits than the logarithm. */
    private static final double SHORT = 1e-3;

    @Override
    public double valueAt(int k, double r, double b) {
        double z = r + b;
        return z > 0 ? Math.log1p(Math.exp(-z)) + (1 - b) * z : Math.log1p(Math.exp(z)) - b * z;
    }

    @Override
    public double excessAt(int k, double r, double b) {
        if (b == 0 || b == 1) {
            return valueAt(k, r, b);
        }
        double d = r + b - Math.log(b / (1 - b));
        return Math.abs(d) <= 1 ? above(b, 1 - b, d) : valueAt(k, r, b) - infimumAt(k, b);
    }

    @Override
    public double infimumAt(int k, double b) {
        return b == 0 || b == 1 ? 0 : -b * Math.log(b) - (1 - b) * Math.log1p(-b);
    }

    @Override
    public double slopeAt(int k, double r, double b) {
        return sigmoid(r + b) - b;
    }

    @Override
    public double bendAt(int k, double r, double b) {
        return sigmoid(r + b) * sigmoid(-(r + b));
    }

    @Override
    public double riseAt(int k, double r, double b, double d) {
        double z = r + b;
        return Math.abs(d) <= 1
                ? above(sigmoid(z), sigmoid(-z), d)
                : Math.max(0, valueAt(k, r + d, b) - valueAt(k, r, b) - slopeAt(k, r, b) * d);
    }

    /** log(1 + e^{z+d}) − log(1 + eᶻ) − p·d for p = σ(z), |d| ≤ 1: log(1 + q(eᵗ − 1)) − qt with t = −|d|, the same for both signs. */
    private static double above(double p, double notP, double d) {
        double q = d > 0 ? notP : p;
        double t = -Math.abs(d);
        if (t < -SHORT) {
            return Math.max(0, Math.log1p(q * Math.expm1(t)) - q * t);
        }
        double v = p * notP;
        double odd = 1 - 2 * q;
        return v * t * t * (0.5 + t * (odd / 6 + t * ((1 - 6 * v) / 24 + t * odd * (1 - 12 * v) / 120)));
    }

    /** 1/(1 + e^{−z}), to full relative precision at both ends. */
    public static double sigmoid(double z) {
        if (z >= 0) {
            return 1 / (1 + Math.exp(-z));
        }
        double e = Math.exp(z);
        return e / (1 + e);
    }

    @Override
    public double smoothness() {
        return 0.25;
    }

    @Override
    public int growth() {
        return 2;
    }

    /** 4α − 2: the minimizer of the parabola that lies above the loss and touches it at z = 0. */
    @Override
    public double[] target(double[] b) {
        return Arrays.stream(b).map(alpha -> 4 * alpha - 2).toArray();
    }

    @Override
    public void requireData(double[] b) {
        for (int k = 0; k < b.length; k++) {
            if (!(b[k] >= 0 && b[k] <= 1)) {
                throw new IllegalArgumentException(
                        "b_" + k + " is " + b[k] + "; the logistic loss needs shares of ones, 0 to 1");
            }
        }
    }

    @Override
    public String describe() {
        return "logistic";
    }
}
