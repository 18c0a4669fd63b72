package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server says of how it does, against what it has done. */
class HealthIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Served served;
    private WebClient client;

    @BeforeEach
    void serve() {
        served = new Served();
        client = WebClient.create(
                served.vertx,
                new WebClientOptions().setDefaultPort(served.dashboard.port()).setDefaultHost("127.0.0.1"));
    }

    @AfterEach
    void close() {
        served.close();
    }

    private JsonNode health() {
        HttpResponse<Buffer> response =
                Served.await(client.get("/api/v1/health").send());
        assertThat(response.statusCode()).isEqualTo(200);
        try {
            return new ObjectMapper().readTree(response.bodyAsString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private PageModel open() {
        PageModel page = new PageModel();
        page.socket = served.connect(new WebSocketConnectOptions().setURI("/api/v1/stream"), page::receive);
        return page;
    }

    @Test
    void theWayOfAnEventToTheScreenIsMeasuredFromItsAppendToItsFrame() {
        TestRuns events = new TestRuns();
        RunLog log = served.newRun("watched");
        // Long before anybody looks, and part of no latency.
        log.append(events.iteration(0, 0.5, 1));
        PageModel page = open();
        page.subscribe("watched");
        await().atMost(PATIENCE).until(() -> page.count("snapshot") == 1);
        assertThat(health().path("stream").path("lag").path("count").asInt()).isZero();
        for (int i = 1; i <= 3; i++) {
            long before = System.nanoTime();
            log.append(events.iteration(i, 0.5, 1));
            int deltas = i;
            await().atMost(PATIENCE).until(() -> page.count("delta") == deltas);
            await().atMost(PATIENCE)
                    .until(() ->
                            health().path("stream").path("lag").path("count").asInt() == deltas);
            JsonNode lag = health().path("stream").path("lag");
            if (i == 1) {
                // It was counted when the frame had been written, which is told a moment after the client has it; two
                // digits of precision.
                double most = (System.nanoTime() - before) / 1e9;
                assertThat(lag.path("max").asDouble()).isPositive().isLessThanOrEqualTo(most * 1.01 + 1e-4);
            }
        }
        JsonNode stream = health().path("stream");
        assertThat(stream.path("deltas").asInt()).isEqualTo(3);
        assertThat(stream.path("snapshots").asInt()).isEqualTo(1);
        assertThat(stream.path("resumed").asInt()).isZero();
        JsonNode topic = stream.path("viewers").path(0).path("topics").path(0);
        assertThat(topic.path("topic").asText()).isEqualTo("watched");
        assertThat(topic.path("position").asInt()).isEqualTo(3);
        assertThat(topic.path("eventsBehind").asInt()).isZero();
    }

    @Test
    void eventsAreCountedWithoutCostingAnAppendAnything() {
        RunLog log = served.newRun("busy");
        TestRuns events = new TestRuns();
        for (int i = 0; i < 40; i++) {
            log.append(events.iteration(i, 0.5, 1));
        }
        await().atMost(PATIENCE)
                .until(() -> health().path("events").path("total").asLong() == 40
                        && health().path("events").path("perSecond").asDouble() > 0);
    }

    @Test
    void whatWasLostIsSaidWithItsCountAndMoment() {
        JsonNode health = health();
        JsonNode others = health.path("events").path("ofOtherPrograms");
        assertThat(others.path("accepted").asInt()).isEqualTo(12);
        assertThat(others.path("duplicates").asInt()).isEqualTo(3);
        assertThat(health.path("losses")).hasSize(1);
        assertThat(health.path("losses").path(0).path("what").asText())
                .isEqualTo("2 lines were not taken from other programs, the last because it was malformed.");
        assertThat(health.path("losses").path(0).path("at").asText()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(health.path("store").path("state").asText()).isEqualTo("none");
        assertThat(health.path("alerts").path("rules")).hasSize(4);
        assertThat(health.path("memory").path("heapUsed").asLong()).isPositive();
        assertThat(health.path("build").path("version").asText()).isEqualTo("0.1.0");
        await("the event loop's timer")
                .atMost(PATIENCE)
                .until(() -> health().path("eventLoop").path("count").asInt() > 0);
    }
}
