package io.escapement.store.disk;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.escapement.store.ArrivalsJson;
import io.escapement.store.Increment;
import io.escapement.store.Listed;
import io.escapement.store.MalformedEvent;
import io.escapement.store.RunFilter;
import io.escapement.store.RunLog;
import io.escapement.store.RunOrder;
import io.escapement.store.SeriesBlock;
import io.escapement.store.SparkLine;
import io.escapement.store.StoredJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads runs. One thread at a time. Over the usual length because each question has its statement beside it. */
final class RunReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunReader.class);

    /** Landmarks that a log read from here has; the rest are for {@link #landmarks}. */
    private static final int LANDMARKS_KEPT = 10_000;

    private final Connection connection;

    /** @param connection taken over */
    RunReader(Connection connection) {
        this.connection = connection;
    }

    /** Grows whenever anybody writes. */
    long version() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA data_version")) {
            return row.getLong(1);
        }
    }

    long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM run")) {
            return row.getLong(1);
        }
    }

    /** When the oldest run began; ids begin with the time, so that it need not be looked for. */
    Optional<Instant> oldest() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT started FROM run ORDER BY id LIMIT 1")) {
            return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
        }
    }

    List<Listed> page(RunFilter filter, RunOrder order, RunOrder.Place after, Set<String> except, int limit)
            throws SQLException {
        return listed(new ListQuery(filter).except(except).after(order, after), order, limit);
    }

    List<Listed> named(Set<String> ids) throws SQLException {
        return listed(new ListQuery(RunFilter.ALL).among(ids), RunOrder.NEWEST_FIRST, ids.size());
    }

    private List<Listed> listed(ListQuery which, RunOrder order, int limit) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT header, status, last, spark_of, spark, spark_escapes, updated FROM run WHERE " + which.where()
                        + " ORDER BY " + ListQuery.orderBy(order) + " LIMIT " + limit)) {
            which.bind(query);
            List<Listed> runs = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    try {
                        runs.add(new StoredRun(
                                StoredJson.header(row.getString(1)),
                                StoredJson.status(row.getString(2)),
                                row.getLong(3),
                                new SparkLine(row.getString(4), RunRows.numbers(row.getBytes(5))),
                                RunRows.positions(row.getBytes(6)),
                                Instant.ofEpochMilli(row.getLong(7))));
                    } catch (MalformedEvent e) {
                        LOG.warn("a stored run is left out of the list, because it cannot be read: {}", e.getMessage());
                    }
                }
            }
            return runs;
        }
    }

    Map<RunState, Long> count(RunFilter filter, Set<String> except) throws SQLException {
        ListQuery which = new ListQuery(filter).except(except);
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT state, count(*) FROM run WHERE " + which.where() + " GROUP BY state")) {
            which.bind(query);
            Map<RunState, Long> counts = new EnumMap<>(RunState.class);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String label = row.getString(1);
                    long count = row.getLong(2);
                    Arrays.stream(RunState.values())
                            .filter(state -> state.label().equals(label))
                            .forEach(state -> counts.put(state, count));
                }
            }
            return counts;
        }
    }

    /** Only runs that were written since then can have any. */
    long escapesSince(Instant moment, Set<String> except) throws SQLException {
        ListQuery which = new ListQuery(RunFilter.ALL).except(except).updatedSince(moment);
        try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM landmark WHERE kind ="
                + " 'escape' AND json_extract(event, '$.outcome') = 'accepted' AND unixepoch(json_extract(event,"
                + " '$.time'), 'subsec') >= "
                + which.parameter(moment.toEpochMilli() / 1000.0) + " AND run IN (SELECT key FROM run WHERE "
                + which.where()
                + ")")) {
            which.bind(query);
            try (ResultSet row = query.executeQuery()) {
                return row.getLong(1);
            }
        }
    }

    /** Index of the newest event that is stored of a run, and whether it has ended; empty if it is not there. */
    Optional<Position> position(String id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT last, ended FROM run WHERE id = ?")) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(new Position(row.getLong(1), row.getBoolean(2))) : Optional.empty();
            }
        }
    }

    /** How far a run is stored. */
    record Position(long last, boolean ended) {}

    /** A run as it is stored. */
    record Whole(RunHeader header, Increment all) {}

    Optional<Whole> whole(String id) throws SQLException {
        List<Whole> found = new ArrayList<>();
        Transactions.read(connection, () -> readWhole(id).ifPresent(found::add));
        return found.stream().findFirst();
    }

    private Optional<Whole> readWhole(String id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT key, header, status, last, reshaped, level, dropped, missed, spark_of, spark,"
                        + " spark_escapes FROM run"
                        + " WHERE id = ?")) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                long key = row.getLong(1);
                Increment all = new Increment(
                        row.getLong(4),
                        row.getLong(5),
                        row.getInt(6),
                        true,
                        pieces(key),
                        newestLandmarks(key),
                        StoredJson.status(row.getString(3)),
                        new SparkLine(row.getString(9), RunRows.numbers(row.getBytes(10))),
                        RunRows.positions(row.getBytes(11)),
                        row.getLong(7),
                        row.getLong(8),
                        List.of(),
                        List.of(),
                        List.of(),
                        attachment(id, ArrivalsJson.NAME)
                                .map(ArrivalsJson::read)
                                .orElse(null));
                return Optional.of(new Whole(StoredJson.header(row.getString(2)), all));
            }
        }
    }

    private List<Increment.Piece> pieces(long key) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT number, data FROM piece WHERE run = ? ORDER BY number")) {
            query.setLong(1, key);
            List<Increment.Piece> pieces = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    pieces.add(new Increment.Piece(row.getLong(1), row.getBytes(2)));
                }
            }
            return pieces;
        }
    }

    private List<RunLog.Landmark> newestLandmarks(long key) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT position, event FROM landmark WHERE run = ? ORDER BY position DESC LIMIT " + LANDMARKS_KEPT)) {
            query.setLong(1, key);
            Deque<RunLog.Landmark> landmarks = new ArrayDeque<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    long position = row.getLong(1);
                    StoredEvent.read(row.getString(2))
                            .ifPresent(event -> landmarks.addFirst(new RunLog.Landmark(position, event)));
                }
            }
            return List.copyOf(landmarks);
        }
    }

    Optional<byte[]> attachment(String id, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT data FROM attachment WHERE run = (SELECT key FROM run WHERE id = ?) AND name = ?")) {
            query.setString(1, id);
            query.setString(2, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        }
    }

    /** The newest first. */
    List<StoredCheckpoint> checkpoints(String id) throws SQLException {
        return CheckpointRows.read(connection, id);
    }

    /** Judgements, escapes and verdicts of a run, in order. */
    List<RunEvent> findings(String id) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT event FROM landmark WHERE run = (SELECT key FROM run WHERE id = ?)"
                        + " AND kind IN ('stationary', 'escape', 'verdict') ORDER BY position")) {
            query.setString(1, id);
            List<RunEvent> findings = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    StoredEvent.read(row.getString(1)).ifPresent(findings::add);
                }
            }
            return findings;
        }
    }

    /** Every landmark of a run as it was written, in order. */
    void landmarks(String id, Consumer<String> reader) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT event FROM landmark WHERE run = (SELECT key FROM run WHERE id = ?) ORDER BY position")) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    reader.accept(row.getString(1));
                }
            }
        }
    }

    /** A run's blocks of detail that hold anything between two iterations, in order. */
    void detail(String id, long fromIteration, long toIteration, Consumer<SeriesBlock> reader) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT data FROM detail WHERE run = (SELECT key FROM run WHERE id = ?) AND last_iteration >= ? AND"
                        + " first_iteration <= ? ORDER BY key")) {
            query.setString(1, id);
            query.setLong(2, fromIteration);
            query.setLong(3, toIteration);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    reader.accept(SeriesBlock.read(row.getBytes(1)));
                }
            }
        }
    }

    /** First iteration that the detail of a run goes back to; empty where it has none. */
    Optional<Long> detailFrom(String id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT min(first_iteration) FROM detail WHERE run =" + " (SELECT key FROM run WHERE id = ?)")) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                long first = row.getLong(1);
                return row.wasNull() ? Optional.empty() : Optional.of(first);
            }
        }
    }

    /** Rows and coarsest level of the detail between two iterations. */
    Extent extent(String id, long fromIteration, long toIteration) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT coalesce(sum(rows), 0), coalesce(max(level), 0) FROM detail WHERE run ="
                        + " (SELECT key FROM run WHERE id = ?) AND last_iteration >= ? AND first_iteration <= ?")) {
            query.setString(1, id);
            query.setLong(2, fromIteration);
            query.setLong(3, toIteration);
            try (ResultSet row = query.executeQuery()) {
                return new Extent(row.getLong(1), row.getInt(2));
            }
        }
    }

    /** How much there is to read. */
    record Extent(long rows, int level) {}

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
