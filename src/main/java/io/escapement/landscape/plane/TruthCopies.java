package io.escapement.landscape.plane;

import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Parameterization;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Factors that stand for the truth and can be drawn. Z and ZQ stand for the same matrix for every orthogonal Q: of one column that
 * is Z and −Z, and both are shown; of more, the copy nearest to a given factor is (Procrustes: with ZᵀX = WΣYᵀ, Q = WYᵀ). The squares of a
 * Hadamard factor leave the sign of each entry open, and the copy with a given factor's signs is shown.
 */
public final class TruthCopies {

    private TruthCopies() {}

    /**
     * @param truth a factor of it, of no more columns than the problem's
     * @param near the factor that a copy shall be near, of the problem's shape
     * @return factors of the problem's shape, none where the truth has more columns
     */
    public static List<DMatrixRMaj> of(CompositeProblem problem, DMatrixRMaj truth, DMatrixRMaj near) {
        if (truth.numRows != problem.rows() || truth.numCols > problem.columns()) {
            return List.of();
        }
        DMatrixRMaj z = new DMatrixRMaj(problem.rows(), problem.columns());
        CommonOps_DDRM.insert(truth, z, 0, 0);
        if (!(problem instanceof FactoredProblem factored)) {
            return List.of(z);
        }
        FactorShape shape = factored.shape();
        boolean squares = shape.parameterization() == Parameterization.HADAMARD
                || shape.parameterization() == Parameterization.SIGNED_HADAMARD;
        if (squares) {
            for (int i = 0; i < z.getNumElements(); i++) {
                z.data[i] = Math.copySign(z.data[i], near.data[i]);
            }
            return List.of(z);
        }
        if (problem.columns() == 1) {
            DMatrixRMaj other = z.copy();
            CommonOps_DDRM.changeSign(other);
            return List.of(z, other);
        }
        return List.of(turned(z, near));
    }

    private static DMatrixRMaj turned(DMatrixRMaj z, DMatrixRMaj near) {
        int r = z.numCols;
        DMatrixRMaj product = new DMatrixRMaj(r, r);
        CommonOps_DDRM.multTransA(z, near, product);
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(r, r, true, true, true);
        if (!svd.decompose(product)) {
            return z;
        }
        DMatrixRMaj q = new DMatrixRMaj(r, r);
        CommonOps_DDRM.mult(svd.getU(null, false), svd.getV(null, true), q);
        DMatrixRMaj out = new DMatrixRMaj(z.numRows, r);
        CommonOps_DDRM.mult(z, q, out);
        return out;
    }
}
