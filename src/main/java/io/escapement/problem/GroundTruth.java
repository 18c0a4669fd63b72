package io.escapement.problem;

import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** The solution an instance was made from. Observers and reports may know it; solvers, judges and escapes may not. */
public interface GroundTruth {

    /** A factor Z* with M* = Z*Z*ᵀ (or its off-diagonal block), n×r*. */
    DMatrixRMaj factor();

    /** ‖F(x) − M*‖_F, computed from factors. */
    double distance(DMatrixRMaj x);

    /** ‖M*‖_F. */
    double norm();

    /** More figures of how x compares with the truth, by the names under which they are shown; in a fixed order. */
    default Map<String, Double> figures(DMatrixRMaj x) {
        return Map.of();
    }
}
