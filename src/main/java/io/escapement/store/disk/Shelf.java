package io.escapement.store.disk;

import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.store.Columns;
import io.escapement.store.Listed;
import io.escapement.store.RunFilter;
import io.escapement.store.RunLog;
import io.escapement.store.RunOrder;
import io.escapement.store.RunStatus;
import io.escapement.store.SeriesBlock;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is read from the disk, and what of it is kept at hand: the newest lists, and a few dozen runs that somebody looked at
 * last. A run that another process goes on with is brought up to date for as long as somebody holds it.
 */
final class Shelf implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
    private static final int LISTS = 8;
    private static final int RUNS = 32;

    /**
     * Of detail that are read for one answer, beyond which the overview must do. Where the range is that wide, the overview is a
     * bucket or two coarser at most, and to unpack 1.6 million rows took an answer ten times as long as to unpack 100,000.
     */
    private static final long MOST_ROWS = 500_000;

    private final Path directory;

    /** Null until there is a database. */
    private RunReader reader;

    private long version = -1;
    private boolean failed;
    private final Map<Question, List<Listed>> lists = newestOf(LISTS);
    private final Map<Census, Map<RunState, Long>> counts = newestOf(LISTS);
    private final Map<String, RunLog> lately = newestOf(RUNS);
    private final Map<String, WeakReference<RunLog>> loaded = new HashMap<>();

    private record Question(RunFilter filter, RunOrder order, RunOrder.Place after, Set<String> except, int limit) {}

    private record Census(RunFilter filter, Set<String> except) {}

    Shelf(Path directory) {
        this.directory = directory;
    }

    private static <K, V> Map<K, V> newestOf(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** Something to read. */
    @FunctionalInterface
    private interface Reading<T> {
        T from(RunReader reader) throws SQLException;
    }

    /** {@code otherwise} where there is no database, or it cannot be read. */
    private synchronized <T> T read(T otherwise, Reading<T> reading) {
        try {
            if (reader == null) {
                if (!Files.isRegularFile(directory.resolve(Database.NAME))) {
                    return otherwise;
                }
                reader = new RunReader(Database.reader(directory));
            }
            T read = reading.from(reader);
            failed = false;
            return read;
        } catch (SQLException e) {
            if (!failed) {
                failed = true;
                LOG.warn("Stored runs cannot be read, because {}.", Database.words(directory, e));
            }
            drop();
            return otherwise;
        }
    }

    private void drop() {
        if (reader != null) {
            try {
                reader.close();
            } catch (SQLException e) {
                LOG.debug("a connection could not be closed", e);
            }
            reader = null;
            version = -1;
        }
    }

    synchronized List<Listed> page(
            RunFilter filter, RunOrder order, RunOrder.Place after, Set<String> except, int limit) {
        return read(List.of(), from -> {
            forgetOld(from);
            Question question = new Question(filter, order, after, except, limit);
            List<Listed> known = lists.get(question);
            if (known == null) {
                known = from.page(filter, order, after, except, limit);
                lists.put(question, known);
            }
            return known;
        });
    }

    synchronized Map<RunState, Long> count(RunFilter filter, Set<String> except) {
        return read(Map.of(), from -> {
            forgetOld(from);
            Census census = new Census(filter, except);
            Map<RunState, Long> known = counts.get(census);
            if (known == null) {
                known = from.count(filter, except);
                counts.put(census, known);
            }
            return known;
        });
    }

    /** Somebody has written. */
    private void forgetOld(RunReader from) throws SQLException {
        long now = from.version();
        if (now != version) {
            version = now;
            lists.clear();
            counts.clear();
        }
    }

    List<Listed> named(Set<String> ids) {
        return read(List.of(), from -> from.named(ids));
    }

    long escapesSince(Instant moment, Set<String> except) {
        return read(0L, from -> from.escapesSince(moment, except));
    }

    synchronized Optional<RunLog> find(String id) {
        WeakReference<RunLog> held = loaded.get(id);
        RunLog known = held == null ? null : held.get();
        if (known != null) {
            lately.put(id, known);
            return Optional.of(known);
        }
        Optional<RunLog> found =
                read(Optional.empty(), from -> from.whole(id).map(whole -> RunLog.stored(whole.header(), whole.all())));
        found.ifPresent(log -> {
            lately.put(id, log);
            loaded.values().removeIf(other -> other.get() == null);
            loaded.put(id, new WeakReference<>(log));
        });
        return found;
    }

    /** The run has been deleted. */
    synchronized void forget(String id) {
        loaded.remove(id);
        lately.remove(id);
        lists.clear();
        counts.clear();
    }

    /** Brings what is held of runs that go on elsewhere up to date. */
    synchronized void refresh() {
        for (Map.Entry<String, WeakReference<RunLog>> entry : List.copyOf(loaded.entrySet())) {
            RunLog log = entry.getValue().get();
            // One that is lost may be taken up again by another process.
            if (log == null || (log.ended() && !RunStatus.canResume(log.status().state()))) {
                continue;
            }
            read(Optional.empty(), from -> {
                Optional<RunReader.Position> now = from.position(entry.getKey());
                if (now.isPresent()
                        && (now.get().last() != log.last() || now.get().ended() != log.ended())) {
                    from.whole(entry.getKey()).ifPresent(whole -> log.mirror(whole.all()));
                }
                return now;
            });
        }
    }

    Optional<Columns> detail(String id, Set<String> names, long fromIteration, long toIteration, int points) {
        return read(Optional.empty(), from -> {
            Optional<Long> first = from.detailFrom(id);
            if (first.isEmpty() || first.get() > Math.max(0, fromIteration)) {
                return Optional.empty();
            }
            RunReader.Extent extent = from.extent(id, fromIteration, toIteration);
            if (extent.rows() > MOST_ROWS) {
                return Optional.empty();
            }
            int level = extent.level();
            for (long rows = extent.rows(); rows > 64L * points; rows /= 2) {
                level++;
            }
            List<SeriesBlock> blocks = new ArrayList<>();
            int least = level;
            from.detail(id, fromIteration, toIteration, block -> blocks.add(SeriesBlock.joined(List.of(block), least)));
            if (blocks.isEmpty()) {
                return Optional.empty();
            }
            SeriesBlock all = SeriesBlock.joined(blocks, level).between(fromIteration, toIteration);
            all.fit(points);
            return Optional.of(all.columns(names));
        });
    }

    void detail(String id, Consumer<SeriesBlock> consumer) {
        read(null, from -> {
            from.detail(id, 0, Long.MAX_VALUE, consumer);
            return null;
        });
    }

    Optional<byte[]> attachment(String id, String name) {
        return read(Optional.empty(), from -> from.attachment(id, name));
    }

    List<StoredCheckpoint> checkpoints(String id) {
        return read(List.of(), from -> from.checkpoints(id));
    }

    void landmarks(String id, Consumer<String> consumer) {
        read(null, from -> {
            from.landmarks(id, consumer);
            return null;
        });
    }

    List<RunEvent> findings(String id) {
        return read(List.of(), from -> from.findings(id));
    }

    long count() {
        return read(0L, RunReader::count);
    }

    Optional<Instant> oldest() {
        return read(Optional.empty(), RunReader::oldest);
    }

    @Override
    public synchronized void close() {
        drop();
    }
}
