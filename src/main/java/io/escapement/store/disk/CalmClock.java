package io.escapement.store.disk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The time of day, for what cannot be undone: none is told for an hour after the clock was put forward or back against the
 * machine's own count, so that a clock that is wrong for a while deletes nothing. Not thread-safe.
 */
final class CalmClock {

    /** Of a clock that is put right little by little nothing is noticed. */
    private static final Duration JUMP = Duration.ofMinutes(1);

    static final Duration CALM = Duration.ofHours(1);

    private final Clock clock;
    private final LongSupplier nanos;
    private Instant seen;
    private long seenNanos;

    /** When it last jumped. */
    private long jumpedNanos;

    private boolean jumped;

    /** @param nanos counts on, whatever happens to the clock */
    CalmClock(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Empty while it cannot be relied on. To be asked now and then, so that a jump is seen. */
    Optional<Instant> now() {
        Instant now = clock.instant();
        long count = nanos.getAsLong();
        if (seen != null) {
            Duration moved = Duration.between(seen, now).minusNanos(count - seenNanos);
            if (moved.abs().compareTo(JUMP) > 0) {
                jumped = true;
                jumpedNanos = count;
            }
        }
        seen = now;
        seenNanos = count;
        jumped &= count - jumpedNanos < CALM.toNanos();
        return jumped ? Optional.empty() : Optional.of(now);
    }
}
