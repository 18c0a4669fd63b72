package io.escapement.store;

import io.escapement.event.RunEvent;
import java.util.Arrays;

/**
 * Where and when a run escaped: what a list shows of it without going through its landmarks. The newest {@value #MOST} are
 * kept. Not thread-safe.
 */
final class AcceptedEscapes {

    static final int MOST = 4096;

    private long[] iterations = new long[16];
    private long[] millis = new long[16];
    private int size;

    /** Whether an event is one. */
    static boolean is(RunEvent event) {
        return event instanceof RunEvent.Escape escape && escape.outcome() == RunEvent.EscapeOutcome.ACCEPTED;
    }

    /** Adds an event if it is one. */
    void note(RunEvent event) {
        if (is(event)) {
            add(event.stamp().iteration(), event.stamp().time().toEpochMilli());
        }
    }

    /** @param epochMillis by the producer's clock */
    private void add(long iteration, long epochMillis) {
        if (size == MOST) {
            size = MOST / 2;
            System.arraycopy(iterations, MOST - size, iterations, 0, size);
            System.arraycopy(millis, MOST - size, millis, 0, size);
        } else if (size == iterations.length) {
            iterations = Arrays.copyOf(iterations, 2 * size);
            millis = Arrays.copyOf(millis, 2 * size);
        }
        iterations[size] = iteration;
        millis[size] = epochMillis;
        size++;
    }

    long[] iterations() {
        return Arrays.copyOf(iterations, size);
    }

    /** How many there were at a moment or later. */
    int since(long epochMillis) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += millis[i] >= epochMillis ? 1 : 0;
        }
        return count;
    }
}
