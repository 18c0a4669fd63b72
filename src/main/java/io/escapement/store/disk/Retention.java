package io.escapement.store.disk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;

/** Deletes ended runs that are too old, and the oldest while there is too much; runs that go on are never touched. */
final class Retention {

    /** Runs deleted in one transaction: others write between two. */
    private static final int AT_ONCE = 20;

    /** Of the file, given back to the system at a time; what is left over is used again. */
    private static final int PAGES_AT_ONCE = 10_000;

    private final Connection connection;
    private final StoreSettings settings;

    Retention(Connection connection, StoreSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /**
     * Returns whether there is more to delete.
     *
     * @param now empty where the time is not known for sure: then nothing is too old
     */
    boolean sweep(Optional<Instant> now) throws SQLException {
        int gone = 0;
        if (now.isPresent()) {
            long before = now.get().minus(settings.maxAge()).toEpochMilli();
            gone = delete("ended = 1 AND updated < " + before);
        }
        if (gone == 0 && used() > settings.maxBytes()) {
            gone = delete("ended = 1");
        }
        if (gone > 0) {
            try (Statement statement = connection.createStatement()) {
                // As an update it is executed to its end; execute and executeQuery would free one page and stop.
                statement.executeUpdate("PRAGMA incremental_vacuum(" + PAGES_AT_ONCE + ")");
            }
        }
        return gone == AT_ONCE;
    }

    private int delete(String which) throws SQLException {
        int[] gone = {0};
        Transactions.write(connection, () -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM run WHERE key IN (SELECT key FROM run" + " WHERE " + which
                            + " ORDER BY updated LIMIT " + AT_ONCE + ")")) {
                gone[0] = delete.executeUpdate();
            }
        });
        return gone[0];
    }

    /** Bytes of pages that hold anything. */
    private long used() throws SQLException {
        return (pragma("page_count") - pragma("freelist_count")) * pragma("page_size");
    }

    private long pragma(String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.getLong(1);
        }
    }
}
