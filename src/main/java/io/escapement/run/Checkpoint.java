package io.escapement.run;

import io.escapement.run.codec.MalformedState;
import io.escapement.run.codec.StateReader;
import io.escapement.run.codec.StateTooLarge;
import io.escapement.run.codec.StateWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.zip.CRC32C;

/**
 * Everything that a run needs to go on, at one moment between two steps. It shares with the run only what no step changes, so it is made
 * in the time of a few copies, and may be written on another thread while the run goes on.
 *
 * <p>As bytes: the text {@code ESCHK001}, the CRC-32C of the rest, and the rest as {@link StateWriter} writes it.
 */
public final class Checkpoint {

    private static final long MAGIC = 0x4553_4348_4b30_3031L;
    private static final int HEAD = Long.BYTES + Integer.BYTES;

    private final Snapshot snapshot;

    Checkpoint(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Of the run, from 1. */
    public int attempt() {
        return snapshot.attempt();
    }

    /** Iterations done; those after it are done again. */
    public long iteration() {
        return snapshot.iteration();
    }

    /** Number of the attempt's first event after it. */
    public long seq() {
        return snapshot.seq();
    }

    /** Since the run began, the times of all attempts together. */
    public Duration elapsed() {
        return snapshot.elapsed();
    }

    /**
     * @param most bytes that it may take
     * @throws StateTooLarge if it takes more
     */
    public byte[] bytes(int most) {
        byte[] state = StateWriter.write(snapshot, (long) most - HEAD);
        return ByteBuffer.allocate(HEAD + state.length)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(MAGIC)
                .putInt(checksum(state, 0))
                .put(state)
                .array();
    }

    private static int checksum(byte[] bytes, int from) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, bytes.length - from);
        return (int) sum.getValue();
    }

    /**
     * Whether the bytes are as they were written.
     *
     * @throws MalformedState if not, saying what is wrong
     */
    public static void check(byte[] bytes) {
        if (bytes.length < HEAD || ByteBuffer.wrap(bytes).getLong() != MAGIC) {
            throw new MalformedState("it is no checkpoint that this version of the program knows");
        }
        if (ByteBuffer.wrap(bytes).getInt(Long.BYTES) != checksum(bytes, HEAD)) {
            throw new MalformedState("its checksum is wrong: it is damaged, or was not written to its end");
        }
    }

    /**
     * @param template a state of the solver for this problem
     * @throws MalformedState if it is damaged, or of another version of the program
     */
    static Snapshot read(byte[] bytes, Object template) {
        check(bytes);
        byte[] state = new byte[bytes.length - HEAD];
        System.arraycopy(bytes, HEAD, state, 0, state.length);
        Object read = StateReader.read(state, template);
        if (read instanceof Snapshot snapshot
                && (snapshot.state() == null || snapshot.state().getClass() == template.getClass())) {
            return snapshot;
        }
        throw new MalformedState("it is of another solver's state");
    }
}
