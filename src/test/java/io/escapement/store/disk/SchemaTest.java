package io.escapement.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.event.RunState;
import io.escapement.store.RunFilter;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

    @TempDir
    private Path directory;

    private RunStore open(Schema schema) {
        return new RunStore(StoreSettings.in(directory).withInterval(Duration.ofHours(1)), schema, took -> {});
    }

    /** A database as the first release wrote it: what comes later must read it. */
    @Test
    void everyVersionSinceTheFirstIsReadAndWritten() throws Exception {
        try (InputStream in = getClass().getResourceAsStream("/store/version-1.sql");
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(Database.NAME));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(Schema.version(connection)).isEqualTo(1);
        }
        try (RunStore store = open(Schema.CURRENT)) {
            RunLog log = store.find("OLD").orElseThrow();
            assertThat(log.status().state()).isEqualTo(RunState.LIMIT);
            assertThat(log.snapshot().columns().rows()).isEqualTo(40);
            assertThat(log.snapshot().landmarks()).hasSize(4);
            RunLog young = new RunLog(TestRuns.header("NEW"));
            store.record(young);
            store.flush();
            assertThat(store.list(null, 9, RunFilter.ALL)).hasSize(2);
        }
    }

    @Test
    void aStepKeepsWhatIsThere() throws SQLException, IOException {
        try (RunStore store = open(Schema.CURRENT)) {
            store.record(new RunLog(TestRuns.header("A")));
        }
        Schema next = Schema.CURRENT.and("ALTER TABLE run ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';");
        try (RunStore store = open(next)) {
            assertThat(store.list(null, 9, RunFilter.ALL)).hasSize(1);
        }
        try (Connection connection = Database.open(directory, next)) {
            assertThat(Schema.version(connection)).isEqualTo(next.version());
        }
        // And the program that does not know the step leaves the database alone, and says why.
        try (RunStore store = open(Schema.CURRENT)) {
            store.flush();
            assertThat(store.status().sentence()).contains("later version of Escapement");
        }
    }

    @Test
    void aStepThatFailsChangesNothing() throws SQLException, IOException {
        Database.open(directory, Schema.CURRENT).close();
        Schema wrong = Schema.CURRENT.and("CREATE TABLE half (a INTEGER); CREATE TABLE run (a INTEGER);");
        assertThatThrownBy(() -> Database.open(directory, wrong)).isInstanceOf(SQLException.class);
        try (Connection connection = Database.open(directory, Schema.CURRENT);
                Statement statement = connection.createStatement()) {
            assertThat(Schema.version(connection)).isEqualTo(Schema.CURRENT.version());
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM half"))
                    .hasMessageContaining("no such table");
        }
    }
}
