package io.escapement.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.store.Listed;
import io.escapement.store.RunFilter;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

    @TempDir
    private Path directory;

    private StoreSettings settings() {
        return StoreSettings.in(directory).withInterval(Duration.ofHours(1));
    }

    /** 50 ended runs, oldest first, and one that goes on, oldest of all. */
    @BeforeEach
    void fill() {
        Random random = new Random(4);
        try (RunStore store = new RunStore(settings(), took -> {})) {
            for (int r = 0; r < 51; r++) {
                RunLog log = new RunLog(TestRuns.header(String.format("R%02d", r)));
                store.record(log);
                TestRuns events = new TestRuns();
                for (int i = 0; i < 300; i++) {
                    log.append(events.iteration(i, random.nextGaussian(), 1));
                }
                if (r > 0) {
                    log.append(events.end(300));
                }
                if (r % 10 == 0) {
                    store.flush();
                }
            }
            store.flush();
            assertThat(ids(store)).hasSize(51);
        }
    }

    private static List<String> ids(RunStore store) {
        return store.list(null, 100, RunFilter.ALL).stream()
                .map((Listed run) -> run.header().id())
                .toList();
    }

    private void sweep(StoreSettings settings, Instant now) throws Exception {
        try (Connection connection = Database.open(directory, Schema.CURRENT)) {
            connection.createStatement().executeUpdate("UPDATE run SET ended = 0 WHERE id = 'R00'");
            Retention retention = new Retention(connection, settings);
            while (retention.sweep(Optional.of(now))) {
                // There is more.
            }
            try (ResultSet free = connection.createStatement().executeQuery("PRAGMA freelist_count")) {
                assertThat(free.getLong(1)).as("pages kept in the file").isZero();
            }
        }
    }

    @Test
    void oldRunsGoAndThoseThatGoOnStay() throws Exception {
        sweep(
                settings().withLimits(Duration.ofDays(1), Long.MAX_VALUE),
                Instant.now().plus(Duration.ofDays(2)));
        try (RunStore store = new RunStore(settings(), took -> {})) {
            assertThat(ids(store)).containsExactly("R00");
        }
    }

    @Test
    void youngRunsStay() throws Exception {
        sweep(
                settings().withLimits(Duration.ofDays(3), Long.MAX_VALUE),
                Instant.now().plus(Duration.ofDays(2)));
        try (RunStore store = new RunStore(settings(), took -> {})) {
            assertThat(ids(store)).hasSize(51);
        }
    }

    @Test
    void whileTheTimeIsNotKnownNothingIsTooOld() throws Exception {
        try (Connection connection = Database.open(directory, Schema.CURRENT)) {
            StoreSettings strict = settings().withLimits(Duration.ZERO, Long.MAX_VALUE);
            assertThat(new Retention(connection, strict).sweep(Optional.empty()))
                    .isFalse();
        }
        try (RunStore store = new RunStore(settings(), took -> {})) {
            assertThat(ids(store)).hasSize(51);
        }
    }

    @Test
    void ofTooMuchTheOldestGo() throws Exception {
        sweep(settings().withLimits(Duration.ofDays(1), 200_000), Instant.now());
        try (RunStore store = new RunStore(settings(), took -> {})) {
            List<String> left = ids(store);
            assertThat(left.size()).isBetween(2, 30);
            assertThat(left).contains("R50", "R00").doesNotContain("R01");
        }
    }
}
