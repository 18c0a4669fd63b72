package io.escapement.store;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs that are kept beyond memory: of earlier processes, of others on the same store, and of this one. Thread-safe. */
public interface Archive {

    /**
     * Runs in an order.
     *
     * @param after where the last one stands that is known already; null for the beginning
     * @param except ids of runs that are left out
     */
    List<Listed> page(RunFilter filter, RunOrder order, RunOrder.Place after, Set<String> except, int limit);

    /** How many runs there are, by their states. */
    Map<RunState, Long> count(RunFilter filter, Set<String> except);

    /** What a list tells of these runs. */
    List<Listed> named(Set<String> ids);

    /** Escapes accepted at a moment or later, in all runs but some. */
    long escapesSince(Instant moment, Set<String> except);

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
