package io.escapement.store;

import io.escapement.event.RunEvent;
import java.util.Optional;

/**
 * The newest iterations one by one, for a store to take now and then: only where one visits, and once the log's own rows are buckets of
 * more than one. Not thread-safe.
 */
final class RecentRows {

    /** Between two visits; beyond that they merge in pairs. */
    private static final int MOST = 8192;

    /** Whether a store visits. */
    private boolean visited;

    /** What the store has not yet taken; null while the log's rows are iterations. */
    private SeriesTable rows;

    /** From now on a store visits. Before the first event. */
    void begin() {
        visited = true;
    }

    /** A store visits a log that was read from it. */
    void goOn(SeriesTable table) {
        visited = true;
        if (table.level > 0) {
            rows = new SeriesTable(MOST);
        }
    }

    /** @param table of the log, which has not got the event yet */
    void put(SeriesTable table, long index, RunEvent.Iteration event, double elapsed) {
        if (!visited) {
            return;
        }
        if (rows == null && table.level == 0 && table.fullFor(event.stamp().iteration())) {
            rows = table.copy(MOST);
        }
        if (rows != null) {
            rows.put(index, event, elapsed);
        }
    }

    void rewind(Rewind rewind) {
        if (rows != null) {
            rows.rewind(rewind);
        }
    }

    /** Those since the last call, if there are any. */
    Optional<SeriesBlock> take() {
        if (rows == null || rows.rows == 0) {
            return Optional.empty();
        }
        SeriesBlock block = new SeriesBlock(rows);
        rows = new SeriesTable(MOST);
        return Optional.of(block);
    }
}
