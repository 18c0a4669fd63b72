package io.escapement.sensing.network;

import io.escapement.problem.FactorShape;
import io.escapement.problem.GroundTruth;
import io.escapement.sensing.FactorTruth;
import org.ejml.data.DMatrixRMaj;

/**
 * The voltages z ∈ Cᴺ of a network, known up to a common phase: no meter tells z from e^{jθ}z, so M* = [Re z; Im z][…]ᵀ is
 * one of a circle of solutions that are all as good.
 *
 * <p>Distance of X, 2N×r, with V = X_top + jX_bottom, N×r complex: ‖VVᴴ − zzᴴ‖_F. For r = 1 it is the least
 * ‖xxᵀ − z_θz_θᵀ‖_F over θ, attained where e^{jθ} is the phase of ⟨z, v⟩: both are √(|v|⁴ + |z|⁴ − 2|⟨z, v⟩|²). For
 * r &gt; 1 it is 0 for every X whose measurements are the truth's for all meters there could be, mixtures of phases among
 * them. With J[e; f] = [−f; e] it is ‖X̃X̃ᵀ − Z̃Z̃ᵀ‖_F/√2 for X̃ = [X JX], Z̃ = [z Jz], real and without cancellation.
 */
final class VoltageTruth implements GroundTruth {

    private final DMatrixRMaj factor;
    private final FactorTruth both;

    /** @param state [Re z; Im z], 2N×1; copied */
    VoltageTruth(DMatrixRMaj state) {
        this.factor = state.copy();
        this.both = new FactorTruth(withTurned(state), FactorShape.psd(state.numRows));
    }

    @Override
    public DMatrixRMaj factor() {
        return factor;
    }

    @Override
    public double distance(DMatrixRMaj x) {
        return Math.sqrt(0.5) * both.distance(withTurned(x));
    }

    @Override
    public double norm() {
        return Math.sqrt(0.5) * both.norm();
    }

    /** [X JX]. */
    private static DMatrixRMaj withTurned(DMatrixRMaj x) {
        int n = x.numRows / 2;
        int r = x.numCols;
        DMatrixRMaj out = new DMatrixRMaj(x.numRows, 2 * r);
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < r; c++) {
                out.set(i, c, x.get(i, c));
                out.set(n + i, c, x.get(n + i, c));
                out.set(i, r + c, -x.get(n + i, c));
                out.set(n + i, r + c, x.get(i, c));
            }
        }
        return out;
    }
}
