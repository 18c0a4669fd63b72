package io.escapement.problem.cp;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Rows as a matrix, m×length. */
record ReferenceRows(DMatrixRMaj rows) implements TensorMeasurements {

    @Override
    public int length() {
        return rows.numCols;
    }

    @Override
    public int measurements() {
        return rows.numRows;
    }

    @Override
    public void measure(double[] t, double[] out) {
        CommonOps_DDRM.mult(rows, DMatrixRMaj.wrap(length(), 1, t), DMatrixRMaj.wrap(measurements(), 1, out));
    }

    @Override
    public void backproject(double[] w, double[] t) {
        CommonOps_DDRM.multTransA(rows, DMatrixRMaj.wrap(measurements(), 1, w), DMatrixRMaj.wrap(length(), 1, t));
    }
}
