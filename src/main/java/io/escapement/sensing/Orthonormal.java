package io.escapement.sensing;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;

/** Householder QR of tall matrices. */
final class Orthonormal {

    private Orthonormal() {}

    /**
     * Q of A = QR, n×k with QᵀQ = I, for n ≥ k, also where columns of A are dependent. The signs are those that make the diagonal
     * of R positive, so that a Gaussian A gives a uniformly distributed Q.
     */
    static DMatrixRMaj basis(DMatrixRMaj a) {
        QRDecomposition<DMatrixRMaj> qr = decompose(a);
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

    /** R of A = QR, k×k, for n ≥ k. */
    static DMatrixRMaj triangle(DMatrixRMaj a) {
        return decompose(a).getR(null, true);
    }

    private static QRDecomposition<DMatrixRMaj> decompose(DMatrixRMaj a) {
        if (MatrixFeatures_DDRM.hasUncountable(a)) {
            throw new IllegalArgumentException(
                    "an entry of a " + a.numRows + "×" + a.numCols + " matrix is not finite; its QR needs finite ones");
        }
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(a.numRows, a.numCols);
        // EJML's answer says whether a column vanished, not whether Q and R are usable: they are.
        var unused = qr.decompose(a.copy());
        return qr;
    }
}
