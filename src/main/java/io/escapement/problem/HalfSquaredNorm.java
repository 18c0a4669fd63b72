package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import org.ejml.data.DMatrixRMaj;

/** ½‖r‖₂², whose gradient is the residual. */
public record HalfSquaredNorm() implements OuterLoss {

    @Override
    public double value(double[] residual, double[] b) {
        return 0.5 * Frobenius.dot(residual, residual, b.length);
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
        return residual;
    }

    @Override
    public void curvature(double[] residual, double[] b, double[] v, double[] out) {
        if (v != out) {
            System.arraycopy(v, 0, out, 0, b.length);
        }
    }

    @Override
    public double curvatureBound(double[] residual, double[] b) {
        return 1;
    }

    @Override
    public Rise rise(double[] r0, double[] b, double[] r1, double[] r2, double s) {
        double value = 0;
        double slope = 0;
        for (int k = 0; k < b.length; k++) {
            double d = s * (r1[k] + s * r2[k]);
            value += d * d;
            slope += d * (r1[k] + 2 * s * r2[k]);
        }
        return new Rise(0.5 * value, slope);
    }

    @Override
    public boolean quadratic() {
        return true;
    }

    @Override
    public boolean ofNormAlone() {
        return true;
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
    public double[] pass(SensingOperator operator, DMatrixRMaj x, double[] b, double[] residual, DMatrixRMaj out) {
        operator.residualAndBackprojection(x, b, residual, out);
        return residual;
    }

    @Override
    public String describe() {
        return "half-squared";
    }
}
