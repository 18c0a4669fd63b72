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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as a process: interrupted, and asked how to repeat a run. */
@Timeout(300)
class CommandIT {

    @TempDir
    private Path directory;

    private Process start(Path out, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("escapement.jar")));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    private String talk() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    @Test
    void anInterruptedRunStillSaysWhereItIs() throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Process run = start(out, "run", "pmc", "--n", "30", "--rho", "0.1", "--pace", "5", "--watch", "--json");
        await().atMost(Duration.ofSeconds(60)).until(() -> talk().contains("Descending"));
        // A shell's Ctrl-C is SIGINT; both end the process by its shutdown hooks.
        run.destroy();
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        JsonNode result = new ObjectMapper().readTree(Files.readString(out));
        assertThat(result.get("state").asText()).as(talk()).isEqualTo("cancelled");
        assertThat(talk()).doesNotContain("error of ours");
    }

    @Test
    void interruptedTrialsReportThoseThatRan() throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Process run = start(
                out,
                "run",
                "pmc",
                "--n",
                "20",
                "--rho",
                "0.1",
                "--pace",
                "20",
                "--trials",
                "50",
                "--json",
                "--serve",
                "--port",
                "0");
        Pattern url = Pattern.compile("http://[0-9.]+:[0-9]+(?=[/\\s])");
        await().atMost(Duration.ofSeconds(60)).until(() -> url.matcher(talk()).find());
        Matcher found = url.matcher(talk());
        assertThat(found.find()).isTrue();
        URI runs = URI.create(found.group() + "/api/v1/runs");
        HttpClient client = HttpClient.newHttpClient();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !get(client, new ObjectMapper(), runs).get("runs").isEmpty());
        run.destroy();
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(talk()).doesNotContain("error of ours");
        assertThat(new ObjectMapper()
                        .readTree(Files.readString(out))
                        .get("trials")
                        .size())
                .isBetween(1, 49);
    }

    @Test
    void theHeaderOfATrialSaysHowToRepeatIt() throws IOException, InterruptedException {
        try (Escapement server = new Escapement("run", "pmc", "--n", "5", "--rho", "0.3", "--trials", "2", "--serve")) {
            HttpClient client = HttpClient.newHttpClient();
            ObjectMapper json = new ObjectMapper();
            URI runs = URI.create(server.url() + "/api/v1/runs");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> get(client, json, runs).get("runs").size() == 2);
            String id = get(client, json, runs).get("runs").get(0).get("id").asText();
            String command = get(client, json, URI.create(runs + "/" + id))
                    .get("header")
                    .get("command")
                    .asText();
            assertThat(command)
                    .startsWith("escapement run pmc --n 5 --rho 0.3 ")
                    .doesNotContain("--trials");
            assertThat(command).matches(".* --seed=[12]");
        }
    }

    private static JsonNode get(HttpClient client, ObjectMapper json, URI uri)
            throws IOException, InterruptedException {
        return json.readTree(client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }
}
