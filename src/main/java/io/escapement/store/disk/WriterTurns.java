package io.escapement.store.disk;

import java.time.Duration;

/**
 * When the writer takes its next turn: after an interval, later while it fails, at once where somebody waits for it. Thread-safe.
 */
final class WriterTurns {

    private static final Duration MOST_PATIENCE = Duration.ofSeconds(30);

    private final Duration interval;
    private boolean wake;
    private boolean closing;
    private boolean over;
    private long taken;

    WriterTurns(Duration interval) {
        this.interval = interval;
    }

    /** The next turn is not to be waited for. */
    synchronized void hurry() {
        if (!wake) {
            wake = true;
            notifyAll();
        }
    }

    /** Waits for so many turns more, or until there are no more. */
    synchronized void await(int more) {
        long enough = taken + more;
        while (taken < enough && !over) {
            wake = true;
            notifyAll();
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The next turn is the last. */
    synchronized void close() {
        closing = true;
        notifyAll();
    }

    /** On the writer's thread; returns whether this turn is the last. */
    synchronized boolean begin() {
        wake = false;
        return closing;
    }

    /** On the writer's thread. */
    synchronized void end() {
        taken++;
        notifyAll();
    }

    /** The writer's thread ends, after the last turn or without it. */
    synchronized void over() {
        over = true;
        notifyAll();
    }

    /**
     * Waits for the next turn, on the writer's thread.
     *
     * @param failures in a row
     */
    synchronized void awaitNext(int failures) {
        long nanos = interval.toNanos();
        if (failures > 0) {
            nanos = Math.min(MOST_PATIENCE.toNanos(), nanos << Math.min(5, failures - 1));
        }
        long until = System.nanoTime() + nanos;
        long left = nanos;
        while (!closing && !wake && left > 0) {
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                closing = true;
            }
            left = until - System.nanoTime();
        }
    }
}
