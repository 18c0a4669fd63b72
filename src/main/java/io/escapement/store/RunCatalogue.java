package io.escapement.store;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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
        if (archive != null) {
            return page(
                    filter, RunOrder.NEWEST_FIRST, before == null ? null : new RunOrder.Place(before, before), limit);
        }
        List<Listed> found = new ArrayList<>();
        boolean reached = before == null;
        for (RunLog run : newestFirst()) {
            if (reached && filter.admits(run)) {
                found.add(run);
            }
            reached |= run.header().id().equals(before);
        }
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    /**
     * Runs in an order.
     *
     * @param after where the last one stands that is known already, or null
     */
    public List<Listed> page(RunFilter filter, RunOrder order, RunOrder.Place after, int limit) {
        RunPage page = new RunPage(order, after);
        List<RunLog> here = newestFirst();
        here.stream().filter(filter::admits).forEach(page::add);
        if (archive != null) {
            archive.page(filter, order, after, ids(here), limit).forEach(page::add);
        }
        return page.first(limit);
    }

    private static Set<String> ids(List<RunLog> runs) {
        return runs.stream().map(run -> run.header().id()).collect(Collectors.toUnmodifiableSet());
    }

    /** How many runs a list with this filter has, by their states. */
    public Map<RunState, Long> count(RunFilter filter) {
        Map<RunState, Long> counts = new EnumMap<>(RunState.class);
        List<RunLog> here = newestFirst();
        for (RunLog run : here) {
            if (filter.admits(run)) {
                counts.merge(run.status().state(), 1L, Long::sum);
            }
        }
        if (archive != null) {
            archive.count(filter, ids(here)).forEach((state, count) -> counts.merge(state, count, Long::sum));
        }
        return counts;
    }

    /** What a list tells of these runs; those that are not known are left out. */
    public List<Listed> named(Collection<String> ids) {
        List<Listed> found = new ArrayList<>();
        Set<String> elsewhere = new LinkedHashSet<>();
        for (String id : ids) {
            inMemory(id).ifPresentOrElse(found::add, () -> elsewhere.add(id));
        }
        if (archive != null && !elsewhere.isEmpty()) {
            found.addAll(archive.named(elsewhere));
        }
        return found;
    }

    /** Escapes accepted at a moment or later, by the producers' clocks, in all runs. */
    public long escapesSince(Instant moment) {
        List<RunLog> here = newestFirst();
        long count = 0;
        for (RunLog run : here) {
            count += run.escapesSince(moment);
        }
        return archive == null ? count : count + archive.escapesSince(moment, ids(here));
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

    /** What the newest attempts of a run took out of its series, in order of attempt. */
    public List<Replaced> replaced(RunLog log) {
        Map<Integer, Replaced> here = new TreeMap<>();
        log.replaced().forEach(rows -> here.put(rows.attempt(), rows));
        List<Attempt> attempts = log.status().attempts();
        for (Attempt attempt : attempts.subList(Math.max(0, attempts.size() - Replaced.KEPT), attempts.size())) {
            int number = attempt.number();
            if (!here.containsKey(number)) {
                attachment(log, Replaced.name(number))
                        .map(SeriesBlock::read)
                        .ifPresent(rows -> here.put(number, new Replaced(number, log.last(), rows)));
            }
        }
        return List.copyOf(here.values());
    }

    /** What is kept beside the events of a run under a name; of a run in memory its own. */
    public Optional<byte[]> attachment(RunLog log, String name) {
        Optional<Attachment> own = name.equals(Attachment.PATH) ? log.attachment() : Optional.empty();
        if (own.isPresent()) {
            return own.map(Attachment::content);
        }
        return archive == null
                ? Optional.empty()
                : archive.attachment(log.header().id(), name);
    }

    /** Keeps something beside the events of a run, where there is an archive. */
    public void attach(String id, String name, byte[] content) {
        if (archive != null) {
            archive.attach(id, name, content);
        }
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
