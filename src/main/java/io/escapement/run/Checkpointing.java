package io.escapement.run;

import java.time.Duration;

/**
 * When one subscription makes a checkpoint by itself: after every so much time, and where a stretch ends already after a tenth of it, since
 * a judgement may follow that takes long.
 */
final class Checkpointing {

    private static final int STRETCH = 10;

    /** Null where there is nowhere to keep any. */
    private final CheckpointKeeper keeper;

    private final long everyNanos;
    private long last;

    /** @param every zero for only when one is asked for */
    Checkpointing(CheckpointKeeper keeper, Duration every, Duration began) {
        this.keeper = keeper;
        this.everyNanos = every.toNanos();
        this.last = began.toNanos();
    }

    boolean possible() {
        return keeper != null;
    }

    /** Only where it is {@link #possible}. */
    boolean due(long elapsedNanos, boolean stretchEnds) {
        return everyNanos > 0
                && elapsedNanos - last >= (stretchEnds ? everyNanos / STRETCH : everyNanos)
                && !keeper.busy();
    }

    void keep(Checkpoint checkpoint) {
        last = checkpoint.elapsed().toNanos();
        keeper.keep(checkpoint);
    }
}
