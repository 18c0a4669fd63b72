package io.escapement.solve.precondition;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Factors of the same product with XᵀX = YᵀY: X = UΣ^{½}, Y = VΣ^{½} of XYᵀ = UΣVᵀ, by the QR decompositions of X and Y and the singular
 * values of R_xR_yᵀ, r×r. Cost O((n₁ + n₂)r²).
 */
final class EqualGrams {

    private EqualGrams() {}

    /**
     * @param z [X; Y] with at least as many rows in each part as there are columns; returned as it is if not finite
     * @param split rows of X
     */
    static DMatrixRMaj of(DMatrixRMaj z, int split) {
        if (MatrixFeatures_DDRM.hasUncountable(z)) {
            return z;
        }
        int r = z.numCols;
        QRDecomposition<DMatrixRMaj> left = decompose(z, 0, split);
        QRDecomposition<DMatrixRMaj> right = decompose(z, split, z.numRows);
        DMatrixRMaj core = new DMatrixRMaj(r, r);
        CommonOps_DDRM.multTransB(left.getR(null, true), right.getR(null, true), core);
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(r, r, true, true, true);
        if (!svd.decompose(core)) {
            return z;
        }
        double[] sigma = svd.getSingularValues();
        DMatrixRMaj out = new DMatrixRMaj(z.numRows, r);
        CommonOps_DDRM.insert(times(left, svd.getU(null, false)), out, 0, 0);
        CommonOps_DDRM.insert(times(right, svd.getV(null, false)), out, split, 0);
        for (int e = 0; e < out.getNumElements(); e++) {
            out.data[e] *= Math.sqrt(sigma[e % r]);
        }
        return out;
    }

    private static QRDecomposition<DMatrixRMaj> decompose(DMatrixRMaj z, int from, int to) {
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(to - from, z.numCols);
        // EJML's answer says whether a column vanished, not whether Q and R are usable: they are.
        var unused = qr.decompose(CommonOps_DDRM.extract(z, from, to, 0, z.numCols));
        return qr;
    }

    private static DMatrixRMaj times(QRDecomposition<DMatrixRMaj> qr, DMatrixRMaj rotation) {
        DMatrixRMaj out = new DMatrixRMaj(1, 1);
        CommonOps_DDRM.mult(qr.getQ(null, true), rotation, out);
        return out;
    }
}
