package io.escapement.store.disk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables, and the steps from each version to the next. A step that has been released is never changed; a new one goes
 * to the end.
 *
 * <p>A run's series are pieces of its overview (buckets of 2^level iterations) and blocks of detail, oldest first; a
 * landmark's position is its index in the run's log.
 */
final class Schema {

    private static final String VERSION_1 = """
            CREATE TABLE run (
              key INTEGER PRIMARY KEY,
              id TEXT NOT NULL UNIQUE,
              owner TEXT NOT NULL,
              name TEXT NOT NULL,
              problem TEXT NOT NULL,
              solver TEXT NOT NULL,
              mechanism TEXT NOT NULL,
              experiment TEXT NOT NULL,
              cell TEXT NOT NULL,
              started INTEGER NOT NULL,
              updated INTEGER NOT NULL,
              state TEXT NOT NULL,
              ended INTEGER NOT NULL,
              last INTEGER NOT NULL,
              reshaped INTEGER NOT NULL,
              level INTEGER NOT NULL,
              dropped INTEGER NOT NULL,
              missed INTEGER NOT NULL,
              header TEXT NOT NULL,
              status TEXT NOT NULL,
              spark BLOB NOT NULL);
            CREATE INDEX run_live ON run (owner) WHERE ended = 0;
            CREATE INDEX run_updated ON run (updated) WHERE ended = 1;
            CREATE TABLE piece (
              run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
              number INTEGER NOT NULL,
              data BLOB NOT NULL,
              UNIQUE (run, number));
            CREATE TABLE detail (
              key INTEGER PRIMARY KEY,
              run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
              generation INTEGER NOT NULL,
              level INTEGER NOT NULL,
              rows INTEGER NOT NULL,
              first_iteration INTEGER NOT NULL,
              last_iteration INTEGER NOT NULL,
              data BLOB NOT NULL);
            CREATE INDEX detail_run ON detail (run);
            CREATE TABLE landmark (
              run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
              position INTEGER NOT NULL,
              kind TEXT NOT NULL,
              event TEXT NOT NULL,
              UNIQUE (run, position));
            """;

    /** What lists are ordered and filtered by, beside the JSON that has it too. A figure that is not a number is NULL. */
    private static final String VERSION_2 = """
            ALTER TABLE run ADD COLUMN tags TEXT NOT NULL DEFAULT '';
            ALTER TABLE run ADD COLUMN note TEXT NOT NULL DEFAULT '';
            ALTER TABLE run ADD COLUMN verdict TEXT;
            ALTER TABLE run ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1;
            ALTER TABLE run ADD COLUMN iteration INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE run ADD COLUMN loss REAL;
            ALTER TABLE run ADD COLUMN gradient REAL;
            ALTER TABLE run ADD COLUMN lambda_min REAL;
            ALTER TABLE run ADD COLUMN escapes INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE run ADD COLUMN rate REAL;
            ALTER TABLE run ADD COLUMN improved INTEGER;
            ALTER TABLE run ADD COLUMN spark_escapes BLOB NOT NULL DEFAULT x'';
            CREATE INDEX run_state ON run (state, tags, id);
            UPDATE run SET
              tags = ifnull(json_extract(header, '$.settings.tags'), ''),
              note = ifnull(json_extract(header, '$.settings.note'), '');
            UPDATE run SET
              verdict = json_extract(status, '$.verdict'),
              iteration = json_extract(status, '$.iteration'),
              loss = CASE json_extract(status, '$.values.loss') WHEN 'NaN' THEN NULL WHEN 'Infinity' THEN 9e999
                WHEN '-Infinity' THEN -9e999 ELSE json_extract(status, '$.values.loss') END,
              gradient = CASE json_extract(status, '$.values.gradientNorm') WHEN 'NaN' THEN NULL WHEN 'Infinity' THEN 9e999
                ELSE json_extract(status, '$.values.gradientNorm') END,
              escapes = json_extract(status, '$.escapes'),
              rate = json_extract(status, '$.iterationsPerSecond'),
              improved = CAST(unixepoch(json_extract(status, '$.lastImprovement'), 'subsec') * 1000 AS INTEGER)
              WHERE status <> '';
            """;

    /** What belongs to a run and is no event, by name. */
    private static final String VERSION_3 = """
            CREATE TABLE attachment (
              run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
              name TEXT NOT NULL,
              data BLOB NOT NULL,
              UNIQUE (run, name));
            """;

    /** Of a run at most the newest two checkpoints: the older one is for where the newer cannot be read. */
    private static final String VERSION_4 = """
            CREATE TABLE checkpoint (
              key INTEGER PRIMARY KEY,
              run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
              attempt INTEGER NOT NULL,
              iteration INTEGER NOT NULL,
              seq INTEGER NOT NULL,
              taken INTEGER NOT NULL,
              version TEXT NOT NULL,
              data BLOB NOT NULL);
            CREATE INDEX checkpoint_run ON checkpoint (run);
            """;

    /** Which figure the spark is of. Until then there was none of runs without a gradient norm. */
    private static final String VERSION_5 = """
            ALTER TABLE run ADD COLUMN spark_of TEXT NOT NULL DEFAULT 'gradientNorm';
            """;

    static final Schema CURRENT = new Schema(List.of(VERSION_1, VERSION_2, VERSION_3, VERSION_4, VERSION_5));

    private final List<String> steps;

    /** @param steps from version 0, which is empty, to 1, from 1 to 2, and so on */
    Schema(List<String> steps) {
        this.steps = List.copyOf(steps);
    }

    /** The first so many steps. */
    Schema upTo(int version) {
        return new Schema(steps.subList(0, version));
    }

    /** This and one more step. */
    Schema and(String step) {
        List<String> more = new ArrayList<>(steps);
        more.add(step);
        return new Schema(more);
    }

    int version() {
        return steps.size();
    }

    /**
     * Brings a database to the newest version; all steps or none.
     *
     * @throws SQLException if that fails, or the database is of a later version than this program
     */
    void migrate(Connection connection) throws SQLException {
        if (version(connection) == steps.size()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                // Another process may have done it meanwhile.
                int from = version(connection);
                if (from > steps.size()) {
                    throw new SQLException("it was written by a later version of Escapement (schema " + from
                            + "; up to " + steps.size() + " is known here); use that one, or another directory");
                }
                for (String step : steps.subList(from, steps.size())) {
                    statement.executeUpdate(step);
                }
                statement.execute("PRAGMA user_version = " + steps.size());
                statement.execute("COMMIT");
            } catch (SQLException e) {
                Transactions.rollBack(connection);
                throw e;
            }
        }
    }

    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }
}
