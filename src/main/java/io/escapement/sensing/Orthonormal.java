package io.escapement.sensing;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;

/** Orthonormal bases by Householder QR. */
final class Orthonormal {

    private Orthonormal() {}

    /**
     * Q of A = QR, n×k with QᵀQ = I, for n ≥ k; where columns of A are dependent it still is orthonormal. The signs are those
     * that make the diagonal of R positive, so that a Gaussian A gives a uniformly distributed Q.
     */
    static DMatrixRMaj basis(DMatrixRMaj a) {
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(a.numRows, a.numCols);
        if (!qr.decompose(a.copy())) {
            throw new IllegalArgumentException(
                    "a " + a.numRows + "×" + a.numCols + " matrix has no QR decomposition; its entries must be finite");
        }
        DMatrixRMaj q = qr.getQ(null, true);
        DMatrixRMaj r = qr.getR(null, true);
        for (int j = 0; j < q.numCols; j++) {
            if (r.get(j, j) < 0) {
                for (int i = 0; i < q.numRows; i++) {
                    q.data[i * q.numCols + j] *= -1;
                }
            }
        }
        return q;
    }
}
