package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.event.RunState;
import io.escapement.ingest.ExternalRun;
import io.escapement.ingest.Intake;
import io.escapement.ingest.Rejection;
import io.escapement.store.Columns;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import io.escapement.store.RunStatus;
import io.escapement.store.disk.RunStore;
import io.escapement.web.ExternalDesk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clocks that are put forward and back, the server's and a program's: part of the suite that package fault describes. */
class ClockFaultIT {

    private static final int EVENTS = 60;

    @TempDir
    private Path directory;

    private Instant wall = Instant.parse("2026-11-22T10:00:00Z");
    private Instant steady = Instant.parse("2000-01-01T00:00:00Z");

    private final RunCatalogue catalogue = new RunCatalogue();
    private RunStore store;

    private static Clock clock(Supplier<Instant> time) {
        return ((InstantSource) () -> time.get()).withZone(ZoneOffset.UTC);
    }

    private ExternalRuns runs() {
        return new ExternalRuns(
                catalogue,
                (header, standing) -> event -> {},
                store,
                new ExternalRun.Ledger() {
                    @Override
                    public void ingested(long events) {
                        // The answers tell.
                    }

                    @Override
                    public void rejected(Rejection why, long lines) {
                        // The answers tell.
                    }
                },
                clock(() -> wall),
                clock(() -> steady));
    }

    private static String register(ExternalRuns runs) throws ExternalDesk.TooMany {
        return runs.register(new ExternalDesk.Registration("", "", "", "", List.of(), Map.of(), List.of(), 0));
    }

    private static void send(ExternalRuns runs, String run, String line) {
        Intake intake = new Intake(runs.find(run).orElseThrow(), false);
        intake.take(line.getBytes(StandardCharsets.UTF_8));
        assertThat(intake.end().accepted()).as(line).isEqualTo(1);
    }

    private RunStatus status(String run) {
        return catalogue.find(run).orElseThrow().status();
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        steady = steady.plus(time);
    }

    /** A clock that is wrong by years loses no run, and keeps none alive that is lost. */
    @Test
    void theThreeClocksHeedTimeThatPassesAndNotTheTimeOfDay() throws Exception {
        ExternalRuns runs = runs();
        String run = register(runs);
        Duration[] jumps = {Duration.ofDays(4000), Duration.ofDays(-8000), Duration.ofHours(1), Duration.ofHours(-1)};
        int states = 0;
        for (Duration jump : jumps) {
            send(runs, run, "{\"loss\":" + (10 - states) + "}");
            wall = wall.plus(jump);
            assertThat(status(run).state()).as("after a jump of " + jump).isEqualTo(RunState.RUNNING);
            pass(Duration.ofSeconds(20));
            wall = wall.minus(jump.dividedBy(2));
            assertThat(status(run).state()).isEqualTo(RunState.RUNNING);
            pass(Duration.ofSeconds(20));
            assertThat(status(run).state()).as("40 s after the event").isEqualTo(RunState.QUIET);
            pass(Duration.ofSeconds(30));
            assertThat(status(run).state()).as("70 s after the event").isEqualTo(RunState.LOST);
            states += 4;
        }
        System.out.printf(
                "fault: clock put forward and back %d times by up to 8000 days: %d states as time that passed wants"
                        + " them%n",
                2 * jumps.length, states);
    }

    /** What is stored: times as they were told, elapsed time that never falls, and every event once. */
    @Test
    void elapsedTimeNeverFallsHoweverAClockIsPut() throws Exception {
        store = new RunStore(StoreOptions.in(directory).settings().orElseThrow(), took -> {});
        ExternalRuns runs = runs();
        String ours = register(runs);
        String theirs = register(runs);
        Instant program = wall;
        int jumps = 0;
        for (int i = 0; i < EVENTS; i++) {
            send(runs, ours, "{\"loss\":" + (EVENTS - i) + "}");
            send(runs, theirs, "{\"loss\":" + (EVENTS - i) + ",\"time\":\"" + program + "\"}");
            pass(Duration.ofSeconds(1));
            program = program.plusSeconds(1);
            if (i % 10 == 5) {
                Duration jump = Duration.ofDays(i % 20 == 5 ? 400 : -399);
                wall = wall.plus(jump);
                program = program.plus(jump);
                jumps++;
            }
        }
        send(runs, ours, "{\"kind\":\"verdict\",\"state\":\"converged\"}");
        send(runs, theirs, "{\"kind\":\"verdict\",\"state\":\"converged\"}");
        store.close();
        try (RunStore again = new RunStore(StoreOptions.in(directory).settings().orElseThrow(), took -> {})) {
            Columns own = columns(again.find(ours).orElseThrow());
            Columns other = columns(again.find(theirs).orElseThrow());
            for (int row = 0; row < EVENTS; row++) {
                assertThat(own.elapsed(row)).as("by our steady clock").isEqualTo(row);
                assertThat(other.elapsed(row)).isGreaterThanOrEqualTo(row == 0 ? 0 : other.elapsed(row - 1));
            }
        }
        System.out.printf(
                "fault: clock put %d times by about 400 days while %d events were stored: each there once, elapsed"
                        + " time never falls%n",
                jumps, 2 * EVENTS);
    }

    private static Columns columns(RunLog log) {
        Columns columns = log.series(Set.of(), 0, Long.MAX_VALUE, EVENTS);
        assertThat(columns.rows()).isEqualTo(EVENTS);
        return columns;
    }
}
