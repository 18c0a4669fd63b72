package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of other programs whose server was started again in the midst of them, on the same store. */
@Timeout(120)
class ComingBackIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    /** A session of the server. */
    private final class Session implements AutoCloseable {
        private final Station station = new Station(StoreOptions.in(directory));
        private final String url;

        Session() {
            ServerOptions options = new ServerOptions();
            options.bind = "127.0.0.1";
            options.port = 0;
            url = station.serve(options);
        }

        HttpResponse<String> ask(String method, String path, String body) throws IOException, InterruptedException {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        JsonNode get(String path) throws IOException, InterruptedException {
            HttpResponse<String> answer = ask("GET", path, "");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        }

        JsonNode status(String run) throws IOException, InterruptedException {
            return get("/runs/" + run).get("status");
        }

        String register() throws IOException, InterruptedException {
            HttpResponse<String> answer = ask("POST", "/runs", "{\"source\":\"external\",\"name\":\"mine\"}");
            return JSON.readTree(answer.body()).get("id").asText();
        }

        JsonNode send(String run, String lines) throws IOException, InterruptedException {
            HttpResponse<String> answer = ask("POST", "/runs/" + run + "/events", lines);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        }

        @Override
        public void close() {
            station.close();
        }
    }

    private static String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("{\"seq\":%d,\"iteration\":%d,\"loss\":%s}%n".formatted(i, i, 1.0 / (i + 1)));
        }
        return lines.toString();
    }

    private static double[] iterations(JsonNode series) {
        return JSON.convertValue(series.get("columns").get("iteration"), double[].class);
    }

    @Test
    void aRunGoesOnAsItselfWhenItsProgramSendsAgain() throws Exception {
        String id;
        try (Session first = new Session()) {
            id = first.register();
            first.send(id, lines(0, 100));
            first.send(id, "{\"kind\":\"escape\",\"mechanism\":\"jump\",\"outcome\":\"accepted\",\"seq\":102}");
        }
        try (Session second = new Session()) {
            JsonNode lost = second.status(id);
            assertThat(lost.get("state").asText()).isEqualTo("lost");
            assertThat(lost.get("sentence").asText()).contains("goes on when its program sends again");
            JsonNode answer = second.send(id, lines(90, 100) + "{\"seq\":101,\"loss\":1}\n" + lines(103, 150));
            assertThat(answer.get("duplicates").asInt()).as("known from before").isEqualTo(10);
            assertThat(answer.get("rejected").asInt()).as("101 comes too late").isEqualTo(1);
            assertThat(answer.get("firstBad").get("error").asText()).contains("seq is 101, which comes too late");
            assertThat(answer.get("accepted").asInt()).isEqualTo(47);
            assertThat(answer.get("missing").asInt()).as("100 and 101").isEqualTo(2);
            assertThat(answer.get("nextSeq").asInt()).isEqualTo(150);
            JsonNode status = second.status(id);
            assertThat(status.get("state").asText()).isEqualTo("running");
            assertThat(status.get("ended").asBoolean()).isFalse();
            assertThat(status.get("escapes").asInt()).isEqualTo(1);
            assertThat(status.get("segment").asInt()).as("after the escape").isEqualTo(1);
            assertThat(status.get("attempt").asInt())
                    .as("it was not begun again")
                    .isEqualTo(1);
            assertThat(iterations(second.get("/runs/" + id + "/series?points=4096")))
                    .hasSize(147)
                    .isSorted();
            assertThat(second.get("/runs").get("runs")).hasSize(1);
        }
        try (Session third = new Session()) {
            assertThat(third.send(id, lines(150, 160)).get("accepted").asInt()).isEqualTo(10);
            assertThat(third.send(id, "{\"kind\":\"verdict\",\"state\":\"converged\",\"seq\":160}")
                            .get("accepted")
                            .asInt())
                    .isEqualTo(1);
            assertThat(iterations(third.get("/runs/" + id + "/series?points=4096")))
                    .hasSize(157);
        }
        try (Session fourth = new Session()) {
            JsonNode answer =
                    fourth.send(id, "{\"kind\":\"verdict\",\"state\":\"converged\",\"seq\":160}\n" + lines(161, 162));
            assertThat(answer.get("duplicates").asInt())
                    .as("the answer may have been lost with the server")
                    .isEqualTo(1);
            assertThat(answer.get("firstBad").get("error").asText()).contains("the run has ended");
            assertThat(fourth.status(id).get("state").asText()).isEqualTo("converged");
        }
    }

    @Test
    void whatElapsedGoesOnOverTheGapAndTheBestLossIsKnown() throws Exception {
        String id;
        double before;
        String improved;
        try (Session first = new Session()) {
            id = first.register();
            first.send(id, "{\"loss\":5}\n{\"loss\":1}\n");
            Thread.sleep(50);
            first.send(id, "{\"loss\":3}\n");
            before = first.status(id).get("elapsed").asDouble();
            improved = first.status(id).get("lastImprovement").asText();
        }
        try (Session second = new Session()) {
            second.send(id, "{\"loss\":2}\n");
            JsonNode status = second.status(id);
            assertThat(status.get("iteration").asInt()).as("the one after 2").isEqualTo(3);
            assertThat(status.get("elapsed").asDouble()).isGreaterThan(before);
            assertThat(status.get("lastImprovement").asText())
                    .as("2 is no improvement on 1")
                    .isEqualTo(improved);
        }
    }

    @Test
    void aStopThatWasAskedForIsHeardAfterTheRestart() throws Exception {
        String id;
        String early;
        try (Session first = new Session()) {
            id = first.register();
            early = first.register();
            first.send(id, lines(0, 10));
            for (String run : List.of(id, early)) {
                assertThat(first.ask("POST", "/runs/" + run + "/commands", "{\"command\":\"stop\"}")
                                .statusCode())
                        .isEqualTo(202);
            }
        }
        try (Session second = new Session()) {
            JsonNode answer = second.send(id, lines(10, 11));
            assertThat(answer.get("command").asText()).isEqualTo("stop");
            assertThat(second.send(early, lines(0, 1)).get("accepted").asInt())
                    .as("what was told before the first event is none")
                    .isEqualTo(1);
        }
    }

    @Test
    void whatTheCurvesShowIsKnownAfterTheRestart() throws Exception {
        String diverged;
        String stalled;
        try (Session first = new Session()) {
            diverged = first.register();
            first.send(diverged, lines(0, 10) + "{\"loss\":\"NaN\"}\n");
            stalled = first.register();
            first.send(stalled, "{\"loss\":0.5}\n".repeat(300));
        }
        try (Session second = new Session()) {
            second.send(diverged, "{\"loss\":2}\n");
            assertThat(second.status(diverged).get("state").asText()).isEqualTo("diverged");
            second.send(stalled, "{\"loss\":0.5}\n");
            assertThat(second.status(stalled).get("state").asText()).isEqualTo("stalled");
            second.send(diverged, "{\"loss\":0.001}\n");
            assertThat(second.status(diverged).get("state").asText())
                    .as("with a new best loss")
                    .isEqualTo("running");
        }
    }

    @Test
    void aRunThatHadNoEventYetBegins() throws Exception {
        String id;
        try (Session first = new Session()) {
            id = first.register();
        }
        try (Session second = new Session()) {
            assertThat(second.send(id, "").get("nextSeq").asInt()).isZero();
            assertThat(second.status(id).get("ended").asBoolean()).isFalse();
        }
        try (Session third = new Session()) {
            assertThat(third.status(id).get("state").asText())
                    .as("taken up, and nothing came of it")
                    .isEqualTo("lost");
            assertThat(third.send(id, lines(0, 5)).get("accepted").asInt()).isEqualTo(5);
            assertThat(third.status(id).get("iteration").asInt()).isEqualTo(4);
        }
    }

    @Test
    void alertsHeedARunThatCameBack() throws Exception {
        String id;
        try (Session first = new Session()) {
            id = first.register();
            first.send(id, lines(0, 10));
        }
        try (Session second = new Session()) {
            // Long enough for the rules to have seen it lost.
            Thread.sleep(1500);
            assertThat(second.get("/alerts").get("firing")).isEmpty();
            second.send(id, "{\"loss\":\"NaN\"}\n");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(second.get("/alerts").get("firing"))
                            .singleElement()
                            .extracting(alert -> alert.get("rule").asText())
                            .isEqualTo("diverged"));
        }
    }

    @Test
    void anAttemptIsRewrittenThoughTheServerHasForgottenIt() throws Exception {
        String id;
        try (Session first = new Session()) {
            id = first.register();
            first.send(id, lines(0, 100));
        }
        try (Session second = new Session()) {
            second.send(id, "{\"attempt\":2,\"seq\":0,\"iteration\":60,\"loss\":7}\n");
        }
        try (Session third = new Session()) {
            JsonNode answer = third.send(
                    id,
                    "{\"attempt\":2,\"seq\":1,\"iteration\":61,\"loss\":8}\n"
                            + lines(99, 100).replace("{", "{\"attempt\":1,"));
            assertThat(answer.get("accepted").asInt()).isEqualTo(1);
            assertThat(answer.get("duplicates").asInt()).as("of attempt 1").isEqualTo(1);
            assertThat(iterations(third.get("/runs/" + id + "/series?points=4096")))
                    .hasSize(62)
                    .isSorted();
            assertThat(third.status(id).get("attempts")).hasSize(1);
        }
    }

    @Test
    void aWebSocketBringsEventsOfSuchARunAndAPageThatFollowsItSeesThem() throws Exception {
        String id;
        try (Session first = new Session()) {
            id = first.register();
            first.send(id, lines(0, 10));
        }
        try (Session second = new Session()) {
            try (Frames page = new Frames(client, second.url + "/api/v1/stream")) {
                page.send("{\"op\":\"subscribe\",\"run\":\"" + id + "\",\"maxHz\":20}");
                await().atMost(PATIENCE)
                        .until(() -> page.texts().stream().anyMatch(frame -> frame.contains("\"lost\"")));
                try (Frames program = new Frames(client, second.url + "/api/v1/ingest?run=" + id)) {
                    program.send(lines(8, 20));
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(program.texts())
                                    .singleElement()
                                    .asString()
                                    .contains("\"accepted\":10", "\"duplicates\":2"));
                    await().atMost(PATIENCE)
                            .until(() -> page.texts().stream()
                                    .anyMatch(frame ->
                                            frame.contains("\"running\"") && frame.contains("\"iteration\":19")));
                }
            }
        }
    }

    @Test
    void whatAnotherProcessOrNobodyFeedsIsNotTakenUp() throws Exception {
        try (Session first = new Session();
                Session second = new Session()) {
            String id = first.register();
            first.send(id, lines(0, 3));
            await().atMost(PATIENCE)
                    .until(() -> second.ask("GET", "/runs/" + id, "").statusCode() == 200);
            HttpResponse<String> answer = second.ask("POST", "/runs/" + id + "/events", lines(3, 4));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("fed through another process");
            assertThatThrownBy(() -> new Frames(client, second.url + "/api/v1/ingest?run=" + id))
                    .rootCause()
                    .hasMessageContaining("503");
            assertThat(first.send(id, lines(3, 4)).get("accepted").asInt()).isEqualTo(1);
            assertThat(second.ask("POST", "/runs/nobody/events", lines(0, 1)).statusCode())
                    .isEqualTo(404);
        }
    }
}
