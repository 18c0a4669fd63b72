package io.escapement.sensing;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;

/** Householder QR of tall matrices. */
public final class Orthonormal {

    /** Squared sine of the angle between a column and the others below which they are taken for dependent. */
    private static final double SINGULAR = 1e-10;

    private Orthonormal() {}

    /**
     * Q of A = QR, n×k with QᵀQ = I, for n ≥ k, also where columns of A are dependent. The signs are those that make the diagonal
     * of R positive, so that a Gaussian A gives a uniformly distributed Q.
     */
    public static DMatrixRMaj basis(DMatrixRMaj a) {
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

    /** Q with the signs as Householder's reflections leave them: the diagonal of R is negative where the pivot was positive. */
    static DMatrixRMaj householder(DMatrixRMaj a) {
        return decompose(a).getQ(null, true);
    }

    /**
     * Makes the columns of A orthonormal, to about κ(A)² rounding units, without changing their span: A ← AL⁻ᵀ with AᵀA = LLᵀ.
     * Two passes over the rows, a tenth of the time of Householder QR at 10⁶×28; that is the way out where AᵀA is too near
     * to singular.
     */
    static void orthonormalize(DMatrixRMaj a) {
        int n = a.numRows;
        int k = a.numCols;
        double[] l = new double[k * k];
        for (int i = 0; i < n; i++) {
            int row = i * k;
            for (int p = 0; p < k; p++) {
                double value = a.data[row + p];
                for (int q = 0; q <= p; q++) {
                    l[p * k + q] += value * a.data[row + q];
                }
            }
        }
        if (!cholesky(l, k)) {
            a.setTo(basis(a));
            return;
        }
        for (int i = 0; i < n; i++) {
            int row = i * k;
            for (int p = 0; p < k; p++) {
                double value = a.data[row + p];
                for (int q = 0; q < p; q++) {
                    value -= l[p * k + q] * a.data[row + q];
                }
                a.data[row + p] = value / l[p * k + p];
            }
        }
    }

    /** Overwrites the lower triangle of a symmetric matrix by its Cholesky factor; false if it is nearly singular. */
    private static boolean cholesky(double[] l, int k) {
        for (int p = 0; p < k; p++) {
            double diagonal = l[p * k + p];
            for (int q = 0; q <= p; q++) {
                double value = l[p * k + q];
                for (int t = 0; t < q; t++) {
                    value -= l[p * k + t] * l[q * k + t];
                }
                if (q < p) {
                    l[p * k + q] = value / l[q * k + q];
                } else if (value > SINGULAR * diagonal) {
                    l[p * k + p] = Math.sqrt(value);
                } else {
                    return false;
                }
            }
        }
        return true;
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
