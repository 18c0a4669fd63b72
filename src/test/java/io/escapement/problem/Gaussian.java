package io.escapement.problem;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;

/** Random test matrices and sensing instances. */
public final class Gaussian {

    private Gaussian() {}

    public static DMatrixRMaj matrix(int rows, int columns, Random random) {
        DMatrixRMaj x = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < x.getNumElements(); i++) {
            x.data[i] = random.nextGaussian();
        }
        return x;
    }

    public static DMatrixRMaj orthogonal(int n, Random random) {
        return RandomMatrices_DDRM.orthogonal(n, n, random);
    }

    public static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj out = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, out);
        return out;
    }

    /** b = 𝒜(zzᵀ) + noise. */
    public static double[] data(SensingOperator operator, DMatrixRMaj z, double noise, Random random) {
        double[] b = new double[operator.measurements()];
        operator.measure(z, z, b);
        for (int k = 0; k < b.length; k++) {
            b[k] += noise * random.nextGaussian();
        }
        return b;
    }

    /** Symmetric sensing of a Gaussian truth of the given rank. */
    public static FactoredProblem sensing(int n, int rank, int m, double noise, double ridge, Random random) {
        SensingOperator operator = DenseReferenceOperator.gaussian(n, m, random);
        double[] b = data(operator, matrix(n, rank, random), noise, random);
        return new FactoredProblem(operator, b, rank, ridge, FactorShape.psd(n));
    }

    /** Sensing of XYᵀ, X n1×r and Y n2×r. */
    public static FactoredProblem asymmetric(
            int n1, int n2, int rank, int m, double noise, double ridge, Random random) {
        SensingOperator operator = DenseReferenceOperator.asymmetric(n1, n2, m, random);
        double[] b = data(operator, matrix(n1 + n2, rank, random), noise, random);
        return new FactoredProblem(operator, b, rank, ridge, FactorShape.asymmetric(n1, n2));
    }
}
