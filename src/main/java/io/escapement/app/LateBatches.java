package io.escapement.app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Batches that a server has taken lately. One that is killed forgets what it had not stored, so they are kept for longer than it
 * usually takes to store them, to be sent once more. One thread's own.
 */
final class LateBatches {

    private static final Duration KEPT = Duration.ofSeconds(3);

    /** Bytes kept, however much goes out in that time. */
    private static final int MOST = 8 << 20;

    private final Deque<byte[]> batches = new ArrayDeque<>();
    private final Deque<Long> taken = new ArrayDeque<>();
    private int bytes;

    /**
     * @param batch not copied
     * @param nanos when the server took it, by the system's nanoseconds
     */
    void add(byte[] batch, long nanos) {
        batches.addLast(batch);
        taken.addLast(nanos);
        bytes += batch.length;
        while (!batches.isEmpty() && (bytes > MOST || nanos - taken.getFirst() > KEPT.toNanos())) {
            bytes -= batches.removeFirst().length;
            taken.removeFirst();
        }
    }

    /** In order. */
    List<byte[]> all() {
        return List.copyOf(batches);
    }
}
