package io.escapement.store;

import java.time.Instant;
import java.util.Objects;

/**
 * The newest checkpoint of a run that is kept.
 *
 * @param iteration that it would go on from
 * @param time when it was made, UTC
 */
public record Checkpointed(long iteration, Instant time) {
    public Checkpointed {
        Objects.requireNonNull(time, "time");
    }
}
