package io.escapement.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.escapement.store.RunFilter;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final int SEED = 3;

    @TempDir
    private Path directory;

    private final TestRuns events = new TestRuns();
    private final Random random = new Random(SEED);

    private void append(RunLog log, int from, int to) {
        for (int i = from; i < to; i++) {
            log.append(events.iteration(i, random.nextGaussian(), random.nextGaussian()));
            if (i % 100 == 0) {
                log.append(events.message(i, "at " + i));
            }
        }
    }

    /** The first connection may use 25 pages; the one that is opened after a failure any number. */
    @Test
    void theRunGoesOnAndNothingIsMissingWhenThereIsRoomAgain() {
        Schema narrow = Schema.CURRENT.and("PRAGMA max_page_count = 25");
        try (RunStore store = new RunStore(StoreSettings.in(directory).withInterval(NEVER), narrow, took -> {})) {
            RunLog log = new RunLog(TestRuns.header("A"));
            store.record(log);
            append(log, 0, 100);
            store.flush();
            assertThat(store.status().state()).isEqualTo("writing");
            append(log, 100, 4000);
            // Writes of a large batch fail as a whole.
            store.attempt();
            assertThat(store.status().sentence()).contains("the disk is full");
            assertThat(store.list(null, 9, RunFilter.ALL)).hasSize(1);
            append(log, 4000, 6000);
            log.append(events.end(6000));
            store.flush();
            assertThat(store.status().state()).isEqualTo("writing");
            RunLog back = store.find("A").orElseThrow();
            assertThat(back.last()).isEqualTo(log.last());
            assertThat(back.snapshot().landmarks()).isEqualTo(log.snapshot().landmarks());
            assertThat(store.status().eventsMissed()).isZero();
        }
    }

    @Test
    void aFullFileSystemIsReportedAndRecoversWhenSpaceReturns() throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        mount("size=1m", small);
        try {
            Path ballast = small.resolve("ballast");
            Files.write(ballast, new byte[600_000]);
            Path place = small.resolve("store");
            try (RunStore store = new RunStore(StoreSettings.in(place).withInterval(NEVER), took -> {})) {
                RunLog log = new RunLog(TestRuns.header("A"));
                store.record(log);
                append(log, 0, 8000);
                store.flush();
                assertThat(store.status().sentence()).contains("the disk is full");
                Files.delete(ballast);
                append(log, 8000, 9000);
                log.append(events.end(9000));
                store.flush();
                assertThat(store.status().sentence()).contains("are stored in");
                assertThat(store.find("A").orElseThrow().snapshot().landmarks())
                        .isEqualTo(log.snapshot().landmarks());
            }
        } finally {
            run("umount", small.toString());
        }
    }

    /** Needs no rights: a file stands where the directory should be, and goes away. */
    @Test
    void aDirectoryThatCannotBeMadeIsReportedAndTheRunIsKeptWhenItCan() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        Path place = file.resolve("store");
        try (RunStore store = new RunStore(StoreSettings.in(place).withInterval(NEVER), took -> {})) {
            RunLog log = new RunLog(TestRuns.header("A"));
            store.record(log);
            append(log, 0, 10);
            store.flush();
            assertThat(store.status().sentence()).contains(place + " cannot be written");
            Files.delete(file);
            store.flush();
            assertThat(store.status().state()).isEqualTo("writing");
            assertThat(store.list(null, 9, RunFilter.ALL)).hasSize(1);
        }
    }

    @Test
    void aFileSystemThatMayOnlyBeReadIsReported() throws Exception {
        Path place = Files.createDirectory(directory.resolve("readonly"));
        mount("ro", place);
        try (RunStore store = new RunStore(StoreSettings.in(place).withInterval(NEVER), took -> {})) {
            RunLog log = new RunLog(TestRuns.header("A"));
            store.record(log);
            append(log, 0, 10);
            store.flush();
            assertThat(store.status().sentence()).contains(place + " cannot be written");
            run("mount", "-o", "remount,rw", place.toString());
            store.flush();
            assertThat(store.status().state()).isEqualTo("writing");
            assertThat(store.list(null, 9, RunFilter.ALL)).hasSize(1);
        } finally {
            run("umount", place.toString());
        }
    }

    /** Only root may; CI is, so that there it must not fail. */
    private static void mount(String options, Path place) throws IOException, InterruptedException {
        int code = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", place.toString());
        if ("true".equals(System.getenv("CI"))) {
            assertThat(code).as("mount of a tmpfs").isZero();
        } else {
            assumeThat(code).as("only root may mount").isZero();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
