package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of other programs in a whole station, with its store. */
class FeedingIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private Station station;
    private String url;

    @BeforeEach
    void open() {
        station = new Station(StoreOptions.in(directory.resolve("store")));
        ServerOptions options = new ServerOptions();
        options.bind = "127.0.0.1";
        options.port = 0;
        url = station.serve(options);
    }

    @AfterEach
    void close() {
        station.close();
    }

    private JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher publisher =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "application/json")
                        .method(method, publisher)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
    }

    private JsonNode newest() throws IOException, InterruptedException {
        return ask("GET", "/api/v1/runs", null).get("runs").get(0);
    }

    /** What the command said on standard error. */
    private String ingest(int expected, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] all = new String[arguments.length + 1];
        all[0] = "ingest";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        PrintStream to = new PrintStream(err, true, StandardCharsets.UTF_8);
        int code = Main.execute(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), to, all);
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aShellLoopThroughCurlIsARunThatStalls() throws Exception {
        Path curl = Path.of("/usr/bin/curl");
        Assumptions.assumeTrue(Files.isExecutable(curl) || "true".equals(System.getenv("CI")), "there is no curl");
        String id = ask("POST", "/api/v1/runs", "{\"source\":\"external\",\"name\":\"loop\"}")
                .get("id")
                .asText();
        Process loop = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "for i in $(seq 300); do echo \"{\\\"loss\\\": 0.25, \\\"hessianLambdaMin\\\": -0.1}\"; done |"
                                + " curl -s -T - -X POST " + url + "/api/v1/runs/" + id + "/events")
                .redirectErrorStream(true)
                .start();
        String answer = new String(loop.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(loop.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(answer).contains("\"accepted\":300");
        JsonNode run = newest();
        assertThat(run.get("name").asText()).isEqualTo("loop");
        assertThat(run.get("status").get("state").asText()).isEqualTo("stalled");
        assertThat(run.get("status").get("sentence").asText()).contains("saddle-like");
        JsonNode message = ask("GET", "/api/v1/runs/" + id + "/events?kind=message", null)
                .get("events")
                .get(0);
        assertThat(message.get("text").asText()).startsWith("Stalled: ");
        assertThat(message.get("seq").asInt()).isEqualTo(200);
    }

    @Test
    void aPlainLogIsARunThatEndsAsItsLinesShow() throws Exception {
        Path log = directory.resolve("plain.log");
        StringBuilder lines = new StringBuilder("starting up\n");
        for (int i = 0; i < 400; i++) {
            lines.append("epoch 1 iter ")
                    .append(i)
                    .append(" loss ")
                    .append(i < 100 ? 2.0 - i * 0.01 : 1.0)
                    .append('\n');
        }
        Files.writeString(log, lines);
        String said = ingest(
                ExitCode.STOPPED_SHORT,
                log.toString(),
                "--to",
                url,
                "--name",
                "plain",
                "--pattern",
                "iter (?<iteration>\\d+) loss (?<loss>\\S+)");
        JsonNode run = newest();
        assertThat(said)
                .contains("the run is at " + url + "/runs/" + run.get("id").asText());
        assertThat(run.get("name").asText()).isEqualTo("plain");
        assertThat(run.get("status").get("state").asText()).isEqualTo("stalled");
        assertThat(run.get("status").get("ended").asBoolean()).isTrue();
        assertThat(run.get("status").get("iteration").asInt()).isEqualTo(399);
        assertThat(run.get("status").get("sentence").asText()).startsWith("The program's output ended");
    }

    @Test
    void aBadPatternAndAServerThatIsNotThereAreSaid() {
        assertThat(ingest(ExitCode.USAGE, "-", "--pattern", "loss (.*)")).contains("names no figure");
        assertThat(ingest(ExitCode.USAGE, "-", "--to", "localhost")).contains("--to is 'localhost'");
        assertThat(ingest(ExitCode.USAGE, "-", "--name", "x")).contains("--to only");
        assertThat(ingest(ExitCode.ERROR, "-", "--to", "http://127.0.0.1:1")).contains("there is no server at");
    }

    @Test
    void aStopThatSomebodyAskedForComesWithTheNextAnswer() throws Exception {
        String id = ask("POST", "/api/v1/runs", "{\"source\":\"external\"}")
                .get("id")
                .asText();
        ask("POST", "/api/v1/runs/" + id + "/commands", "{\"command\":\"stop\"}");
        JsonNode answer = ask("POST", "/api/v1/runs/" + id + "/events", "{\"loss\":1}");
        assertThat(answer.get("command").asText()).isEqualTo("stop");
    }

    @Test
    void whatIsSaidOfAStoredRunIsKeptAndADeletedOneIsGone() throws Exception {
        Path log = directory.resolve("short.ndjson");
        Files.writeString(log, "{\"loss\": 2}\n{\"loss\": 1}\n");
        ingest(ExitCode.GOAL, log.toString(), "--to", url, "--name", "short");
        String id = newest().get("id").asText();
        ask("PATCH", "/api/v1/runs/" + id, "{\"name\":\"renamed\",\"tags\":[\"keep\"],\"note\":\"good\"}");
        String csv = client.send(
                        HttpRequest.newBuilder(URI.create(url + "/api/v1/runs/" + id + "/export?format=csv"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(csv.lines()).hasSize(3).first().asString().contains("loss");
        station.close();
        open();
        assertThat(ask("GET", "/api/v1/runs?tag=keep&q=good", null).get("runs")).hasSize(1);
        assertThat(newest().get("name").asText()).isEqualTo("renamed");
        assertThat(newest().get("note").asText()).isEqualTo("good");
        ask("DELETE", "/api/v1/runs/" + id, null);
        assertThat(ask("GET", "/api/v1/runs", null).get("runs")).isEmpty();
        station.close();
        open();
        assertThat(ask("GET", "/api/v1/runs", null).get("runs")).isEmpty();
    }

    @Test
    void whatAProgramSendsBesidesFiguresComesBackAlsoFromTheStore() throws Exception {
        String id = ask("POST", "/api/v1/runs", "{\"source\":\"external\"}")
                .get("id")
                .asText();
        ask("POST", "/api/v1/runs/" + id + "/events", """
                {"loss":1,"host":"gpu1","note":{"a":1}}
                {"loss":0.5,"host":"gpu1","note":{"a":1}}
                {"kind":"message","text":"t","host":"gpu2","parts":[1,true,"x"]}
                {"kind":"verdict","state":"converged","host":"gpu3"}
                """);
        JsonNode events = ask("GET", "/api/v1/runs/" + id + "/events", null).get("events");
        assertThat(events).hasSize(3);
        assertThat(events.get(0).get("iteration").asInt()).isZero();
        assertThat(events.get(0).get("host").asText()).isEqualTo("gpu1");
        assertThat(events.get(0).get("note")).isEqualTo(JSON.readTree("{\"a\":1}"));
        assertThat(events.get(1).get("host").asText()).isEqualTo("gpu2");
        assertThat(events.get(1).get("parts")).isEqualTo(JSON.readTree("[1,true,\"x\"]"));
        assertThat(events.get(2).get("host").asText()).isEqualTo("gpu3");
        station.close();
        open();
        assertThat(ask("GET", "/api/v1/runs/" + id + "/events", null).get("events"))
                .isEqualTo(events);
        String exported = client.send(
                        HttpRequest.newBuilder(URI.create(url + "/api/v1/runs/" + id + "/export?format=ndjson"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(exported).contains("\"host\":\"gpu2\",\"parts\":[1,true,\"x\"]");
    }

    @Test
    void theRunsOfOtherProgramsAreInTheMeters() throws Exception {
        ask("POST", "/api/v1/runs", "{\"source\":\"external\"}");
        String id = newest().get("id").asText();
        ask("POST", "/api/v1/runs/" + id + "/events", "{\"loss\":1}\n{\"loss\":}\n{\"loss\":0.5}\n");
        await().untilAsserted(() -> assertThat(client.send(
                                HttpRequest.newBuilder(URI.create(url + "/metrics"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .contains("escapement_events_ingested_total 2.0")
                .contains("escapement_events_rejected_total{reason=\"malformed\"} 1.0")
                .contains("escapement_run_loss{run=\"" + id + "\"} 0.5"));
    }
}
