package io.escapement.solve.precondition;

import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Parameterization;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * −G(X)X(XᵀX + λI)⁻¹ for XXᵀ, with G(X)X = ½∇h; for XYᵀ the pair −∇_X h·(YᵀY + λI)⁻¹, −∇_Y h·(XᵀX + λI)⁻¹. That is a step against the
 * gradient in the metric of the block-diagonal part of ∇Fᵀ∇F, damped: a rotation of the columns rotates it, and for XYᵀ and λ = 0 so does
 * any X, Y ↦ XQ, YQ⁻ᵀ. It is a direction of descent wherever the gradient is not 0. Cost O(nr²).
 */
final class ScaledDirection {

    /** The problem's rays have slots 0 and 1. */
    private static final int SLOT = 2;

    /** Eigenvalues below this part of the largest, for each row of the Gram matrix, are rounding. */
    private static final double ROUNDING = 2.3e-16;

    private ScaledDirection() {}

    /** @throws IllegalArgumentException if the factor stands for something other than a matrix */
    static void requireMatrix(String solver, FactoredProblem problem) {
        Parameterization parameterization = problem.shape().parameterization();
        if (parameterization != Parameterization.PSD && parameterization != Parameterization.ASYMMETRIC) {
            throw new IllegalArgumentException("the parameterization is " + parameterization.label() + "; " + solver
                    + " is for psd and asymmetric");
        }
    }

    /**
     * @param lambda λ ≥ 0; where XᵀX + λI is singular to rounding, its pseudo-inverse is taken
     * @return n×r, valid until the next call with the same workspace
     */
    static DMatrixRMaj of(FactoredProblem problem, Evaluation at, double lambda, Workspace workspace) {
        DMatrixRMaj x = at.x();
        double[] out = workspace.array(SLOT, x.getNumElements());
        if (problem.shape().symmetric()) {
            times(at.gradient(), 0, x.numRows, -0.5, inverse(x, 0, x.numRows, lambda), out);
        } else {
            int split = problem.shape().split();
            times(at.gradient(), 0, split, -1, inverse(x, split, x.numRows, lambda), out);
            times(at.gradient(), split, x.numRows, -1, inverse(x, 0, split, lambda), out);
        }
        return DMatrixRMaj.wrap(x.numRows, x.numCols, out);
    }

    /** (ZᵀZ + λI)⁻¹, r×r, Z being the rows {@code from} to {@code to} − 1; NaN where they are not finite. */
    private static double[] inverse(DMatrixRMaj x, int from, int to, double lambda) {
        int r = x.numCols;
        DMatrixRMaj gram = new DMatrixRMaj(r, r);
        for (int row = from * r; row < to * r; row += r) {
            for (int i = 0; i < r; i++) {
                for (int j = 0; j <= i; j++) {
                    gram.data[i * r + j] += x.data[row + i] * x.data[row + j];
                }
            }
        }
        double[] inverse = new double[r * r];
        double trace = 0;
        for (int i = 0; i < r; i++) {
            trace += gram.data[i * r + i];
            for (int j = 0; j < i; j++) {
                gram.data[j * r + i] = gram.data[i * r + j];
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(r, true, true);
        if (!Double.isFinite(trace + lambda) || !eigen.decompose(gram)) {
            Arrays.fill(inverse, Double.NaN);
            return inverse;
        }
        double least = r * ROUNDING * trace;
        for (int k = 0; k < r; k++) {
            double value = Math.max(0, eigen.getEigenvalue(k).getReal()) + lambda;
            if (value <= least) {
                continue;
            }
            double[] u = eigen.getEigenVector(k).data;
            for (int i = 0; i < r; i++) {
                for (int j = 0; j < r; j++) {
                    inverse[i * r + j] += u[i] * u[j] / value;
                }
            }
        }
        return inverse;
    }

    /** Rows {@code from} to {@code to} − 1 of out = scale·A·P. */
    private static void times(DMatrixRMaj a, int from, int to, double scale, double[] p, double[] out) {
        int r = a.numCols;
        for (int row = from * r; row < to * r; row += r) {
            for (int j = 0; j < r; j++) {
                double sum = 0;
                for (int i = 0; i < r; i++) {
                    sum += a.data[row + i] * p[i * r + j];
                }
                out[row + j] = scale * sum;
            }
        }
    }
}
