package io.escapement.store;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The runs known to this process, in the order in which they came, and behind them those of an archive, all in order of id.
 * Runs that go on are always in memory; of the ended ones the oldest go when there are too many or they hold too much.
 * Thread-safe.
 */
public final class RunCatalogue {

    private static final int ENDED_KEPT = 500;
    private static final long BYTES_KEPT = 256L << 20;

    private final int endedKept;
    private final long bytesKept;

    /** Null where there is none. */
    private final Archive archive;

    private final Map<String, RunLog> runs = new LinkedHashMap<>();

    public RunCatalogue() {
        this(ENDED_KEPT, BYTES_KEPT);
    }

    /** In front of an archive, which keeps what memory does not. */
    public RunCatalogue(Archive archive) {
        this(ENDED_KEPT, BYTES_KEPT, archive);
    }

    /**
     * @param endedKept ended runs kept
     * @param bytesKept memory that ended runs may hold, about
     */
    public RunCatalogue(int endedKept, long bytesKept) {
        this(endedKept, bytesKept, null);
    }

    RunCatalogue(int endedKept, long bytesKept, Archive archive) {
        if (endedKept < 0 || bytesKept < 0) {
            throw new IllegalArgumentException(
                    "endedKept is " + endedKept + " and bytesKept " + bytesKept + "; neither may be negative");
        }
        this.endedKept = endedKept;
        this.bytesKept = bytesKept;
        this.archive = archive;
    }

    /**
     * One that goes on after its end may be added again.
     *
     * @throws IllegalArgumentException if another run with this id is known
     */
    public synchronized void add(RunLog run) {
        String id = run.header().id();
        RunLog known = runs.putIfAbsent(id, run);
        if (known != null && known != run) {
            throw new IllegalArgumentException("run '" + id + "' is in the catalogue already; ids must be new");
        }
        dropOldest();
    }

    /** A run that is in memory. */
    public synchronized Optional<RunLog> inMemory(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    /** A run with its history; may read from the archive's disk. */
    public Optional<RunLog> find(String id) {
        Optional<RunLog> known = inMemory(id);
        return known.isPresent() || archive == null ? known : archive.find(id);
    }

    /** Judgements, escapes and verdicts of a run, in order; may read from the archive's disk, but no series. */
    public List<RunEvent> findings(String id) {
        Optional<RunLog> known = inMemory(id);
        if (known.isPresent()) {
            return known.get().findings();
        }
        return archive == null ? List.of() : archive.findings(id);
    }

    /** Gives a run another name, tags and note; returns what they are then, or nothing where there is no such run. */
    public Optional<RunHeader> label(String id, UnaryOperator<RunHeader> change) {
        Optional<RunLog> found = find(id);
        found.ifPresent(log -> {
            log.label(change.apply(log.header()));
            if (archive != null) {
                archive.label(log.header());
            }
        });
        return found.map(RunLog::header);
    }

    /** Forgets a run that has ended, here and in the archive. */
    public void delete(String id) {
        synchronized (this) {
            runs.remove(id);
        }
        if (archive != null) {
            archive.delete(id);
        }
    }

    /** The newest runs, newest first. */
    public List<Listed> newest(int limit) {
        return list(null, limit, RunFilter.ALL);
    }

    /** The newest runs that came before the one named, newest first. Without an archive empty if that one is not known. */
    public List<Listed> before(String id, int limit) {
        return list(id, limit, RunFilter.ALL);
    }

    /**
     * Runs, newest first.
     *
     * @param before the run that they came before, or null
     */
    public List<Listed> list(String before, int limit, RunFilter filter) {
        List<RunLog> here = newestFirst();
        List<Listed> found = new ArrayList<>();
        if (archive == null) {
            boolean reached = before == null;
            for (RunLog run : here) {
                if (reached && filter.admits(run)) {
                    found.add(run);
                }
                reached |= run.header().id().equals(before);
            }
        } else {
            Set<String> seen = new HashSet<>();
            for (RunLog run : here) {
                String id = run.header().id();
                seen.add(id);
                if ((before == null || id.compareTo(before) < 0) && filter.admits(run)) {
                    found.add(run);
                }
            }
            // With a filter the archive may admit runs that have moved on in memory, and these are skipped below.
            int enough = filter.equals(RunFilter.ALL) ? limit : limit + seen.size();
            for (Listed run : archive.list(before, enough, filter)) {
                if (seen.add(run.header().id())) {
                    found.add(run);
                }
            }
            found.sort(Comparator.comparing((Listed run) -> run.header().id()).reversed());
        }
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    /** Runs in memory, those that go on among them, newest first. */
    public synchronized List<RunLog> newestFirst() {
        List<RunLog> all = new ArrayList<>(runs.values());
        Collections.reverse(all);
        return all;
    }

    /**
     * A run's series over a range of iterations, at most {@code points} of each: in the detail that the archive has, where
     * that is finer than what is in memory.
     *
     * @param names wanted; empty for all
     */
    public Columns series(RunLog log, Set<String> names, long fromIteration, long toIteration, int points) {
        Columns inMemory = log.series(names, fromIteration, toIteration, points);
        boolean fine = inMemory.level() == 0 || inMemory.rows() > points / 2;
        if (fine || archive == null) {
            return inMemory;
        }
        return archive.detail(log.header().id(), names, fromIteration, toIteration, points)
                .filter(detail -> detail.level() < inMemory.level())
                .orElse(inMemory);
    }

    /** How the archive does. */
    public ArchiveStatus archiveStatus() {
        return archive == null ? ArchiveStatus.none() : archive.status();
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
