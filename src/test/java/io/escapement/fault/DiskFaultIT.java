package io.escapement.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process whose files may have no more than a few megabytes (RLIMIT_FSIZE, which needs no rights; a file system that is
 * full is in {@code FullDiskTest}): it says so, takes events all the while, and stores them once there is room again.
 */
@Timeout(600)
class DiskFaultIT {

    private static final long SEED = 7;

    /** Of 512 bytes: enough for the library that SQLite is, which is unpacked at first. */
    private static final int BLOCKS = 6 * 2048;

    private static final int BATCH = 1000;
    private static final int FIGURES = 12;
    private static final int MOST_BATCHES = 400;
    private static final int MORE = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private long batches;

    private void send(Wire wire, String run) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (long i = batches * BATCH; i < (batches + 1) * BATCH; i++) {
            lines.append("{\"seq\":")
                    .append(i + batches)
                    .append(",\"iteration\":")
                    .append(i)
                    .append(",\"loss\":1");
            for (int f = 0; f < FIGURES; f++) {
                lines.append(",\"f").append(f).append("\":").append(random.nextGaussian());
            }
            lines.append("}\n");
        }
        lines.append("{\"seq\":").append((batches + 1) * BATCH + batches);
        lines.append(",\"kind\":\"message\",\"text\":\"batch ").append(batches).append("\"}\n");
        JsonNode answer = wire.events(run, lines.toString()).body();
        assertThat(answer.path("accepted").asLong())
                .as("batch " + batches + ": " + answer)
                .isEqualTo(BATCH + 1);
        batches++;
    }

    private static String state(Victim victim) throws Exception {
        return victim.get("/api/v1/store").path("state").asText();
    }

    @Test
    void aDiskThatTakesNoMoreHoldsUpNobodyAndIsMadeUpForLater() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/prlimit")) || "true".equals(System.getenv("CI")))
                .as("there is no prlimit")
                .isTrue();
        Path store = directory.resolve("store");
        String run;
        long full;
        try (Victim victim = Victim.withSmallFiles(store, 0.1, BLOCKS);
                Wire wire = new Wire(victim.port())) {
            run = wire.register();
            while (!state(victim).equals("failing") && batches < MOST_BATCHES) {
                send(wire, run);
            }
            full = batches;
            assertThat(state(victim)).as("after " + batches + " batches").isEqualTo("failing");
            assertThat(victim.get("/api/v1/store").path("sentence").asText())
                    .contains("Runs are not being stored")
                    .contains("limit");
            for (int i = 0; i < MORE; i++) {
                send(wire, run);
            }
            Process raised = new ProcessBuilder(
                            "/usr/bin/prlimit", "--pid", String.valueOf(victim.pid()), "--fsize=unlimited:unlimited")
                    .redirectErrorStream(true)
                    .start();
            assertThat(raised.waitFor(30, TimeUnit.SECONDS)).isTrue();
            await().atMost(PATIENCE).until(() -> state(victim).equals("writing"));
            for (int i = 0; i < MORE; i++) {
                send(wire, run);
            }
            assertThat(victim.said())
                    .containsOnlyOnce("Runs are not being stored")
                    .contains("being stored again");
            assertThat(victim.get("/api/v1/store").path("eventsMissed").asLong())
                    .isZero();
        }
        long messages = 0;
        long reached;
        try (Victim again = Victim.storing(store, 1)) {
            reached = again.get("/api/v1/runs/" + run).at("/status/iteration").asLong();
            String path = "/api/v1/runs/" + run + "/export?format=ndjson";
            for (String line : again.text(path).lines().toList()) {
                JsonNode event = Victim.JSON.readTree(line);
                if (event.path("kind").asText().equals("message")
                        && event.path("text").asText().startsWith("batch ")) {
                    assertThat(event.path("text").asText()).isEqualTo("batch " + messages);
                    messages++;
                }
            }
        }
        System.out.printf(
                "fault: disk full after %d events: %d more taken meanwhile, %d of %d landmarks stored in the end, the last of"
                        + " %d iterations stored%n",
                full * (BATCH + 1), MORE * (BATCH + 1L), messages, batches, reached + 1);
        assertThat(messages).isEqualTo(batches);
        assertThat(reached).isEqualTo(batches * BATCH - 1);
    }
}
