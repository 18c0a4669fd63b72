package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server after a restart, and beside another process, on the same store. */
@Timeout(300)
class RestartIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private static ServerOptions anyPort() {
        ServerOptions options = new ServerOptions();
        options.bind = "127.0.0.1";
        options.port = 0;
        return options;
    }

    private JsonNode get(String url) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(url + ": " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static PreparedRun prepared(int pace) {
        RunOptions options = new RunOptions();
        new picocli.CommandLine(options).parseArgs("--n=11", "--rho=0.01", "--pace=" + pace);
        return Preparation.generated("pmc", options, "escapement run pmc", Map.of());
    }

    @Test
    void earlierRunsAreServedLikeThoseThatHaveJustEnded() throws Exception {
        String ended;
        JsonNode series;
        JsonNode events;
        JsonNode listed;
        try (Station station = new Station(StoreOptions.in(directory))) {
            String url = station.serve(anyPort());
            var run = station.runs().start(prepared(0));
            run.ended().get();
            ended = run.header().id();
            series = get(url + "/api/v1/runs/" + ended + "/series?points=4096");
            events = get(url + "/api/v1/runs/" + ended + "/events");
            listed = get(url + "/api/v1/runs").get("runs").get(0);
        }
        try (Station station = new Station(StoreOptions.in(directory))) {
            String url = station.serve(anyPort());
            assertThat(get(url + "/api/v1/runs").get("runs").get(0)).isEqualTo(listed);
            assertThat(get(url + "/api/v1/runs/" + ended + "/series?points=4096"))
                    .isEqualTo(series);
            assertThat(get(url + "/api/v1/runs/" + ended + "/events")).isEqualTo(events);
            assertThat(get(url + "/api/v1/runs?state=converged").get("runs")).hasSize(1);
            assertThat(get(url + "/api/v1/runs?q=nothing-like-it").get("runs")).isEmpty();
            assertThat(get(url + "/api/v1/store").get("state").asText()).isEqualTo("writing");
            JsonNode snapshot = firstFrame(url, ended);
            assertThat(snapshot.get("op").asText()).isEqualTo("snapshot");
            assertThat(snapshot.get("status").get("ended").asBoolean()).isTrue();
            assertThat(snapshot.get("columns").get("iteration"))
                    .isEqualTo(series.get("columns").get("iteration"));
        }
    }

    @Test
    void aRunOfAnotherProcessIsFollowedAndItsLossIsSeen() throws Exception {
        try (Station serving = new Station(StoreOptions.in(directory))) {
            String url = serving.serve(anyPort());
            String id;
            try (Station other = new Station(StoreOptions.in(directory))) {
                id = other.runs().start(prepared(2)).header().id();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !get(url + "/api/v1/runs").get("runs").isEmpty());
                assertThat(get(url + "/api/v1/runs/" + id)
                                .get("status")
                                .get("ended")
                                .asBoolean())
                        .isFalse();
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> get(url + "/api/v1/runs/" + id)
                            .get("status")
                            .get("state")
                            .asText()
                            .equals("lost"));
        }
    }

    /** What a page that opens the run is told of it. */
    private JsonNode firstFrame(String url, String run) throws ExecutionException, InterruptedException {
        String frame;
        try (Frames frames = new Frames(client, url + "/api/v1/stream")) {
            frames.send("{\"op\":\"subscribe\",\"run\":\"" + run + "\",\"maxHz\":20}");
            frame = await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> frames.texts().stream()
                                    .filter(text -> text.contains(run))
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
        }
        try {
            return JSON.readTree(frame);
        } catch (IOException e) {
            throw new AssertionError(frame, e);
        }
    }
}
