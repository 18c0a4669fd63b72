package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import io.escapement.store.Columns;
import io.escapement.store.Listed;
import io.escapement.store.RunFilter;
import io.escapement.store.RunLog;
import io.escapement.store.disk.RunStore;
import io.escapement.store.disk.StoreSettings;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real program, killed and resumed. */
@Timeout(400)
class ResumeIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** In what the server says, once it has said the whole of it. */
    private static final String ADDRESS = "(?s).*(http://[0-9.]+:[0-9]+)/\\s.*";

    /** Without an escape, so that the pace, which makes time to kill it, does not linger. */
    private static final List<String> RUN = List.of(
            "run",
            "pmc",
            "--n=20",
            "--rho=0.1",
            "--solver=momentum",
            "--step=fixed:0.0001",
            "--escape=none",
            "--max-iterations=1500");

    @TempDir
    private Path directory;

    private record Said(int code, String out, String err) {}

    private static Said escapement(List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.execute(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments.toArray(String[]::new));
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static List<String> with(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all;
    }

    private Said resume(Path store, String... more) {
        return escapement(with(List.of("resume", "--store", store.toString()), more));
    }

    private RunStore open(Path store) {
        return new RunStore(StoreSettings.in(store).withInterval(Duration.ofMillis(100)), took -> {});
    }

    /** The program as a process of its own. */
    private static Process start(Path where, List<String> arguments) throws IOException {
        String jar = System.getProperty("escapement.jar", "");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        // By which instructions sums are made decides their last bits, and those are compared.
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            command.add("--add-modules=jdk.incubator.vector");
        }
        command.addAll(
                Files.isRegularFile(Path.of(jar))
                        ? List.of("-jar", jar)
                        : List.of("-cp", absolute(System.getProperty("java.class.path")), Main.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(where.resolve("said").toFile())
                .start();
    }

    private static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator, -1))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The only run of a store, once a checkpoint of it is behind where it is. */
    private Listed underWay(RunStore store) {
        List<Listed> found = new ArrayList<>();
        await("a run beyond its checkpoint").atMost(PATIENCE).until(() -> {
            found.clear();
            found.addAll(store.list(null, 1, RunFilter.ALL));
            return !found.isEmpty()
                    && found.get(0).status().checkpoint() != null
                    && found.get(0).status().checkpoint().iteration() > 20
                    && found.get(0).status().iteration()
                            > found.get(0).status().checkpoint().iteration();
        });
        return found.get(0);
    }

    private static RunEvent.Verdict verdict(RunLog log) {
        List<RunEvent> events = log.holding();
        return (RunEvent.Verdict) events.get(events.size() - 1);
    }

    @Test
    void aKilledRunEndsWhereItWouldHaveEnded() throws Exception {
        Path store = directory.resolve("killed");
        Process process = start(
                directory,
                with(RUN, "--pace=75", "--checkpoint-every=0.2", "--store", store.toString(), "--store-interval=0.1"));
        String id;
        try (RunStore look = open(store)) {
            id = underWay(look).header().id();
            Said said = resume(store, id);
            assertThat(said.code).isEqualTo(ExitCode.USAGE);
            assertThat(said.err).contains("goes on");
        } finally {
            process.destroyForcibly().waitFor();
        }
        Said shown = escapement(List.of("show", "--store", store.toString(), id));
        assertThat(shown.out).contains("lost: ").contains("It can be resumed from its checkpoint at iteration");
        Said resumed = resume(store, "last", "--json");
        assertThat(resumed.err).contains("attempt 2 of run " + id + " goes on from iteration");
        Path other = directory.resolve("whole");
        Said whole = escapement(with(RUN, "--json", "--store", other.toString()));
        assertThat(resumed.code).isEqualTo(whole.code);
        assertThat(reached(resumed.out)).isEqualTo(reached(whole.out));
        try (RunStore first = open(store);
                RunStore second = open(other)) {
            RunLog again = first.find(id).orElseThrow();
            RunLog straight =
                    second.find(JSON.readTree(whole.out).get("runId").asText()).orElseThrow();
            assertThat(again.status().attempt()).isEqualTo(2);
            assertThat(again.status().attempts().get(0).iteration()).isGreaterThan(20);
            assertThat(verdict(again).stamp().attempt()).isEqualTo(2);
            assertThat(verdict(again).point()).isEqualTo(verdict(straight).point());
            assertThat(verdict(again).values()).isEqualTo(verdict(straight).values());
            requireSameSeries(again, straight);
            // Ended for good, so there is nothing left to resume from.
            assertThat(first.checkpoints(id)).isEmpty();
            assertThat(again.status().checkpoint()).isNull();
        }
        Said ended = resume(store, id);
        assertThat(ended.code).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err).contains("has ended");
        assertThat(resume(store, "last").err).contains("no run in the store can be resumed");
        assertThat(resume(store, "NOSUCHRUN").err).contains("is no run in");
    }

    private static JsonNode reached(String json) throws IOException {
        JsonNode node = JSON.readTree(json);
        ((com.fasterxml.jackson.databind.node.ObjectNode) node).remove(List.of("runId", "wallSeconds"));
        return node;
    }

    /** Every iteration once, in order, as the run that was never interrupted has it. */
    private static void requireSameSeries(RunLog again, RunLog straight) {
        Columns a = again.series(Set.of(), 0, Long.MAX_VALUE, 4096);
        Columns b = straight.series(Set.of(), 0, Long.MAX_VALUE, 4096);
        assertThat(a.level()).isZero();
        assertThat(a.rows()).isEqualTo(b.rows());
        for (int row = 0; row < a.rows(); row++) {
            assertThat(a.iteration(row)).isEqualTo(row);
            assertThat(a.value(Values.LOSS, Columns.Of.LAST, row))
                    .as("loss of iteration %d", row)
                    .isEqualTo(b.value(Values.LOSS, Columns.Of.LAST, row));
            assertThat(a.point(row)).isEqualTo(b.point(row));
            assertThat(row == 0 || a.elapsed(row) >= a.elapsed(row - 1))
                    .as("time at iteration %d", row)
                    .isTrue();
        }
    }

    @Test
    void theEndOfAServerInterruptsItsRunsAndTheNextGoesOnWithThem() throws Exception {
        Path store = directory.resolve("served");
        String id;
        Process process = start(directory, List.of("serve", "--port=0", "--store", store.toString()));
        try {
            await("the server's address").atMost(PATIENCE).until(() -> said().matches(ADDRESS));
            String url = said().replaceFirst(ADDRESS, "$1");
            HttpResponse<String> started = post(
                    url + "/api/v1/runs",
                    "{\"problem\":\"pmc\",\"options\":{\"n\":20,\"rho\":0.1,\"escape\":\"none\",\"pace\":100,"
                            + "\"step\":\"fixed:0.0005\",\"checkpoint-every\":0}}");
            assertThat(started.statusCode()).as(started.body()).isEqualTo(201);
            id = JSON.readTree(started.body()).get("id").asText();
            await("some iterations")
                    .atMost(PATIENCE)
                    .until(() -> status(url, id).get("iteration").asInt() > 30);
            HttpResponse<String> kept = post(url + "/api/v1/runs/" + id + "/commands", "{\"command\":\"checkpoint\"}");
            assertThat(kept.statusCode()).as(kept.body()).isEqualTo(202);
            await("a checkpoint").atMost(PATIENCE).until(() -> status(url, id).has("checkpoint"));
        } finally {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        StoreOptions options = StoreOptions.in(store);
        try (Station station = new Station(options)) {
            String url = station.serve(anyPort());
            JsonNode interrupted = status(url, id);
            assertThat(interrupted.get("state").asText()).isEqualTo("lost");
            assertThat(interrupted.get("title").asText()).isEqualTo("Interrupted");
            long iteration = interrupted.get("checkpoint").get("iteration").asLong();
            assertThat(iteration)
                    .isEqualTo(interrupted.get("iteration").asLong())
                    .isGreaterThan(30);
            HttpResponse<String> stop = post(url + "/api/v1/runs/" + id + "/commands", "{\"command\":\"stop\"}");
            assertThat(stop.statusCode()).isEqualTo(409);
            HttpResponse<String> resumed = post(url + "/api/v1/runs/" + id + "/commands", "{\"command\":\"resume\"}");
            assertThat(resumed.statusCode()).as(resumed.body()).isEqualTo(202);
            await("to go on")
                    .atMost(PATIENCE)
                    .until(() -> status(url, id).get("iteration").asLong() > iteration + 5);
            JsonNode now = status(url, id);
            assertThat(now.get("state").asText()).isEqualTo("running");
            assertThat(now.get("attempts").get(0).get("iteration").asLong()).isEqualTo(iteration);
            assertThat(post(url + "/api/v1/runs/" + id + "/commands", "{\"command\":\"stop\"}")
                            .statusCode())
                    .isEqualTo(202);
            await("its end")
                    .atMost(PATIENCE)
                    .until(() -> status(url, id).get("ended").asBoolean());
            // A stop can be taken back as well.
            station.resumer().resumeUnattended(station.catalogue().find(id).orElseThrow());
            await("attempt 3")
                    .atMost(PATIENCE)
                    .until(() -> status(url, id).get("attempts").size() == 2
                            && status(url, id).get("state").asText().equals("running"));
        }
        try (Station station = new Station(options)) {
            assertThat(station.resumeLost())
                    .singleElement()
                    .asString()
                    .contains(id)
                    .contains("goes on from iteration");
            await("attempt 4")
                    .atMost(PATIENCE)
                    .until(() ->
                            station.catalogue().find(id).orElseThrow().status().attempt() == 4);
        }
    }

    private static ServerOptions anyPort() {
        ServerOptions options = new ServerOptions();
        options.bind = "127.0.0.1";
        options.port = 0;
        return options;
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("said"));
    }

    private static HttpResponse<String> post(String url, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode status(String url, String id) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/api/v1/runs/" + id))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("status");
    }

    /** A run that was stopped after some iterations, at a checkpoint. */
    private String stopped(Path store, PreparedRun prepared) throws Exception {
        try (Station station = new Station(StoreOptions.in(store))) {
            var run = station.runs().create(prepared);
            station.runs().start(run);
            String id = run.header().id();
            RunLog log = station.catalogue().find(id).orElseThrow();
            await("iterations").atMost(PATIENCE).until(() -> log.status().iteration() > 30);
            station.runs().command(id, io.escapement.run.Command.CHECKPOINT, "a test");
            await("a checkpoint").atMost(PATIENCE).until(() -> log.status().checkpoint() != null);
            station.runs().command(id, io.escapement.run.Command.STOP, "a test");
            run.ended().get();
            return id;
        }
    }

    private static PreparedRun paced() {
        List<String> command = List.of(
                "pmc",
                "--n=20",
                "--rho=0.1",
                "--pace=100",
                "--step=fixed:0.002",
                "--escape=none",
                "--name=it's stopped",
                "--checkpoint-every=0",
                "--max-iterations=400");
        RunOptions options = new RunOptions();
        new picocli.CommandLine(options)
                .parseArgs(command.subList(1, command.size()).toArray(String[]::new));
        return Preparation.generated("pmc", options, OptionText.command(command));
    }

    @Test
    void aDamagedCheckpointIsPassedOverAndTwoAreRefused() throws Exception {
        Path store = directory.resolve("damaged");
        String id = stopped(store, paced());
        sql(
                store,
                "UPDATE checkpoint SET data = substr(data, 1, length(data) / 2) WHERE key = (SELECT max(key) FROM checkpoint)");
        Said one = resume(store, id, "--json");
        assertThat(one.err).contains("cannot be used: its checksum is wrong").contains("attempt 2 of run " + id);
        assertThat(JSON.readTree(one.out).get("iterations").asLong()).isEqualTo(400);
        String other = stopped(store, paced());
        sql(store, "UPDATE checkpoint SET data = x'00'");
        Said two = resume(store, other);
        assertThat(two.code).isEqualTo(ExitCode.USAGE);
        assertThat(two.err).contains("no checkpoint that could be used");
        sql(store, "DELETE FROM checkpoint");
        assertThat(resume(store, other).err).contains("has no checkpoint to go on from");
    }

    private static void sql(Path store, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store.resolve("runs.db"));
                Statement change = connection.createStatement()) {
            assertThat(change.executeUpdate(statement)).isPositive();
        }
    }

    @Test
    void aRunOnAFileNeedsTheFileAsItWas() throws Exception {
        Path store = directory.resolve("file");
        Path data = directory.resolve("data.csv");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 9; j++) {
                text.append(j == 0 ? "" : ",").append((i + j) % 4 == 0 ? "" : Double.toString((i + 1) * 0.3 * (j + 2)));
            }
            text.append('\n');
        }
        Files.writeString(data, text.toString());
        List<String> command = List.of(
                "run",
                "--data",
                data.toString(),
                "--rank=1",
                "--hold-out=0.2",
                "--seed=5",
                "--solver=gd",
                "--step=fixed:0.0001",
                "--max-iterations=300");
        Process process = start(
                directory,
                with(
                        command,
                        "--pace=20",
                        "--checkpoint-every=0.1",
                        "--store",
                        store.toString(),
                        "--store-interval=0.1"));
        String id;
        try (RunStore look = open(store)) {
            id = underWay(look).header().id();
        } finally {
            process.destroyForcibly().waitFor();
        }
        Files.writeString(data, text + "\n");
        Said changed = resume(store, id);
        assertThat(changed.code).isEqualTo(ExitCode.BAD_DATA);
        assertThat(changed.err).contains("has changed since the run began");
        Files.delete(data);
        assertThat(resume(store, id).err).contains("is not there any more");
        Files.writeString(data, text.toString());
        Said resumed = resume(store, id, "--json");
        Said whole = escapement(with(command, "--json", "--store=none"));
        assertThat(reached(resumed.out)).isEqualTo(reached(whole.out));
        assertThat(JSON.readTree(resumed.out).has("heldOutRmse")).isTrue();
        try (RunStore look = open(store)) {
            assertThat(look.find(id).orElseThrow().status().state()).isNotEqualTo(RunState.LOST);
        }
    }
}
