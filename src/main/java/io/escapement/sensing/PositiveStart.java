package io.escapement.sensing;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.problem.Parameterization;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The local starts of [LMM]'s experiments as its authors' program makes them, all of whose perturbations are positive.
 *
 * <p>Of a matrix or tensor: to the true factor, padded with zero columns, increments of {@value #INCREMENT} times a number uniform in (0, 1) are
 * added to every entry until the relative error of the image passes the one asked for. After about 1,000 of them the sum is the truth
 * plus a nearly constant matrix, not an isotropic perturbation. The program does so in the symmetric cases; in the others its increments are
 * normal, and the sum of those is {@link InitialPoint#nearTruth}'s perturbation.
 *
 * <p>Of nonnegative least squares: z₀ = z* + error·‖z*‖·u with u a unit vector of |N(0, 1)| entries, x₀ = √z₀.
 */
final class PositiveStart {

    private static final double INCREMENT = 1e-6;

    /** The number of increments grows with the error. */
    private static final double LARGEST_ERROR = 0.1;

    private PositiveStart() {}

    static DMatrixRMaj of(CompositeProblem problem, GroundTruth truth, double error, RandomGenerator random) {
        if (!(error <= LARGEST_ERROR)) {
            throw new IllegalArgumentException("init-error is " + error + "; at most " + LARGEST_ERROR
                    + " is possible with positive perturbations, which are added little by little");
        }
        if (problem instanceof FactoredProblem factored) {
            Parameterization parameterization = factored.shape().parameterization();
            if (parameterization == Parameterization.HADAMARD) {
                return squares(problem, truth, error, random);
            }
            if (parameterization == Parameterization.SIGNED_HADAMARD) {
                throw new IllegalArgumentException("the parameterization is " + parameterization.label()
                        + "; positive perturbations are for psd, asymmetric, hadamard and tensors");
            }
        }
        DMatrixRMaj z = truth.factor();
        DMatrixRMaj x = new DMatrixRMaj(problem.rows(), problem.columns());
        CommonOps_DDRM.insert(z, x, 0, 0);
        while (truth.distance(x) <= error * truth.norm()) {
            for (int e = 0; e < x.getNumElements(); e++) {
                x.data[e] += INCREMENT * random.nextDouble();
            }
        }
        return x;
    }

    private static DMatrixRMaj squares(
            CompositeProblem problem, GroundTruth truth, double error, RandomGenerator random) {
        if (problem.columns() > 1) {
            throw new IllegalArgumentException(
                    "rank is " + problem.columns() + "; a positive perturbation of squares is for rank 1");
        }
        DMatrixRMaj root = truth.factor();
        DMatrixRMaj u = new DMatrixRMaj(root.numRows, 1);
        for (int i = 0; i < u.numRows; i++) {
            u.data[i] = Math.abs(random.nextGaussian());
        }
        double size = error * truth.norm() / Frobenius.norm(u);
        for (int i = 0; i < u.numRows; i++) {
            u.data[i] = Math.sqrt(root.data[i] * root.data[i] + size * u.data[i]);
        }
        return u;
    }
}
