package io.escapement.run;

import java.time.Duration;

/**
 * Holds emissions to a pace that people can follow. A step that takes longer than its share is not caught up on: the pace
 * is a limit, not a schedule.
 */
final class Pacer {

    /** Waits shorter than this are not worth a timer. */
    private static final long SHORTEST_NANOS = 1_000_000;

    private final long intervalNanos;
    private final Duration linger;
    private long due;

    /**
     * @param pace emissions per second, or 0 for no limit
     * @param linger extra time after a landmark
     */
    Pacer(double pace, Duration linger) {
        this.intervalNanos = pace == 0 ? 0 : (long) (1e9 / pace);
        this.linger = linger;
    }

    void emitted(Duration now) {
        if (intervalNanos > 0) {
            due = Math.max(due, now.toNanos()) + intervalNanos;
        }
    }

    /** Something to look at happened: the next emission comes later. */
    void landmark(Duration now) {
        if (intervalNanos > 0) {
            due = Math.max(due, now.toNanos()) + linger.toNanos();
        }
    }

    /** Time to wait before the next emission; zero if there is none worth waiting. */
    Duration wait(Duration now) {
        if (intervalNanos == 0) {
            return Duration.ZERO;
        }
        long nanos = due - now.toNanos();
        return nanos < SHORTEST_NANOS ? Duration.ZERO : Duration.ofNanos(nanos);
    }
}
