package io.escapement.app;

import io.escapement.run.Checkpoint;
import io.escapement.run.CheckpointKeeper;
import io.escapement.run.codec.StateTooLarge;
import io.escapement.store.disk.CheckpointDraft;
import io.escapement.store.disk.RunStore;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the checkpoints of one run to the store, which makes bytes of them on its own thread. */
final class StoredKeeper implements CheckpointKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(StoredKeeper.class);

    /** Larger ones would hold up all that share the database. */
    private static final int MOST_BYTES = 256 << 20;

    private final RunStore store;
    private final String run;
    private volatile boolean tooLarge;

    StoredKeeper(RunStore store, String run) {
        this.store = store;
        this.run = run;
    }

    @Override
    public void keep(Checkpoint checkpoint) {
        store.checkpoint(
                run,
                new CheckpointDraft(
                        checkpoint.attempt(),
                        checkpoint.iteration(),
                        checkpoint.seq(),
                        Instant.now(),
                        Version.current(),
                        () -> bytes(checkpoint)));
    }

    private Optional<byte[]> bytes(Checkpoint checkpoint) {
        try {
            return Optional.of(checkpoint.bytes(MOST_BYTES));
        } catch (StateTooLarge e) {
            if (!tooLarge) {
                tooLarge = true;
                LOG.warn("Run {} cannot be resumed, because {}; no checkpoints of it are kept.", run, e.getMessage());
            }
            return Optional.empty();
        }
    }

    @Override
    public boolean busy() {
        return tooLarge || store.checkpointing(run);
    }
}
