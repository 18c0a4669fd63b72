package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.alert.Rule;
import io.escapement.alert.Sighting;
import io.escapement.alert.Silence;
import io.escapement.event.RunState;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alerts over HTTP: what is shown, silences that are made and lifted, and what is refused. */
class AlertRoutesIT {

    private Served served;
    private WebClient client;

    @BeforeEach
    void serve() {
        served = new Served();
        client = WebClient.create(
                served.vertx,
                new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(served.dashboard.port()));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private void lose(String run) {
        served.alerts.look(Map.of(
                run, new Sighting(run, "mine", Instant.now(), RunState.LOST, "Nothing is heard.", 3, 1.0, false)));
    }

    private JsonNode alerts() {
        return PageModel.parse(Served.await(client.get("/api/v1/alerts").send()).bodyAsString());
    }

    private HttpResponse<Buffer> silence(String body) {
        return Served.await(client.post("/api/v1/alerts/silences")
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(body)));
    }

    @Test
    void whatFiresIsShownWithItsRule() {
        lose("r1");
        JsonNode shown = alerts();
        assertThat(shown.path("on").asBoolean()).isTrue();
        JsonNode alert = shown.at("/firing/0");
        assertThat(alert.path("status").asText()).isEqualTo("firing");
        assertThat(alert.path("rule").asText()).isEqualTo("lost");
        assertThat(alert.path("severity").asText()).isEqualTo("critical");
        assertThat(alert.at("/run/id").asText()).isEqualTo("r1");
        assertThat(alert.path("sentence").asText()).isEqualTo("Nothing is heard.");
        assertThat(alert.has("resolvedAt")).isFalse();
        assertThat(shown.path("rules").size()).isEqualTo(Rule.values().length);
        assertThat(shown.at("/rules/0/forSeconds").asDouble()).isEqualTo(600);
        served.alerts.look(Map.of());
        shown = alerts();
        assertThat(shown.path("firing").size()).isZero();
        assertThat(shown.at("/recent/0/status").asText()).isEqualTo("resolved");
        assertThat(shown.at("/recent/0/resolution").asText()).isNotEmpty();
    }

    @Test
    void aSilenceIsMadeShownAndLifted() {
        served.newRun("r1");
        lose("r1");
        HttpResponse<Buffer> made = silence("{\"run\":\"r1\",\"rule\":\"lost\",\"seconds\":600}");
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        String id = PageModel.parse(made.bodyAsString()).path("id").asText();
        assertThat(served.alerts.silences())
                .singleElement()
                .satisfies(silence -> assertThat(silence.until())
                        .isBetween(Instant.now().plusSeconds(500), Instant.now().plusSeconds(600)));
        assertThat(alerts().at("/firing/0").has("silencedUntil")).isTrue();
        assertThat(alerts().at("/silences/0/rule").asText()).isEqualTo("lost");
        String path = "/api/v1/alerts/silences/" + id;
        assertThat(Served.await(client.delete(path).send()).statusCode()).isEqualTo(204);
        assertThat(Served.await(client.delete(path).send()).statusCode()).isEqualTo(404);
        assertThat(alerts().at("/firing/0").has("silencedUntil")).isFalse();
    }

    @Test
    void aSilenceOfARunThatIsNotThereIsRefused() {
        HttpResponse<Buffer> refused = silence("{\"run\":\"r1\",\"seconds\":600}");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.bodyAsString()).contains("there is no run 'r1' here");
        assertThat(served.alerts.silences()).isEmpty();
    }

    @Test
    void aSilenceUntilATime() {
        Instant until = Instant.now().plus(Duration.ofDays(2));
        assertThat(silence("{\"rule\":\"slow\",\"until\":\"" + until + "\"}").statusCode())
                .isEqualTo(201);
        assertThat(served.alerts.silences()).extracting(Silence::until).containsExactly(until);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"seconds\":60}|run",
                "{\"rule\":\"late\",\"seconds\":60}|rule",
                "{\"run\":\"\",\"seconds\":60}|run",
                "{\"run\":\"a\"}|until",
                "{\"run\":\"a\",\"seconds\":0}|seconds",
                "{\"run\":\"a\",\"seconds\":1e12}|seconds",
                "{\"run\":\"a\",\"until\":\"tomorrow\"}|until",
                "{\"run\":\"a\",\"until\":\"2020-01-01T00:00:00Z\"}|until",
                "{\"run\":\"a\",\"until\":\"3000-01-01T00:00:00Z\"}|until",
                "{\"run\":\"a\",\"seconds\":60,\"until\":\"2020-01-01T00:00:00Z\"}|until",
                "{\"runs\":\"a\",\"seconds\":60}|runs",
            })
    void whatIsWrongIsNamed(String body, String field) {
        served.newRun("a");
        HttpResponse<Buffer> refused = silence(body);
        assertThat(refused.statusCode()).as(body).isEqualTo(400);
        assertThat(PageModel.parse(refused.bodyAsString()).at("/errors/0/field").asText())
                .isEqualTo(field);
        assertThat(served.alerts.silences()).isEmpty();
    }

    @Test
    void anotherSitesPageCannotSilence() {
        HttpResponse<Buffer> refused = Served.await(client.post("/api/v1/alerts/silences")
                .putHeader("Content-Type", "application/json")
                .putHeader("Origin", "https://elsewhere.example")
                .sendBuffer(Buffer.buffer("{\"rule\":\"lost\",\"seconds\":60}")));
        assertThat(refused.statusCode()).isEqualTo(403);
    }
}
