package io.escapement.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import io.escapement.store.Columns;
import io.escapement.store.RunLog;
import io.escapement.store.SeriesBlock;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they write, one after another in one directory. */
@Timeout(120)
class KillIT {

    private static final int KILLS = 3;

    @TempDir
    private Path directory;

    @Test
    void whatWasWrittenBeforeAKillIsThereAndTheRunIsLost() throws Exception {
        List<Long> promised = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            promised.add(killed("R" + kill, 3 + 30 * kill));
        }
        try (Connection connection = Database.open(directory, Schema.CURRENT);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(row.getString(1)).isEqualTo("ok");
        }
        try (RunStore store = new RunStore(StoreSettings.in(directory).withInterval(Duration.ofHours(1)), t -> {})) {
            for (int kill = 0; kill < KILLS; kill++) {
                RunLog log = store.find("R" + kill).orElseThrow();
                assertThat(log.status().state()).isEqualTo(RunState.LOST);
                assertThat(log.last()).isGreaterThanOrEqualTo(promised.get(kill));
                whole(log);
                store.detail("R" + kill, KillIT::exact);
            }
        }
    }

    /** Kills a writer in the middle of things, after so many writes; returns the event that must have been written. */
    private long killed(String run, int writes) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        KilledWriter.class.getName(),
                        directory.toString(),
                        run)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long promised = -1;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < writes; i++) {
                promised = promise(out.readLine());
            }
            // Through its handle: the process itself would close the stream that is still to be read.
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                // The last line may be cut; one that is whole ends with a blank.
                promised = line.endsWith(" ") ? promise(line) : promised;
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return promised;
    }

    /** Of what the writer needs, wherever whoever runs this test has it. */
    private static String classPath() {
        return Stream.of(
                        KilledWriter.class,
                        RunStore.class,
                        JsonFactory.class,
                        ObjectMapper.class,
                        JsonProperty.class,
                        org.sqlite.JDBC.class,
                        org.slf4j.Logger.class,
                        ch.qos.logback.classic.Logger.class,
                        ch.qos.logback.core.Context.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static long promise(String line) {
        return Long.parseLong(line.strip());
    }

    /** No bucket and no landmark is missing up to the last event. */
    private static void whole(RunLog log) {
        Columns columns = log.snapshot().columns();
        long expected = 0;
        for (int row = 0; row < columns.rows(); row++) {
            assertThat(columns.bucket(row)).isEqualTo(expected++);
        }
        // Each iteration is an event, and each fiftieth has a landmark before it.
        int spacing = KilledWriter.SPACING;
        long landmarks = log.last() / (spacing + 1) + 1;
        List<RunLog.Landmark> marks = log.landmarks("message", -1, Integer.MAX_VALUE);
        assertThat(marks).hasSize((int) landmarks);
        for (int m = 0; m < marks.size(); m++) {
            assertThat(marks.get(m).index()).isEqualTo((long) m * (spacing + 1));
        }
        long iterations = log.last() + 1 - landmarks;
        long kept = columns.iteration(columns.rows() - 1) + 1;
        assertThat(kept).isGreaterThanOrEqualTo(iterations);
    }

    private static void exact(SeriesBlock block) {
        if (block.level() == 0) {
            Columns columns = block.columns(Set.of(Values.LOSS));
            for (int row = 0; row < columns.rows(); row++) {
                assertThat(columns.value(Values.LOSS, Columns.Of.LAST, row).orElseThrow())
                        .isEqualTo(KilledWriter.loss(columns.iteration(row)));
            }
        }
    }
}
