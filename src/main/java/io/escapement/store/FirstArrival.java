package io.escapement.store;

/**
 * When the first event came after a reader's last look, which is the one that waits longest. The clock is read once for a look, not for
 * an event. Not thread-safe.
 */
final class FirstArrival {

    /** In the log; −1 before there was one. */
    private long index = -1;

    private long nanos;
    private boolean wanted = true;

    /** An event comes. */
    void event(long at) {
        if (wanted) {
            wanted = false;
            index = at;
            nanos = System.nanoTime();
        }
    }

    /**
     * A reader goes on from one position to another.
     *
     * @return when the first of the events between came, by {@link System#nanoTime}; 0 where that is not known
     */
    long look(long from, long to) {
        if (index > to) {
            return 0;
        }
        wanted = true;
        return index > from ? nanos : 0;
    }
}
