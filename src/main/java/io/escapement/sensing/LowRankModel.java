package io.escapement.sensing;

import io.escapement.problem.FactorShape;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Random low-rank matrices with a given condition number. */
public final class LowRankModel {

    private LowRankModel() {}

    /**
     * A factor of M* = U diag(σ) Vᵀ with uniformly random orthonormal U, V (V = U if symmetric), σ geometric from κ to 1 up to
     * a scale that gives the entries of M* root mean square 1.
     *
     * @return [U; V] diag(σ)^½, shape.rows()×rank
     */
    public static DMatrixRMaj factor(FactorShape shape, int rank, double kappa, RandomGenerator random) {
        double[] sigma = new double[rank];
        double squares = 0;
        for (int t = 0; t < rank; t++) {
            sigma[t] = rank == 1 ? 1 : Math.pow(kappa, 1 - t / (double) (rank - 1));
            squares += sigma[t] * sigma[t];
        }
        double scale = Math.sqrt((double) shape.imageRows() * shape.imageColumns() / squares);
        for (int t = 0; t < rank; t++) {
            sigma[t] *= scale;
        }
        return factor(shape, sigma, random);
    }

    /** The same with σ linear from 1 to 1/κ ([LMM]'s experiments). */
    static DMatrixRMaj linear(FactorShape shape, int rank, double kappa, Frame frame, RandomGenerator random) {
        double[] sigma = new double[rank];
        for (int t = 0; t < rank; t++) {
            sigma[t] = rank == 1 ? 1 : 1 - (1 - 1 / kappa) * t / (rank - 1);
        }
        return factor(shape, sigma, frame, random);
    }

    /** The same with the given singular values. */
    public static DMatrixRMaj factor(FactorShape shape, double[] sigma, RandomGenerator random) {
        return factor(shape, sigma, Frame.HAAR, random);
    }

    private static DMatrixRMaj factor(FactorShape shape, double[] sigma, Frame frame, RandomGenerator random) {
        int rank = sigma.length;
        DMatrixRMaj factor = new DMatrixRMaj(shape.rows(), rank);
        int top = shape.imageRows();
        CommonOps_DDRM.insert(frame.draw(top, rank, random), factor, 0, 0);
        if (!shape.symmetric()) {
            CommonOps_DDRM.insert(frame.draw(shape.imageColumns(), rank, random), factor, top, 0);
        }
        for (int e = 0; e < factor.getNumElements(); e++) {
            factor.data[e] *= Math.sqrt(sigma[e % rank]);
        }
        return factor;
    }
}
