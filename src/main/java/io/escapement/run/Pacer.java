package io.escapement.run;

import java.time.Duration;

/**
 * Holds emissions to a pace that people can follow. A step that takes longer than its share is not caught up on: the pace
 * is a limit, not a schedule.
 */
final class Pacer {

    /** Waits shorter than this are not worth a timer. */
    private static final long SHORTEST_NANOS = 1_000_000;

    /** Three years: so that adding intervals cannot overflow. */
    private static final double LONGEST_NANOS = 1e17;

    private final long intervalNanos;
    private final Duration linger;
    private long due;

    /**
     * @param pace emissions per second, or 0 for no limit
     * @param linger extra time after a landmark
     */
    Pacer(double pace, Duration linger) {
        this.intervalNanos = pace == 0 ? 0 : (long) Math.min(LONGEST_NANOS, 1e9 / pace);
        this.linger = linger;
    }

    boolean paces() {
        return intervalNanos > 0;
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
