package io.escapement.store;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs that are kept beyond memory: of earlier processes, of others on the same store, and of this one. Thread-safe. */
public interface Archive {

    /**
     * Runs in order of id, the newest first.
     *
     * @param before only ids below this one; null for all
     */
    List<Listed> list(String before, int limit, RunFilter filter);

    /** A run with its whole history; may read from a disk. */
    Optional<RunLog> find(String id);

    /** Judgements, escapes and verdicts of a run, in order; empty where there is none. Reads no series. */
    List<RunEvent> findings(String id);

    /**
     * A run's series over a range of iterations where it is kept in more detail than its log has; empty where it is not.
     *
     * @param names wanted; empty for all
     * @param points at most, of a series
     */
    Optional<Columns> detail(String id, Set<String> names, long fromIteration, long toIteration, int points);

    /** Writes what people call a run and say of it; a moment later everybody reads it so. */
    void label(RunHeader labelled);

    /** Deletes a run that has ended. */
    void delete(String id);

    /** How it goes. */
    ArchiveStatus status();
}
