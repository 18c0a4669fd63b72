package io.escapement.run;

import io.escapement.event.Stamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Numbers and dates the events of one attempt. Elapsed time is monotonic; dates follow from it. */
final class Stamps {

    private final int attempt;
    private final Instant began;
    private final long beganNanos;
    private long seq;

    Stamps(Clock clock) {
        this(clock, 1, Duration.ZERO);
    }

    /** @param before elapsed in earlier attempts */
    Stamps(Clock clock, int attempt, Duration before) {
        this.attempt = attempt;
        this.began = clock.instant().minus(before);
        this.beganNanos = System.nanoTime() - before.toNanos();
    }

    int attempt() {
        return attempt;
    }

    /** Of the next event. */
    long seq() {
        return seq;
    }

    long elapsedNanos() {
        return System.nanoTime() - beganNanos;
    }

    Duration elapsed() {
        return Duration.ofNanos(elapsedNanos());
    }

    /** The stamp that the next event will have, if it is emitted. */
    Stamp peek(long iteration, int segment) {
        Duration elapsed = elapsed();
        return new Stamp(attempt, seq, iteration, segment, began.plus(elapsed), elapsed);
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
