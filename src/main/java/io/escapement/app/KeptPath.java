package io.escapement.app;

import io.escapement.run.PathBytes;
import io.escapement.run.PathKeeper;
import io.escapement.store.Attachment;

/** A run's path as something that a store keeps beside its events. */
record KeptPath(PathKeeper keeper) implements Attachment {

    @Override
    public long version() {
        return keeper.version();
    }

    @Override
    public long bytes() {
        return Double.BYTES * keeper.size();
    }

    @Override
    public byte[] content() {
        return PathBytes.write(keeper.points());
    }
}
