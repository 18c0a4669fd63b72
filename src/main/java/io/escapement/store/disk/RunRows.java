package io.escapement.store.disk;

import io.escapement.event.RunHeader;
import io.escapement.event.Values;
import io.escapement.store.EventJson;
import io.escapement.store.Increment;
import io.escapement.store.RunLog;
import io.escapement.store.RunOrder;
import io.escapement.store.RunStatus;
import io.escapement.store.StreamJson;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes runs: header, status, overview and landmarks. Within a transaction of the caller's. */
final class RunRows implements AutoCloseable {

    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement clear;
    private final PreparedStatement piece;
    private final PreparedStatement landmark;

    RunRows(Connection connection) throws SQLException {
        insert = connection.prepareStatement(
                "INSERT INTO run (id, owner, name, problem, solver, mechanism, experiment, cell, started, header, updated,"
                        + " state, ended, last, reshaped, level, dropped, missed, status, spark, tags, note)"
                        + " VALUES (?,?,?,?,?,?,?,?,?,?,0,'',0,-1,-1,0,0,0,'','',?,?) RETURNING key");
        update = connection.prepareStatement(
                "UPDATE run SET updated = ?, state = ?, ended = ?, last = ?, reshaped = ?, level = ?, dropped = ?,"
                        + " missed = ?, status = ?, spark = ?, spark_escapes = ?, verdict = ?, attempt = ?, iteration = ?,"
                        + " loss = ?, gradient = ?, lambda_min = ?, escapes = ?, rate = ?, improved = ?, spark_of = ? WHERE key = ?");
        clear = connection.prepareStatement("DELETE FROM piece WHERE run = ?");
        piece = connection.prepareStatement("INSERT OR REPLACE INTO piece (run, number, data) VALUES (?, ?, ?)");
        landmark = connection.prepareStatement(
                "INSERT OR IGNORE INTO landmark (run, position, kind, event) VALUES (?, ?, ?, ?)");
    }

    /** Returns the run's key. */
    long insert(RunHeader header, String owner) throws SQLException {
        insert.setString(1, header.id());
        insert.setString(2, owner);
        insert.setString(3, header.name());
        insert.setString(4, header.problem());
        insert.setString(5, header.solver());
        insert.setString(6, header.escape());
        insert.setString(7, header.settings().getOrDefault("experiment", ""));
        insert.setString(8, header.settings().getOrDefault("cell", ""));
        insert.setLong(9, header.started().toEpochMilli());
        insert.setString(10, StreamJson.text(json -> StreamJson.header(json, header)));
        insert.setString(11, tags(header));
        insert.setString(12, header.note());
        try (ResultSet row = insert.executeQuery()) {
            return row.getLong(1);
        }
    }

    /** Returns whether there is such a run: somebody may have deleted it. */
    boolean write(long key, String id, Increment news) throws SQLException {
        if (!update(key, news)) {
            return false;
        }
        if (news.whole()) {
            clear.setLong(1, key);
            clear.executeUpdate();
        }
        for (Increment.Piece part : news.pieces()) {
            piece.setLong(1, key);
            piece.setLong(2, part.number());
            piece.setBytes(3, part.data());
            piece.executeUpdate();
        }
        for (RunLog.Landmark mark : news.landmarks()) {
            landmark.setLong(1, key);
            landmark.setLong(2, mark.index());
            landmark.setString(3, mark.event().kind());
            landmark.setString(4, StreamJson.text(json -> EventJson.write(json, id, mark.event())));
            landmark.executeUpdate();
        }
        return true;
    }

    private boolean update(long key, Increment news) throws SQLException {
        update.setLong(1, Instant.now().toEpochMilli());
        status(news.status());
        update.setLong(4, news.last());
        update.setLong(5, news.reshaped());
        update.setInt(6, news.level());
        update.setLong(7, news.dropped());
        update.setLong(8, news.missed());
        update.setBytes(10, bytes(news.spark().points()));
        update.setBytes(11, positions(news.sparkEscapes()));
        columns(news.status());
        update.setString(21, news.spark().figure());
        update.setLong(22, key);
        return update.executeUpdate() > 0;
    }

