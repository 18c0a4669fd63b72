package io.escapement.store.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Opens the database, and says in words what is wrong with it. */
final class Database {

    static final String NAME = "runs.db";

    /** How long to wait for another process that writes. */
    private static final int BUSY_MILLIS = 10_000;

    private Database() {}

    /** For writing; makes directory and tables. */
    static Connection open(Path directory, Schema schema) throws IOException, SQLException {
        Files.createDirectories(directory);
        // The page layout has to be chosen before the first page is written, and WAL mode writes one.
        Connection connection = connect(directory, "PRAGMA auto_vacuum = INCREMENTAL", "PRAGMA journal_mode = WAL");
        try {
            schema.migrate(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** For reading what a writer has made. */
    static Connection reader(Path directory) throws SQLException {
        return connect(directory, "PRAGMA query_only = ON");
    }

    private static Connection connect(Path directory, String... pragmas) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(NAME));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
            statement.execute("PRAGMA foreign_keys = ON");
            statement.execute("PRAGMA synchronous = NORMAL");
            for (String pragma : pragmas) {
                statement.execute(pragma);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** What is wrong, to be read after "because". */
    static String words(Path directory, Exception error) {
        if (error instanceof SQLiteException known) {
            SQLiteErrorCode code = known.getResultCode();
            // Extended codes carry the plain one in their lowest byte.
            return switch (code.code & 0xff) {
                case 13 -> "the disk is full";
                case 8, 14, 3 -> directory + " cannot be written";
                case 10 ->
                    directory + " cannot be read or written: the disk fails, or a quota or a limit on the size of"
                            + " files is reached";
                case 26 -> directory.resolve(NAME) + " is not a database of Escapement";
                case 11 -> directory.resolve(NAME) + " is damaged; move it away, and a new one is begun";
                case 5, 6 -> "another process holds the database for longer than " + BUSY_MILLIS / 1000 + " s";
                default -> "the database says: " + error.getMessage();
            };
        }
        if (error instanceof FileAlreadyExistsException) {
            return directory + " is a file; a directory is needed";
        }
        if (error instanceof FileSystemException known) {
            return known.getFile() + " cannot be written"
                    + (known.getReason() == null ? "" : " (" + known.getReason() + ")");
        }
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }

    /** The files of the database, of which some may not be there. */
    static List<Path> files(Path directory) {
        return List.of(directory.resolve(NAME), directory.resolve(NAME + "-wal"), directory.resolve(NAME + "-shm"));
    }
}
