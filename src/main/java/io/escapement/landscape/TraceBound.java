package io.escapement.landscape;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.GroundTruth;
import java.util.Objects;

/**
 * An upper bound on tr M over the matrices that a certificate is about.
 *
 * @param value τ_tr ≥ 0
 * @param source where it comes from, as it is said in the verdict: "given", "trace of the known truth"
 */
public record TraceBound(double value, String source) {
    public TraceBound {
        Objects.requireNonNull(source, "source");
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("trace bound is " + value + "; a finite number of at least 0 is needed");
        }
    }

    /** tr M* of the known truth. */
    public static TraceBound of(GroundTruth truth) {
        return new TraceBound(Frobenius.dot(truth.factor(), truth.factor()), "the trace of the known truth");
    }
}
