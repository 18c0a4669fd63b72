package io.escapement.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Where in a run an event stands. (run, attempt, seq) names an event for ever: sending it twice is harmless.
 *
 * @param attempt from 1; a restart from a checkpoint is a new attempt
 * @param seq number of the event within its attempt, from 0, without gaps in what the producer sent
 * @param iteration solver iterations done so far in the run, from 0; never decreases within an attempt
 * @param segment which stretch between escapes, from 0
 * @param time producer's clock, UTC
 * @param elapsed since the run began, on a monotonic clock
 */
public record Stamp(int attempt, long seq, long iteration, int segment, Instant time, Duration elapsed) {

    public Stamp {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(elapsed, "elapsed");
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt is " + attempt + "; attempts count from 1");
        }
        if (seq < 0) {
            throw new IllegalArgumentException("seq is " + seq + "; events count from 0");
        }
        if (iteration < 0) {
            throw new IllegalArgumentException("iteration is " + iteration + "; iterations count from 0");
        }
        if (segment < 0) {
            throw new IllegalArgumentException("segment is " + segment + "; segments count from 0");
        }
    }

    /** Elapsed time in seconds. */
    public double elapsedSeconds() {
        return elapsed.getSeconds() + elapsed.getNano() * 1e-9;
    }
}
