package io.escapement.problem;

import org.ejml.data.DMatrixRMaj;

/** ℓ(y) = Σ_k φ_k(y_k): everything follows from functions of one measurement, each given r = y − b and b. */
public interface EntrywiseLoss extends OuterLoss {

    /** φ. */
    double valueAt(int k, double r, double b);

    /** φ − inf φ. */
    double excessAt(int k, double r, double b);

    /** inf φ. */
    double infimumAt(int k, double b);

    /** φ', and where there is none the subgradient nearest to 0. */
    double slopeAt(int k, double r, double b);

    /** φ''; see {@link OuterLoss#curvature} for where there is none. */
    double bendAt(int k, double r, double b);

    /** φ(r + d) − φ(r) − φ'(r)·d ≥ 0. */
    double riseAt(int k, double r, double b, double d);

    @Override
    default double value(double[] residual, double[] b) {
        double sum = 0;
        for (int k = 0; k < b.length; k++) {
            sum += valueAt(k, residual[k], b[k]);
        }
        return sum;
    }

    @Override
    default double excess(double[] residual, double[] b) {
        double sum = 0;
        for (int k = 0; k < b.length; k++) {
            sum += excessAt(k, residual[k], b[k]);
        }
        return sum;
    }

    @Override
    default double infimum(double[] b) {
        double sum = 0;
        for (int k = 0; k < b.length; k++) {
            sum += infimumAt(k, b[k]);
        }
        return sum;
    }

    @Override
    default double[] gradient(double[] residual, double[] b) {
        double[] slopes = new double[b.length];
        for (int k = 0; k < slopes.length; k++) {
            slopes[k] = slopeAt(k, residual[k], b[k]);
        }
        return slopes;
    }

    @Override
    default void curvature(double[] residual, double[] b, double[] v, double[] out) {
        for (int k = 0; k < b.length; k++) {
            out[k] = bendAt(k, residual[k], b[k]) * v[k];
        }
    }

    @Override
    default double curvatureBound(double[] residual, double[] b) {
        return smoothness();
    }

    @Override
    default Rise rise(double[] r0, double[] b, double[] r1, double[] r2, double s) {
        double value = 0;
        double slope = 0;
        for (int k = 0; k < b.length; k++) {
            double d = s * (r1[k] + s * r2[k]);
            value += riseAt(k, r0[k], b[k], d);
            slope += (slopeAt(k, r0[k] + d, b[k]) - slopeAt(k, r0[k], b[k])) * (r1[k] + 2 * s * r2[k]);
        }
        return new Rise(value, slope);
    }

    @Override
    default double[] pass(SensingOperator operator, DMatrixRMaj x, double[] b, double[] residual, DMatrixRMaj out) {
        double[] slopes = new double[b.length];
        ResidualWeight weight = (k, r) -> {
            double slope = slopeAt(k, r, b[k]);
            slopes[k] = slope;
            return slope;
        };
        operator.residualAndBackprojection(x, b, weight, residual, out);
        return slopes;
    }
}
