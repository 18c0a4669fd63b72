package io.escapement.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client for Python: its own tests, and loops in Python before the packaged server, with the file that the server itself hands out. */
@Timeout(300)
@NeedsProgram(PythonClientIT.PYTHON)
class PythonClientIT {

    static final String PYTHON = "/usr/bin/python3";

    private static final Path SOURCE = Path.of("src/main/python/escapement.py");

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    /** A program in Python that has the client beside it. */
    private Process start(String name, String... lines) throws IOException {
        Path program = directory.resolve(name + ".py");
        Files.writeString(program, String.join("\n", lines) + "\n");
        return new ProcessBuilder(PYTHON, program.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".out").toFile())
                .start();
    }

    private void ends(String name, Process process) throws IOException, InterruptedException {
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        String said = Files.readString(directory.resolve(name + ".out"));
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private String get(Escapement program, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(program.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private JsonNode run(Escapement program, String name) throws IOException, InterruptedException {
        for (JsonNode run :
                new ObjectMapper().readTree(get(program, "/api/v1/runs")).path("runs")) {
            if (run.path("name").asText().equals(name)) {
                return run;
            }
        }
        return new ObjectMapper().createObjectNode();
    }

    @Test
    void itsOwnTestsPass() throws IOException, InterruptedException {
        Path output = directory.resolve("tests");
        Process tests = new ProcessBuilder(PYTHON, "-B", "src/test/python/test_escapement.py")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = tests.waitFor(120, TimeUnit.SECONDS);
        if (!ended) {
            tests.destroyForcibly();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(text).isTrue();
        assertThat(tests.exitValue()).as(text).isZero();
        text.lines().filter(line -> line.startsWith("fault: ")).forEach(System.out::println);
        assertThat(text).containsPattern("Ran [1-9][0-9]+ tests").contains("OK");
    }

    @Test
    void aLoopInPythonShowsUpAsItIs() throws IOException, InterruptedException {
        Process killed = null;
        try (Escapement program = new Escapement(directory, "serve", "--store", "none")) {
            String file = get(program, "/escapement.py");
            assertThat(file).isEqualTo(Files.readString(SOURCE));
            Files.writeString(directory.resolve("escapement.py"), file);

            ends(
                    "counted",
                    start(
                            "counted",
                            "import escapement",
                            "run = escapement.watch(name='counted', url='" + program.url() + "', compress=True)",
                            "for k in range(3000):",
                            "    run.log(k, loss=1 / (k + 1), gradient_norm=float('nan') if k == 7 else 1 / (k + 2))",
                            "run.escape('restart', detail='by hand')",
                            "run.end('converged', 'small enough')"));
            JsonNode counted = run(program, "counted");
            assertThat(counted.path("status").path("state").asText()).isEqualTo("converged");
            assertThat(counted.path("status").path("sentence").asText()).contains("mall enough");
            String of = "/api/v1/runs/" + counted.path("id").asText();
            JsonNode series = new ObjectMapper().readTree(get(program, of + "/series?names=gradientNorm&points=4096"));
            assertThat(series.at("/columns/iteration")).hasSize(3000);
            assertThat(get(program, of + "/events?kind=escape")).contains("by hand");
            // A warning of events that did not arrive would be a message.
            assertThat(get(program, of + "/events?kind=message")).doesNotContain("not arrived");

            killed = start(
                    "stuck",
                    "import escapement, time",
                    "run = escapement.watch(name='stuck', url='" + program.url() + "', expect_next=1)",
                    "while not run.stop_requested:",
                    "    run.log(loss=1.0)",
                    "    time.sleep(0.002)");
            awaitState(program, "stuck", "stalled");
            killed.destroyForcibly();
            awaitState(program, "stuck", "quiet");

            Process stopped = start(
                    "stopped",
                    "import escapement, time",
                    "with escapement.watch(name='stopped', url='" + program.url() + "') as run:",
                    "    while not run.stop_requested:",
                    "        run.log(loss=1.0)",
                    "        time.sleep(0.01)");
            awaitState(program, "stopped", "running");
            HttpResponse<String> wished = client.send(
                    HttpRequest.newBuilder(URI.create(program.url() + "/api/v1/runs/"
                                    + run(program, "stopped").path("id").asText() + "/commands"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"command\":\"stop\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(wished.statusCode()).as(wished.body()).isBetween(200, 202);
            ends("stopped", stopped);
            awaitState(program, "stopped", "cancelled");
        } finally {
            if (killed != null) {
                killed.destroyForcibly();
            }
        }
    }

    @Test
    void aLoopIsOneRunWithEveryIterationThoughItsServerIsKilledTwice() throws IOException, InterruptedException {
        String store = directory.resolve("store").toString();
        Files.copy(SOURCE, directory.resolve("escapement.py"));
        int port;
        Process loop;
        try (Escapement first = new Escapement(directory, "serve", "--store", store)) {
            port = first.port();
            loop = start(
                    "survivor",
                    "import escapement, os, time",
                    "run = escapement.watch(name='survivor', url='" + first.url() + "')",
                    "k = 0",
                    "while not os.path.exists('enough'):",
                    "    run.log(k, loss=1 / (k + 1))",
                    "    k += 1",
                    "    time.sleep(0.005)",
                    "run.end('converged', '%d iterations' % k)");
            reaches(first, 200);
            first.kill();
        }
        try (Escapement second = new Escapement(directory, port, "serve", "--store", store)) {
            reaches(second, 600);
            second.kill();
        }
        try (Escapement third = new Escapement(directory, port, "serve", "--store", store)) {
            reaches(third, 1000);
            Files.createFile(directory.resolve("enough"));
            ends("survivor", loop);
            awaitState(third, "survivor", "converged");
            JsonNode runs =
                    new ObjectMapper().readTree(get(third, "/api/v1/runs")).path("runs");
            assertThat(runs).as("one run").hasSize(1);
            String of = "/api/v1/runs/" + runs.get(0).path("id").asText();
            String messages = get(third, of + "/events?kind=message");
            assertThat(messages).doesNotContain("not arrived");
            JsonNode series = new ObjectMapper().readTree(get(third, of + "/series?points=4096"));
            int count = series.at("/columns/iteration").size();
            assertThat(series.at("/columns/iteration"))
                    .as("every one, once")
                    .extracting(JsonNode::asInt)
                    .isEqualTo(IntStream.range(0, count).boxed().toList());
            assertThat(runs.get(0).at("/status/sentence").asText())
                    .as(Files.readString(directory.resolve("survivor.out")))
                    .contains(count + " iterations");
        }
    }

    private void reaches(Escapement program, int iteration) {
        await("iteration " + iteration)
                .atMost(Duration.ofSeconds(60))
                .until(() -> run(program, "survivor")
                                .path("status")
                                .path("iteration")
                                .asInt()
                        >= iteration);
    }

    private void awaitState(Escapement program, String name, String state) {
        await(name + " is " + state)
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                run(program, name).path("status").path("state").asText())
                        .isEqualTo(state));
    }
}