    private void status(RunStatus status) throws SQLException {
        update.setString(2, status.state().label());
        update.setBoolean(3, status.ended());
        update.setString(9, StreamJson.text(json -> StreamJson.status(json, status)));
    }

    /** What lists are ordered by. SQLite stores NaN as NULL, which is what is not known. */
    private void columns(RunStatus status) throws SQLException {
        update.setString(12, status.verdict());
        update.setInt(13, status.attempt());
        update.setLong(14, status.iteration());
        update.setDouble(15, status.values().getOrDefault(Values.LOSS, Double.NaN));
        update.setDouble(16, status.values().getOrDefault(Values.GRADIENT_NORM, Double.NaN));
        update.setDouble(17, RunOrder.lambdaMin(status));
        update.setInt(18, status.escapes());
        update.setDouble(19, status.iterationsPerSecond());
        if (status.lastImprovement() == null) {
            update.setNull(20, Types.INTEGER);
        } else {
            update.setLong(20, status.lastImprovement().toEpochMilli());
        }
    }

    /** As in the header's settings. */
    private static String tags(RunHeader header) {
        return String.join(", ", header.tags());
    }

    /**
     * The run's process is no more.
     *
     * @param lost how it stands then
     */
    static void lose(Connection connection, String id, RunStatus lost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE run SET state = ?, ended = 1, status = ? WHERE id = ? AND ended = 0")) {
            statement.setString(1, lost.state().label());
            statement.setString(2, StreamJson.text(json -> StreamJson.status(json, lost)));
            statement.setString(3, id);
            statement.executeUpdate();
        }
    }

    /**
     * Takes a run that has ended up again for a process.
     *
     * @param last index of the newest event that is known here
     * @return the run's key; 0 where somebody else has taken it up, or knows more of it
     */
    static long claim(Connection connection, String id, long last, String owner) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE run SET owner = ?1, ended = 0 WHERE id = ?2 AND (ended = 1 OR owner = ?1) AND last = ?3 RETURNING key")) {
            statement.setString(1, owner);
            statement.setString(2, id);
            statement.setLong(3, last);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** What people call the run and say of it. */
    static void label(Connection connection, RunHeader labelled) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE run SET name = ?, header = ?, tags = ?, note = ? WHERE id = ?")) {
            statement.setString(1, labelled.name());
            statement.setString(2, StreamJson.text(json -> StreamJson.header(json, labelled)));
            statement.setString(3, tags(labelled));
            statement.setString(4, labelled.note());
            statement.setString(5, labelled.id());
            statement.executeUpdate();
        }
    }

    static void delete(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM run WHERE id = ?")) {
            statement.setString(1, id);
            statement.executeUpdate();
        }
    }

    /** Nothing happens where there is no such run. */
    static void attach(Connection connection, String id, String name, byte[] content) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT OR REPLACE INTO attachment (run, name, data)" + " SELECT key, ?, ? FROM run WHERE id = ?")) {
            statement.setString(1, name);
            statement.setBytes(2, content);
            statement.setString(3, id);
            statement.executeUpdate();
        }
    }

    static void detach(Connection connection, long key, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM attachment WHERE run = ? AND name = ?")) {
            statement.setLong(1, key);
            statement.setString(2, name);
            statement.executeUpdate();
        }
    }

    private static byte[] bytes(List<Double> numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(Double.BYTES * numbers.size());
        for (double number : numbers) {
            buffer.putDouble(number);
        }
        return buffer.array();
    }

    private static byte[] positions(List<Integer> positions) {
        byte[] bytes = new byte[positions.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = positions.get(i).byteValue();
        }
        return bytes;
    }

    /** Positions in a spark, which has fewer than 128 points. */
    static List<Integer> positions(byte[] bytes) {
        List<Integer> positions = new ArrayList<>(bytes.length);
        for (byte position : bytes) {
            positions.add((int) position);
        }
        return positions;
    }

    static List<Double> numbers(byte[] bytes) {
        List<Double> numbers = new ArrayList<>();
        for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
            numbers.add(buffer.getDouble());
        }
        return numbers;
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        update.close();
        clear.close();
        piece.close();
        landmark.close();
    }
}
