package io.escapement.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs known to this process, in the order in which they came. Runs that go on are always kept; of the ended ones the
 * oldest go when there are too many or they hold too much memory. Thread-safe.
 */
public final class RunCatalogue {

    private static final int ENDED_KEPT = 500;
    private static final long BYTES_KEPT = 256L << 20;

    private final int endedKept;
    private final long bytesKept;
    private final Map<String, RunLog> runs = new LinkedHashMap<>();

    public RunCatalogue() {
        this(ENDED_KEPT, BYTES_KEPT);
    }

    /**
     * @param endedKept ended runs kept
     * @param bytesKept memory that ended runs may hold, about
     */
    public RunCatalogue(int endedKept, long bytesKept) {
        if (endedKept < 0 || bytesKept < 0) {
            throw new IllegalArgumentException(
                    "endedKept is " + endedKept + " and bytesKept " + bytesKept + "; neither may be negative");
        }
        this.endedKept = endedKept;
        this.bytesKept = bytesKept;
    }

    /** @throws IllegalArgumentException if a run with this id is known */
    public synchronized void add(RunLog run) {
        String id = run.header().id();
        if (runs.putIfAbsent(id, run) != null) {
            throw new IllegalArgumentException("run '" + id + "' is in the catalogue already; ids must be new");
        }
        dropOldest();
    }

    public synchronized Optional<RunLog> find(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    /** The newest runs, newest first. */
    public synchronized List<RunLog> newest(int limit) {
        List<RunLog> all = new ArrayList<>(runs.values());
        List<RunLog> newest = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0 && newest.size() < limit; i--) {
            newest.add(all.get(i));
        }
        return newest;
    }

    /** The newest runs that came before the one named, newest first; empty where that one is not known. */
    public synchronized List<RunLog> before(String id, int limit) {
        List<RunLog> older = new ArrayList<>();
        for (RunLog run : runs.values()) {
            if (run.header().id().equals(id)) {
                List<RunLog> newest = new ArrayList<>();
                for (int i = older.size() - 1; i >= 0 && newest.size() < limit; i--) {
                    newest.add(older.get(i));
                }
                return newest;
            }
            older.add(run);
        }
        return List.of();
    }

    private void dropOldest() {
        int ended = 0;
        long bytes = 0;
        for (RunLog run : runs.values()) {
            if (run.ended()) {
                ended++;
                bytes += run.bytes();
            }
        }
        Iterator<RunLog> oldest = runs.values().iterator();
        while ((ended > endedKept || bytes > bytesKept) && oldest.hasNext()) {
            RunLog run = oldest.next();
            if (run.ended()) {
                ended--;
                bytes -= run.bytes();
                oldest.remove();
            }
        }
    }
}
