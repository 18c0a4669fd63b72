package io.escapement.sensing;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.SensingOperator;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Spectral start (Keshavan, Montanari, Oh 2010): Z = s·V diag(λ)^½ from the r largest positive eigenvalues of 𝒜*(b) (for a loss
 * that is not one of the difference, of what stands in for b), with the s
 * that minimizes ‖𝒜(ZZᵀ) − b‖, so that no sampling rate need be known. For a mask 𝒜*(b) is the matrix filled with
 * zeros; for an asymmetric problem its eigenvalues are ±σ/2 with vectors [u; ±v]/√2 of the matrix's singular triples, so
 * Z = [X; Y] comes out balanced. Subspace iteration; a dozen backprojections of 2r + 4 vectors.
 */
public final class SpectralStart {

    private static final int PASSES = 12;
    private static final int EXTRA = 4;

    /** Size of a column, relative to the largest, where 𝒜*(b) has no positive eigenvalue left: 0 would stay 0 for ever. */
    private static final double FILL = 1e-3;

    private SpectralStart() {}

    /** @throws IllegalArgumentException if b is 0, where there is no direction to start in */
    public static DMatrixRMaj of(FactoredProblem problem, RandomGenerator random) {
        SensingOperator operator = problem.operator();
        double[] b = problem.target();
        if (!(Frobenius.dot(b, b, b.length) > 0)) {
            throw new IllegalArgumentException(
                    "b is 0 in all its " + b.length + " entries; a spectral start needs one that is not");
        }
        int n = problem.rows();
        int r = problem.columns();
        int k = Math.min(n, 2 * r + EXTRA);
        DMatrixRMaj basis = Orthonormal.basis(Seeds.gaussian(n, k, 1, random));
        DMatrixRMaj image = iterate(operator, b, basis);
        DMatrixRMaj z = leading(basis, image, r);
        double largest = 0;
        for (int t = 0; t < r; t++) {
            largest = Math.max(largest, NormOps_DDRM.normF(CommonOps_DDRM.extractColumn(z, t, null)));
        }
        double fill = FILL * (largest > 0 ? largest : 1) / Math.sqrt(n);
        for (int t = 0; t < r; t++) {
            if (NormOps_DDRM.normF(CommonOps_DDRM.extractColumn(z, t, null)) == 0) {
                CommonOps_DDRM.insert(Seeds.gaussian(n, 1, fill, random), z, 0, t);
            }
        }
        double[] measured = new double[b.length];
        operator.measure(z, z, measured);
        double square = Frobenius.dot(measured, b, b.length) / Frobenius.dot(measured, measured, b.length);
        if (square > 0 && Double.isFinite(square)) {
            CommonOps_DDRM.scale(Math.sqrt(square), z);
        }
        return z;
    }

    /** ‖𝒜*(w)‖₂ by subspace iteration: from below, to about a per cent. */
    public static double norm(SensingOperator operator, double[] w, RandomGenerator random) {
        int n = operator.dimension();
        DMatrixRMaj image = iterate(operator, w, Orthonormal.basis(Seeds.gaussian(n, Math.min(n, 4), 1, random)));
        DMatrixRMaj gram = new DMatrixRMaj(image.numCols, image.numCols);
        CommonOps_DDRM.multTransA(image, image, gram);
        return Math.sqrt(NormOps_DDRM.normP2(gram));
    }

    /** Turns {@code basis} into one of the leading invariant subspace of 𝒜*(w); returns 𝒜*(w)·basis. */
    private static DMatrixRMaj iterate(SensingOperator operator, double[] w, DMatrixRMaj basis) {
        DMatrixRMaj image = new DMatrixRMaj(basis.numRows, basis.numCols);
        for (int pass = 0; pass < PASSES; pass++) {
            operator.backproject(w, basis, image);
            Orthonormal.orthonormalize(image);
            basis.setTo(image);
        }
        operator.backproject(w, basis, image);
        return image;
    }

    /** V diag(λ)^½ for the r largest Ritz values, 0 for those that are not positive. */
    private static DMatrixRMaj leading(DMatrixRMaj basis, DMatrixRMaj image, int r) {
        int k = basis.numCols;
        DMatrixRMaj projected = new DMatrixRMaj(k, k);
        CommonOps_DDRM.multTransA(0.5, basis, image, projected);
        CommonOps_DDRM.multAddTransA(0.5, image, basis, projected);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(k, true, true);
        if (!eigen.decompose(projected)) {
            throw new IllegalStateException("the eigendecomposition of a symmetric " + k + "×" + k + " matrix failed");
        }
        int[] order = IntStream.range(0, k)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).real))
                .mapToInt(i -> i)
                .toArray();
        DMatrixRMaj z = new DMatrixRMaj(basis.numRows, r);
        DMatrixRMaj column = new DMatrixRMaj(basis.numRows, 1);
        double largest = eigen.getEigenvalue(order[0]).real;
        for (int t = 0; t < r; t++) {
            double value = eigen.getEigenvalue(order[t]).real;
            if (value > 1e-12 * largest) {
                CommonOps_DDRM.mult(Math.sqrt(value), basis, eigen.getEigenVector(order[t]), column);
                CommonOps_DDRM.insert(column, z, 0, t);
            }
        }
        return z;
    }
}
