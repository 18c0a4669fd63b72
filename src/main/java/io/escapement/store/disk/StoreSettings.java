package io.escapement.store.disk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where and how runs are stored.
 *
 * @param directory is made if it is not there
 * @param interval between two writes: what a kill loses at most
 * @param maxAge after which an ended run goes, counted from its last event
 * @param maxBytes on the disk, beyond which the oldest ended runs go
 * @param detailBytes of one run, beyond which its old detail is coarsened
 */
public record StoreSettings(Path directory, Duration interval, Duration maxAge, long maxBytes, long detailBytes) {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_AGE = Duration.ofDays(365);
    private static final long MAX_BYTES = 4L << 30;
    private static final long DETAIL_BYTES = 32L << 20;

    public StoreSettings {
        Objects.requireNonNull(directory, "directory");
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval is " + interval + "; it must be positive");
        }
        if (maxAge.isNegative() || maxBytes < 0 || detailBytes < 0) {
            throw new IllegalArgumentException("maxAge is " + maxAge + ", maxBytes " + maxBytes + " and detailBytes "
                    + detailBytes + "; none may be negative");
        }
    }

    /** A year, 4 GiB in all and 32 MiB of detail for each run, written every second. */
    public static StoreSettings in(Path directory) {
        return new StoreSettings(directory, INTERVAL, MAX_AGE, MAX_BYTES, DETAIL_BYTES);
    }

    public StoreSettings withInterval(Duration other) {
        return new StoreSettings(directory, other, maxAge, maxBytes, detailBytes);
    }

    public StoreSettings withLimits(Duration age, long bytes) {
        return new StoreSettings(directory, interval, age, bytes, detailBytes);
    }

    StoreSettings withDetailBytes(long other) {
        return new StoreSettings(directory, interval, maxAge, maxBytes, other);
    }
}
