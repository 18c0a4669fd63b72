package io.escapement.web;

import io.escapement.event.RunHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Whoever keeps runs: has them labelled, deleted and written out. Called on worker threads; may take its time. */
public interface RunKeeper {

    /** Changes name, tags and note of a run; what they are then, or empty where there is no such run. */
    Optional<RunHeader> label(String run, UnaryOperator<RunHeader> change);

    /** Deletes a run. */
    Deletion delete(String run);

    /** What became of a wish to delete. */
    enum Deletion {
        DONE,
        UNKNOWN,
        /** The run goes on. */
        LIVE
    }

    /**
     * Writes a run out.
     *
     * @param format csv, ndjson or parquet
     * @return whether there is such a run
     */
    boolean export(String run, String format, OutputStream out) throws IOException;
}
