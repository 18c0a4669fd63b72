package io.escapement.solve.completion;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.FactorSvd;
import io.escapement.linalg.SymmetricEigen;
import io.escapement.problem.EntrywiseWeights;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GradientMatrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The entries that a problem measures, held in full: f(M) = ½ Σ_ij T_ij(M_ij − B_ij)² + (λ/2)·tr M over symmetric n×n M, the lifted
 * matrix where the factor is asymmetric. Read-only.
 *
 * @param weights T ≥ 0, 0 where an entry is not seen
 * @param values B, 0 where T is 0
 * @param dataNorm ‖T∘B‖₂ = ‖𝒜*(b)‖₂
 * @param smoothness L_s, the largest weight on what the parameterization reaches
 * @param ridge λ
 */
record Entries(
        FactorShape shape, DMatrixRMaj weights, DMatrixRMaj values, double dataNorm, double smoothness, double ridge) {

    static Entries of(FactoredProblem problem) {
        int n = problem.rows();
        DMatrixRMaj weights = ((EntrywiseWeights) problem.operator()).squaredWeights();
        GradientMatrix data = GradientMatrix.ofData(problem);
        DMatrixRMaj values = new DMatrixRMaj(n, n);
        data.apply(CommonOps_DDRM.identity(n), values);
        for (int e = 0; e < n * n; e++) {
            values.data[e] = weights.data[e] == 0 ? 0 : values.data[e] / weights.data[e];
        }
        return new Entries(
                problem.shape(),
                weights,
                values,
                EigenSolver.standard().norm(data),
                problem.operator().constants().smoothness(),
                problem.ridge());
    }

    /** n. */
    int rows() {
        return weights.numRows;
    }

    /** Whether every entry has some weight, so that f is strictly convex. */
    boolean complete() {
        for (double weight : weights.data) {
            if (weight == 0) {
                return false;
            }
        }
        return true;
    }

    /** Size of ∇h, 2B√(D/L_s) with B = max(D, λ/2): what the judge measures gradients in. */
    double gradientScale() {
        return smoothness > 0 ? 2 * Math.max(dataNorm, 0.5 * ridge) * Math.sqrt(dataNorm / smoothness) : 0;
    }

    /** The factor of rank r that stands for a lifted matrix best: of a symmetric M ⪰ 0, or of its off-diagonal block. */
    DMatrixRMaj factor(DMatrixRMaj lifted, SymmetricEigen spectrum, int r) {
        if (shape.symmetric()) {
            return spectrum.leadingFactor(r);
        }
        DMatrixRMaj block = CommonOps_DDRM.extract(lifted, 0, shape.split(), shape.split(), shape.rows());
        return factor(block, r);
    }

    /** [UΣ^½; VΣ^½] of the r largest singular values of an n₁×n₂ matrix. */
    static DMatrixRMaj factor(DMatrixRMaj block, int r) {
        boolean wide = block.numCols > block.numRows;
        FactorSvd svd = FactorSvd.of(wide ? CommonOps_DDRM.transpose(block, null) : block);
        int n1 = block.numRows;
        DMatrixRMaj z = new DMatrixRMaj(n1 + block.numCols, r);
        for (int k = 0; k < r; k++) {
            double root = Math.sqrt(svd.sigma(k));
            DMatrixRMaj left = svd.left(k);
            DMatrixRMaj right = svd.right(k);
            for (int i = 0; i < z.numRows; i++) {
                boolean upper = i < n1;
                DMatrixRMaj from = upper == wide ? right : left;
                z.data[i * r + k] = root * from.data[upper ? i : i - n1];
            }
        }
        return z;
    }
}
