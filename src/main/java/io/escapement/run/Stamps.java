package io.escapement.run;

import io.escapement.event.Stamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Numbers and dates the events of one attempt. Elapsed time is monotonic; dates follow from it. */
final class Stamps {

    private final Instant began;
    private final long beganNanos;
    private long seq;

    Stamps(Clock clock) {
        this.began = clock.instant();
        this.beganNanos = System.nanoTime();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    /** The stamp that the next event will have, if it is emitted. */
    Stamp peek(long iteration, int segment) {
        Duration elapsed = elapsed();
        return new Stamp(1, seq, iteration, segment, began.plus(elapsed), elapsed);
    }

    /** The event with the last peeked stamp was emitted. */
    void taken() {
        seq++;
    }

    Stamp next(long iteration, int segment) {
        Stamp stamp = peek(iteration, segment);
        seq++;
        return stamp;
    }
}
