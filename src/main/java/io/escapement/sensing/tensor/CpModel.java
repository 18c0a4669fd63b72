package io.escapement.sensing.tensor;

import io.escapement.problem.cp.CpShape;
import io.escapement.problem.cp.CpTruth;
import io.escapement.sensing.Frame;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The truths of [LMM] section 6.3: T* = Σ_c σ_c u_c⊗u_c⊗u_c, or u_c⊗v_c⊗w_c, with orthonormal u_c, v_c, w_c and σ linear from 1
 * to 1/κ, each mode's factor being U·diag(σ)^⅓ and U of a {@link Frame}. (The authors' program has S/3 instead of the cube root in two
 * modes of the asymmetric case; that is not followed.)
 */
final class CpModel {

    private CpModel() {}

    static CpTruth truth(CpShape shape, int rank, double kappa, Frame frame, RandomGenerator random) {
        DMatrixRMaj factor = new DMatrixRMaj(shape.rows(), rank);
        for (int mode = 0; mode < (shape.symmetric() ? 1 : 3); mode++) {
            DMatrixRMaj u = frame.draw(shape.size(mode), rank, random);
            CommonOps_DDRM.insert(u, factor, shape.offset(mode), 0);
        }
        for (int e = 0; e < factor.getNumElements(); e++) {
            int c = e % rank;
            factor.data[e] *= Math.cbrt(rank == 1 ? 1 : 1 - (1 - 1 / kappa) * c / (rank - 1));
        }
        return new CpTruth(shape, factor);
    }

    static void requireRanks(CpShape shape, int rank, int truthRank, double kappa) {
        int limit = Math.min(shape.first(), Math.min(shape.second(), shape.third()));
        if (rank < 1) {
            throw new IllegalArgumentException("rank is " + rank + "; at least 1 is needed");
        }
        if (truthRank < 1 || truthRank > limit) {
            throw new IllegalArgumentException("truth rank is " + truthRank + "; 1 to " + limit
                    + " is possible, because the truth's components are orthogonal");
        }
        if (!(kappa >= 1) || Double.isInfinite(kappa)) {
            throw new IllegalArgumentException("kappa is " + kappa + "; a finite number of at least 1 is needed");
        }
    }
}
