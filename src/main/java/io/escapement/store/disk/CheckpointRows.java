package io.escapement.store.disk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Checkpoints of runs in the database, the newest two of each. Within a transaction of the caller's. */
final class CheckpointRows {

    private static final int KEPT = 2;

    private CheckpointRows() {}

    static void write(Connection connection, long run, CheckpointDraft draft, byte[] data) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO checkpoint (run, attempt, iteration, seq, taken, version, data) VALUES (?,?,?,?,?,?,?)")) {
            insert.setLong(1, run);
            insert.setInt(2, draft.attempt());
            insert.setLong(3, draft.iteration());
            insert.setLong(4, draft.seq());
            insert.setLong(5, draft.time().toEpochMilli());
            insert.setString(6, draft.version());
            insert.setBytes(7, data);
            insert.executeUpdate();
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM checkpoint WHERE run = ?1 AND key NOT IN"
                        + " (SELECT key FROM checkpoint WHERE run = ?1 ORDER BY key DESC LIMIT " + KEPT + ")")) {
            delete.setLong(1, run);
            delete.executeUpdate();
        }
    }

    /** The run has ended for good. */
    static void clear(Connection connection, long run) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM checkpoint WHERE run = ?")) {
            delete.setLong(1, run);
            delete.executeUpdate();
        }
    }

    /** The newest first. */
    static List<StoredCheckpoint> read(Connection connection, String id) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT attempt, iteration, seq, taken, version, data FROM checkpoint"
                        + " WHERE run = (SELECT key FROM run WHERE id = ?) ORDER BY key DESC")) {
            query.setString(1, id);
            List<StoredCheckpoint> found = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(new StoredCheckpoint(
                            row.getInt(1),
                            row.getLong(2),
                            row.getLong(3),
                            Instant.ofEpochMilli(row.getLong(4)),
                            row.getString(5),
                            row.getBytes(6)));
                }
            }
            return found;
        }
    }
}
