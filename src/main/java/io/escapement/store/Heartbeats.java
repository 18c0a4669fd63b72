package io.escapement.store;

import java.util.Arrays;

/** Where in the log the newest heartbeats are, which are neither rows nor landmarks. Not thread-safe. */
final class Heartbeats {

    private final long[] newest = new long[64];
    private int count;

    Heartbeats() {
        Arrays.fill(newest, -1);
    }

    void add(long index) {
        newest[count++ % newest.length] = index;
    }

    /** How many have from < index ≤ to. */
    long between(long from, long to) {
        long found = 0;
        for (long index : newest) {
            found += index > from && index <= to ? 1 : 0;
        }
        return found;
    }
}
