package io.escapement.sensing.tensor;

import io.escapement.problem.FactorShape;
import io.escapement.problem.OuterLoss;
import io.escapement.problem.cp.TensorMeasurements;
import io.escapement.sensing.DenseOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * Explicit rows on stored tensors, by the dense operator for matrices: a tensor of L entries is the L×1 matrix t·1ᵀ, so the
 * "factor" is Z = [t; 1] and 𝒜*(w) is twice the upper part of what is backprojected on it.
 */
final class TensorRows implements TensorMeasurements {

    private final int length;
    private final DenseOperator rows;

    TensorRows(int length, int m, DenseOperator.RowSource source, DenseOperator.Precision precision) {
        this.length = length;
        this.rows = new DenseOperator(FactorShape.asymmetric(length, 1), m, source, precision);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int measurements() {
        return rows.measurements();
    }

    @Override
    public void measure(double[] t, double[] out) {
        DMatrixRMaj z = factor(t);
        rows.measure(z, z, out);
    }

    @Override
    public void backproject(double[] w, double[] t) {
        DMatrixRMaj out = new DMatrixRMaj(length + 1, 1);
        rows.backproject(w, factor(new double[length]), out);
        upper(out, t);
    }

    @Override
    public double[] pass(OuterLoss loss, double[] t, double[] b, double[] residual, double[] s) {
        DMatrixRMaj out = new DMatrixRMaj(length + 1, 1);
        double[] weights = loss.pass(rows, factor(t), b, residual, out);
        upper(out, s);
        return weights;
    }

    private DMatrixRMaj factor(double[] t) {
        DMatrixRMaj z = new DMatrixRMaj(length + 1, 1);
        System.arraycopy(t, 0, z.data, 0, length);
        z.data[length] = 1;
        return z;
    }

    private void upper(DMatrixRMaj out, double[] t) {
        for (int e = 0; e < length; e++) {
            t[e] = 2 * out.data[e];
        }
    }

    @Override
    public String toString() {
        return measurements() + " dense measurements";
    }
}
