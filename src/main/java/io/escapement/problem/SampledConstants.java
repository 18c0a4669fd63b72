package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * An estimate of α_s and L_s from random symmetric matrices M = U·diag(±1)·Uᵀ, U Gaussian n×k with k drawn from 1…p:
 * the extremes of ‖𝒜(M)‖²/‖M‖_F². Seen from inside: the sampled L_s is at most the true one and the sampled α_s at
 * least, so a bound that needs L_s from above is not proven by it. [LEAC] appendix C.2 prints such values.
 *
 * @param rank p, the highest rank drawn
 * @param samples number of matrices
 * @param seed of the draws
 */
public record SampledConstants(int rank, int samples, long seed) {

    public SampledConstants {
        if (rank < 1) {
            throw new IllegalArgumentException("rank is " + rank + "; at least 1 is needed");
        }
        if (samples < 1) {
            throw new IllegalArgumentException("samples is " + samples + "; at least 1 is needed");
        }
    }

    public RestrictedConstants of(SensingOperator operator) {
        int n = operator.dimension();
        int highest = Math.min(rank, n);
        Random random = new Random(seed);
        double[] measured = new double[operator.measurements()];
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int sample = 0; sample < samples; sample++) {
            int k = 1 + random.nextInt(highest);
            DMatrixRMaj u = new DMatrixRMaj(n, k);
            DMatrixRMaj signed = new DMatrixRMaj(n, k);
            for (int j = 0; j < k; j++) {
                double sign = random.nextBoolean() ? 1 : -1;
                for (int i = 0; i < n; i++) {
                    double entry = random.nextGaussian();
                    u.set(i, j, entry);
                    signed.set(i, j, sign * entry);
                }
            }
            operator.measure(u, signed, measured);
            double ratio = Frobenius.dot(measured, measured, operator.measurements()) / squaredNorm(u, signed);
            least = Math.min(least, ratio);
            most = Math.max(most, ratio);
        }
        return new RestrictedConstants(least, most, "sampled: " + samples + " matrices of rank 1 to " + highest);
    }

    /** ‖U·Vᵀ‖_F² = ⟨UᵀU, VᵀV⟩ for U n×k and V n×k. */
    private static double squaredNorm(DMatrixRMaj u, DMatrixRMaj v) {
        int k = u.numCols;
        DMatrixRMaj uu = new DMatrixRMaj(k, k);
        DMatrixRMaj vv = new DMatrixRMaj(k, k);
        CommonOps_DDRM.multTransA(u, u, uu);
        CommonOps_DDRM.multTransA(v, v, vv);
        return Frobenius.dot(uu, vv);
    }
}
