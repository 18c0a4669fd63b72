package io.escapement.store.disk;

import java.time.Instant;

/** A checkpoint as it is stored. */
public final class StoredCheckpoint {

    private final int attempt;
    private final long iteration;
    private final long seq;
    private final Instant time;
    private final String version;
    private final byte[] data;

    /** @param data taken over */
    StoredCheckpoint(int attempt, long iteration, long seq, Instant time, String version, byte[] data) {
        this.attempt = attempt;
        this.iteration = iteration;
        this.seq = seq;
        this.time = time;
        this.version = version;
        this.data = data;
    }

    /** That made it. */
    public int attempt() {
        return attempt;
    }

    public long iteration() {
        return iteration;
    }

    /** Number of the attempt's first event after it. */
    public long seq() {
        return seq;
    }

    public Instant time() {
        return time;
    }

    /** Of the program that wrote it. */
    public String version() {
        return version;
    }

    /** Not a copy. */
    public byte[] data() {
        return data;
    }
}
