package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.escapement.alert.webhook.Receiver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A run of another program that stalls and goes on, from its lines over HTTP to a receiver of webhooks. */
class AlertIT {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Receiver receiver = new Receiver();
    private Station station;
    private String url;

    @BeforeEach
    void serve() {
        ServerOptions options = new ServerOptions();
        new CommandLine(options)
                .parseArgs(
                        "--port=0",
                        "--alert-for",
                        "stalled=0s",
                        "--alert-webhook",
                        "http://" + receiver.host() + "/plain",
                        "--alert-webhook",
                        "alertmanager:http://" + receiver.host() + "/am");
        station = new Station();
        url = station.serve(options);
    }

    @AfterEach
    void close() {
        station.close();
        receiver.close();
    }

    private JsonNode call(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 204);
        return MAPPER.readTree(response.body());
    }

    private String newRun() throws IOException, InterruptedException {
        return call("POST", "/api/v1/runs", "application/json", "{\"source\":\"external\",\"name\":\"training\"}")
                .path("id")
                .asText();
    }

    private void send(String run, int from, int to, double start, double factor)
            throws IOException, InterruptedException {
        String lines = IntStream.range(from, to)
                .mapToObj(i -> "{\"seq\":" + i + ",\"iteration\":" + i + ",\"loss\":"
                        + start * Math.pow(factor, i - from) + "}\n")
                .collect(Collectors.joining());
        call("POST", "/api/v1/runs/" + run + "/events", "application/x-ndjson", lines);
    }

    private JsonNode alerts() throws IOException, InterruptedException {
        return call("GET", "/api/v1/alerts", null, null);
    }

    @Test
    void aStallIsToldAndSoIsItsEnd() throws IOException, InterruptedException {
        String run = newRun();
        send(run, 0, 600, 1.0, 1.0);
        await().atMost(Duration.ofSeconds(60)).until(() -> receiver.posts.size() == 2);
        Receiver.Post plain = post("/plain", 0);
        assertThat(plain.body().path("status").asText()).isEqualTo("firing");
        assertThat(plain.body().path("rule").asText()).isEqualTo("stalled");
        assertThat(plain.body().at("/run/id").asText()).isEqualTo(run);
        assertThat(plain.body().at("/run/url").asText()).isEqualTo(url + "/runs/" + run);
        assertThat(post("/am", 0).body().at("/alerts/0/labels/alertname").asText())
                .isEqualTo("EscapementRunStalled");
        JsonNode shown = alerts();
        assertThat(shown.path("firing").size()).isEqualTo(1);
        assertThat(shown.at("/firing/0/run/name").asText()).isEqualTo("training");
        assertThat(call("GET", "/api/v1/alerts/webhooks", null, null)
                        .path("webhooks")
                        .size())
                .isEqualTo(2);

        send(run, 600, 900, 0.9, 0.97);
        await().atMost(Duration.ofSeconds(60)).until(() -> receiver.posts.size() == 4);
        assertThat(post("/plain", 1).body().path("status").asText()).isEqualTo("resolved");
        assertThat(post("/am", 1).body().path("status").asText()).isEqualTo("resolved");
        assertThat(post("/am", 1).body().at("/alerts/0/fingerprint"))
                .isEqualTo(post("/am", 0).body().at("/alerts/0/fingerprint"));
        shown = alerts();
        assertThat(shown.path("firing").size()).isZero();
        assertThat(shown.at("/recent/0/resolution").asText()).startsWith("The run goes on.");
    }

    private Receiver.Post post(String path, int index) {
        return receiver.posts.stream()
                .filter(post -> post.path().equals(path))
                .toList()
                .get(index);
    }

    @Test
    void aSilencedRunFiresInThePageAlone() throws IOException, InterruptedException {
        String quiet = newRun();
        String id = call(
                        "POST",
                        "/api/v1/alerts/silences",
                        "application/json",
                        "{\"run\":\"" + quiet + "\",\"rule\":\"stalled\",\"seconds\":3600}")
                .path("id")
                .asText();
        send(quiet, 0, 600, 1.0, 1.0);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> alerts().at("/firing/0").has("silencedUntil"));
        assertThat(receiver.posts).isEmpty();
        call("DELETE", "/api/v1/alerts/silences/" + id, null, null);
        await().atMost(Duration.ofSeconds(60)).until(() -> receiver.posts.size() == 2);
        assertThat(post("/plain", 0).body().at("/run/id").asText()).isEqualTo(quiet);
    }
}
