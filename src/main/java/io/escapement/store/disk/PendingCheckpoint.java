package io.escapement.store.disk;

import io.escapement.store.Checkpointed;
import io.escapement.store.RunLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The newest checkpoint of a run, until it is written, and how long the next had better wait. Anybody may bring one; packing and
 * writing are the writer's thread's own.
 */
final class PendingCheckpoint {

    /** To make bytes of checkpoints may take one part in so many of the time. */
    private static final long SHARE = 100;

    /** And so many bytes a second: 10 MB. */
    private static final long NANOS_PER_BYTE = 100;

    /** With the monitor held; null where none waits. */
    private CheckpointDraft newest;

    /** Until then a checkpoint more would cost too much. */
    private volatile long restUntil = System.nanoTime();

    /** Nanoseconds that making bytes of the last one took; 0 before the first, which only shows how cold the program is. */
    private long packing;

    /** What this attempt to write has to write, or null. */
    private Packed packed;

    /** A checkpoint as bytes. */
    private static final class Packed {
        final CheckpointDraft draft;
        final byte[] data;

        Packed(CheckpointDraft draft, byte[] data) {
            this.draft = draft;
            this.data = data;
        }
    }

    /** One before it that is not written yet is not needed any more. */
    synchronized void bring(CheckpointDraft draft) {
        newest = draft;
    }

    /** Whether there is one that is not written. */
    synchronized boolean waits() {
        return newest != null;
    }

    /** Whether the last one waits to be written, or took so long that the next should wait. */
    boolean busy() {
        return waits() || System.nanoTime() - restUntil < 0;
    }

    /** Makes bytes of it. Outside the transaction, and before the run's news are taken: those then reach at least as far. */
    void pack(RunLog log) {
        packed = null;
        CheckpointDraft draft = draft();
        if (draft == null) {
            return;
        }
        long began = System.nanoTime();
        Optional<byte[]> data = draft.bytes().get();
        long took = System.nanoTime() - began;
        long size = data.map(bytes -> bytes.length).orElse(0);
        restUntil = System.nanoTime() + Math.max(SHARE * Math.min(took, packing), size * NANOS_PER_BYTE);
        packing = took;
        if (data.isPresent()) {
            packed = new Packed(draft, data.get());
            log.checkpointed(new Checkpointed(draft.iteration(), draft.time()));
        } else {
            done(draft);
        }
    }

    /** Writes what was packed, if anything was. */
    void write(Connection connection, long run) throws SQLException {
        if (packed != null) {
            CheckpointRows.write(connection, run, packed.draft, packed.data);
        }
    }

    /** The transaction in which it was written is through. */
    void written() {
        if (packed != null) {
            done(packed.draft);
            packed = null;
        }
    }

    private synchronized CheckpointDraft draft() {
        return newest;
    }

    private synchronized void done(CheckpointDraft draft) {
        newest = draft.equals(newest) ? null : newest;
    }
}
