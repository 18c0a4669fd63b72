package io.escapement.run;

/** Where a run's checkpoints go. */
public interface CheckpointKeeper {

    /** Takes one; called on the solver's thread, so it should hand it on. */
    void keep(Checkpoint checkpoint);

    /** Whether the next one had better wait, because the last is still being written or took long. Asked as {@link #keep} is called. */
    default boolean busy() {
        return false;
    }
}
