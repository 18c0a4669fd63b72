package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import org.ejml.data.DMatrixRMaj;

/**
 * ‖r‖₂, the second loss of [LMM] eq. 19. Smooth but at r = 0, where the gradient is taken to be 0: ∇ℓ = r̂ = r/‖r‖,
 * ∇²ℓ = (I − r̂r̂ᵀ)/‖r‖.
 */
public record EuclideanNorm() implements OuterLoss {

    @Override
    public double value(double[] residual, double[] b) {
        return OuterLoss.norm(residual, b.length);
    }

    @Override
    public double excess(double[] residual, double[] b) {
        return value(residual, b);
    }

    @Override
    public double infimum(double[] b) {
        return 0;
    }

    @Override
    public double[] gradient(double[] residual, double[] b) {
        double[] unit = new double[b.length];
        double norm = value(residual, b);
        if (norm != 0) {
            for (int k = 0; k < unit.length; k++) {
                unit[k] = residual[k] / norm;
            }
        }
        return unit;
    }

    @Override
    public void curvature(double[] residual, double[] b, double[] v, double[] out) {
        int m = b.length;
        double norm = value(residual, b);
        double along = norm == 0 ? 0 : Frobenius.dot(residual, v, m) / norm / norm;
        for (int k = 0; k < m; k++) {
            out[k] = norm == 0 ? 0 : (v[k] - along * residual[k]) / norm;
        }
    }

    @Override
    public double curvatureBound(double[] residual, double[] b) {
        return 1 / value(residual, b);
    }

    /**
     * With p = ⟨r̂₀, d⟩ and N = ‖r₀ + d‖ the value is N − (N₀ + p) = (‖d‖² − p²)/(N + N₀ + p), and ‖d‖² − p² is the square of what
     * is left of d when p·r̂₀ is taken off; the slope likewise is ⟨r/N − r̂₀, r₁ + 2s·r₂⟩.
     */
    @Override
    public Rise rise(double[] r0, double[] b, double[] r1, double[] r2, double s) {
        int m = b.length;
        double n0 = value(r0, b);
        double p = 0;
        double square = 0;
        for (int k = 0; k < m; k++) {
            double d = s * (r1[k] + s * r2[k]);
            p += n0 == 0 ? 0 : r0[k] / n0 * d;
            square += (r0[k] + d) * (r0[k] + d);
        }
        double n = Math.sqrt(square);
        double across = 0;
        double slope = 0;
        for (int k = 0; k < m; k++) {
            double unit = n0 == 0 ? 0 : r0[k] / n0;
            double d = s * (r1[k] + s * r2[k]);
            across += (d - p * unit) * (d - p * unit);
            slope += ((n == 0 ? 0 : (r0[k] + d) / n) - unit) * (r1[k] + 2 * s * r2[k]);
        }
        return new Rise(n0 + p > 0 ? across / (n + n0 + p) : n - (n0 + p), slope);
    }

    @Override
    public boolean ofNormAlone() {
        return true;
    }

    @Override
    public double smoothness() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public int growth() {
        return 1;
    }

    /** The pass of the squared norm, divided by ‖r‖ afterwards. */
    @Override
    public double[] pass(SensingOperator operator, DMatrixRMaj x, double[] b, double[] residual, DMatrixRMaj out) {
        operator.residualAndBackprojection(x, b, residual, out);
        double norm = value(residual, b);
        for (int i = 0; i < out.getNumElements(); i++) {
            out.data[i] = norm == 0 ? 0 : out.data[i] / norm;
        }
        return gradient(residual, b);
    }

    @Override
    public String describe() {
        return "norm";
    }
}
