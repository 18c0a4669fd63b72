package io.escapement.store.disk;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** All or nothing. */
final class Transactions {

    private Transactions() {}

    /** Statements that may fail. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    /** Takes the right to write first, so that work that has read does not fail when it comes to write. */
    static void write(Connection connection, Work work) throws SQLException {
        run(connection, "BEGIN IMMEDIATE", work);
    }

    /** All reads see the same moment. */
    static void read(Connection connection, Work work) throws SQLException {
        run(connection, "BEGIN", work);
    }

    private static void run(Connection connection, String begin, Work work) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(begin);
        }
        boolean done = false;
        try {
            work.run();
            try (Statement statement = connection.createStatement()) {
                statement.execute("COMMIT");
            }
            done = true;
        } finally {
            if (!done) {
                rollBack(connection);
            }
        }
    }

    /** SQLite rolls some failures back by itself, and then this has nothing to do. */
    static void rollBack(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // No transaction is open.
        }
    }
}
