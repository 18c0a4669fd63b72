package io.escapement.run;

import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * A point of a run's path.
 *
 * @param candidate of an escape that was on trial here, or 0
 * @param muted whether the run went back from this trial, or has not yet decided: no part of its path
 * @param loss h(x)
 * @param x n×r; read-only
 */
public record Iterate(
        long iteration, int segment, long candidate, boolean muted, boolean landmark, double loss, DMatrixRMaj x) {
    public Iterate {
        Objects.requireNonNull(x, "x");
    }

    Iterate accepted() {
        return new Iterate(iteration, segment, candidate, false, landmark, loss, x);
    }

    Iterate marked() {
        return landmark ? this : new Iterate(iteration, segment, candidate, muted, true, loss, x);
    }
}
