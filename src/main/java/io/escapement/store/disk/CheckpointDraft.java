package io.escapement.store.disk;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A checkpoint that is to be stored.
 *
 * @param attempt that made it
 * @param seq number of the attempt's first event after it
 * @param version of the program
 * @param bytes makes its bytes, on the store's thread; nothing where it cannot be kept
 */
public record CheckpointDraft(
        int attempt, long iteration, long seq, Instant time, String version, Supplier<Optional<byte[]>> bytes) {
    public CheckpointDraft {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(bytes, "bytes");
    }
}
