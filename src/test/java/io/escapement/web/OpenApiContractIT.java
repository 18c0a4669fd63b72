package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import io.escapement.web.Exchanges.Exchange;
import io.escapement.web.access.Role;
import io.escapement.web.access.Token;
import io.escapement.web.access.TokenBook;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the document promises, against a server: the status, the kind and the shape of every answer, and of every message. */
class OpenApiContractIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Map<String, String> SECRETS = Map.of(
            "read", "read-0123456789abcdefghijklmnopqrst",
            "ingest", "ingest-0123456789abcdefghijklmnopq",
            "control", "control-0123456789abcdefghijklmnop",
            "wrong", "wrong-0123456789abcdefghijklmnopqrs");

    /** Answers to a server in a state that other tests bring about, and a WebSocket's, which a test below opens. */
    private static final Set<String> ELSEWHERE = Set.of(
            "POST /api/v1/session 429", // SessionIT
            "POST /api/v1/runs 429", // IngestIT
            "POST /api/v1/runs/{id}/events 408", // IngestIT
            "POST /api/v1/runs/{id}/events 429", // IngestIT
            "GET /api/v1/runs/{id}/landscape 503", // LandscapeRoutesIT
            "GET /api/v1/stream 101",
            "GET /api/v1/stream 503", // StreamIT
            "GET /api/v1/ingest 101",
            "GET /api/v1/ingest 404",
            "GET /api/v1/ingest 409",
            "POST /api/v1/runs/{id}/events 503", // ComingBackIT
            "GET /api/v1/ingest 429", // IngestIT
            "GET /api/v1/ingest 503"); // ComingBackIT

    private static OpenApi api;
    private static Served open;
    private static Served guarded;
    private static WebClient client;

    @BeforeAll
    static void serve() {
        api = document();
        open = new Served();
        guarded = new Served(Protection.NONE.withTokens(TokenBook.of(Stream.of(Role.READ, Role.INGEST, Role.CONTROL)
                .map(role -> Token.of(role.label(), role, SECRETS.get(role.label())))
                .toList())));
        Exchanges.prepare(open);
        client = WebClient.create(open.vertx, new WebClientOptions().setDefaultHost("127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        guarded.close();
        open.close();
    }

    private static OpenApi document() {
        try (InputStream in = OpenApiContractIT.class.getResourceAsStream("/openapi/openapi.yaml")) {
            return new OpenApi(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<Exchange> exchanges() {
        List<Exchange> table = Exchanges.all();
        List<Exchange> all = new ArrayList<>(table);
        all.addAll(Exchanges.refusals(document(), table));
        return all;
    }

    private static HttpResponse<Buffer> ask(Exchange exchange) {
        HttpMethod method = HttpMethod.valueOf(exchange.operation().split(" ", 2)[0]);
        HttpRequest<Buffer> request = client.request(
                method, (exchange.guarded() ? guarded : open).dashboard.port(), "127.0.0.1", exchange.path());
        if (exchange.guarded() && !exchange.token().equals("nobody")) {
            request.putHeader("Authorization", "Bearer " + SECRETS.get(exchange.token()));
        }
        if (exchange.body() == null) {
            return Served.await(request.send());
        }
        String body = exchange.body().replace("$read", SECRETS.get("read")).replace("$ingest", SECRETS.get("ingest"));
        return Served.await(request.putHeader("Content-Type", exchange.type()).sendBuffer(Buffer.buffer(body)));
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void isAnsweredAsTheDocumentSays(Exchange exchange) {
        OpenApi.Operation operation = api.operations().get(exchange.operation());
        assertThat(operation).as("there is no " + exchange.operation()).isNotNull();
        HttpResponse<Buffer> answer = ask(exchange);
        String what = exchange + ": " + answer.bodyAsString();
        assertThat(answer.statusCode()).as(what).isEqualTo(exchange.status());
        JsonNode promised = api.resolve(operation.node().path("responses").path(Integer.toString(exchange.status())));
        assertThat(promised.isMissingNode()).as("not documented: " + what).isFalse();
        if (exchange.status() < 300 && "application/json".equals(exchange.type())) {
            assertThat(api.errors(
                            operation
                                    .node()
                                    .at("/requestBody/content")
                                    .path("application/json")
                                    .path("schema"),
                            OpenApi.json(exchange.body())))
                    .as("the request")
                    .isEmpty();
        }
        JsonNode content = promised.path("content");
        if (content.isMissingNode()) {
            assertThat(answer.body() == null ? 0 : answer.body().length())
                    .as(what)
                    .isZero();
            return;
        }
        String type = answer.getHeader("Content-Type");
        assertThat(type).as(what).isNotNull();
        String media = type.split(";", 2)[0];
        assertThat(content.has(media)).as(media + " is not documented: " + what).isTrue();
        assertThat(answer.body().length()).as(what).isPositive();
        if (media.endsWith("json") && !media.endsWith("ndjson")) {
            JsonNode body = OpenApi.json(answer.bodyAsString());
            assertThat(api.errors(content.path(media).path("schema"), body))
                    .as(what)
                    .isEmpty();
            if (media.equals("application/problem+json")) {
                assertThat(body.path("status").asInt()).isEqualTo(exchange.status());
            }
        }
        for (Map.Entry<String, JsonNode> promise : promised.path("headers").properties()) {
            String header = promise.getKey();
            // Another site's Origin is refused without a challenge, and so is a token that shows nothing.
            if (!header.equals("Set-Cookie")
                    && !(header.equals("WWW-Authenticate") && exchange.path().endsWith("/session"))) {
                assertThat(answer.getHeader(header)).as(header + " of " + what).isNotBlank();
            }
        }
    }

    @Test
    void anUnknownParameterIsNamedWithThoseThatWouldBeValid() {
        String refused = Served.await(
                        client.get(open.dashboard.port(), "127.0.0.1", "/api/v1/runs/first/series?name=loss&from=1")
                                .send())
                .bodyAsString();
        assertThat(OpenApi.json(refused).at("/errors/0/field").asText()).isEqualTo("name");
        assertThat(OpenApi.json(refused).at("/errors/0/detail").asText())
                .isEqualTo("name is no parameter here; from, names, points, to would be");
        assertThat(OpenApi.json(refused).path("errors")).hasSize(1);
    }

    static List<Exchange> gets() {
        return exchanges().stream()
                .filter(exchange -> exchange.operation().startsWith("GET "))
                .toList();
    }

    /** Read from the socket itself, for a client of HTTP passes over a body that should not be there. */
    @ParameterizedTest
    @MethodSource("gets")
    void headIsAnsweredAsGetIsWithoutTheBody(Exchange exchange) throws IOException {
        assertThat(raw("HEAD", exchange).split("\r\n", 2)[0])
                .isEqualTo(raw("GET", exchange).split("\r\n", 2)[0]);
        assertThat(raw("HEAD", exchange)).endsWith("\r\n\r\n").containsOnlyOnce("\r\n\r\n");
    }

    private static String raw(String method, Exchange exchange) throws IOException {
        int port = (exchange.guarded() ? guarded : open).dashboard.port();
        String secret = exchange.guarded() ? SECRETS.get(exchange.token()) : null;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = method + " " + exchange.path() + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + (secret == null ? "" : "\r\nAuthorization: Bearer " + secret) + "\r\nConnection: close\r\n\r\n";
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void everyAnswerOfTheDocumentIsAskedFor() {
        Set<String> asked = new TreeSet<>();
        exchanges().forEach(exchange -> asked.add(exchange.operation() + " " + exchange.status()));
        assertThat(asked).as("asked for here too").doesNotContainAnyElementsOf(ELSEWHERE);
        asked.addAll(ELSEWHERE);
        Set<String> promised = new TreeSet<>();
        api.operations()
                .forEach((name, operation) -> operation
                        .node()
                        .path("responses")
                        .fieldNames()
                        .forEachRemaining(status -> promised.add(name + " " + status)));
        promised.removeIf(answer -> answer.endsWith(" default"));
        assertThat(asked).isEqualTo(promised);
    }

    @Test
    void aRunIsMadeOnceForAKeyWhetherStartedHereOrNot() {
        for (String body : List.of("{\"problem\":\"pmc\"}", "{\"source\":\"external\"}")) {
            int started = open.desk.asked.size();
            List<String> made = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                made.add(Served.await(client.post(open.dashboard.port(), "127.0.0.1", "/api/v1/runs")
                                .putHeader("Content-Type", "application/json")
                                .putHeader("Idempotency-Key", "key of " + body)
                                .sendBuffer(Buffer.buffer(body)))
                        .bodyAsString());
            }
            assertThat(made.get(1)).isEqualTo(made.get(0));
            assertThat(open.desk.asked.size() - started).isLessThanOrEqualTo(1);
        }
    }

    /** Follows next to the end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/runs?limit=1",
                "/api/v1/runs/first/events?limit=2",
                "/api/v1/experiments/leac-table1/trials?limit=2",
            })
    void pagesFollowEachOtherToTheEnd(String path) {
        List<String> seen = new ArrayList<>();
        String next = "";
        int pages = 0;
        while (next != null) {
            String cursor = next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
            JsonNode page = OpenApi.json(Served.await(client.get(open.dashboard.port(), "127.0.0.1", path + cursor)
                            .send())
                    .bodyAsString());
            page.properties().iterator().next().getValue().forEach(row -> seen.add(row.toString()));
            next = page.has("next") ? page.get("next").asText() : null;
            assertThat(++pages).isLessThan(50);
        }
        assertThat(pages).isGreaterThan(1);
        assertThat(seen).hasSizeGreaterThan(pages - 1).doesNotHaveDuplicates();
    }

    @Test
    void anEmptyCursorIsTheFirstPage() {
        for (String path : List.of("/api/v1/runs?state=&tag=&q=&cursor=", "/api/v1/episodes?cursor=")) {
            JsonNode page = OpenApi.json(Served.await(
                            client.get(open.dashboard.port(), "127.0.0.1", path).send())
                    .bodyAsString());
            assertThat(page.path("runs")).as(path).isNotEmpty();
        }
    }

    private static JsonNode schema(String name) {
        return OpenApi.json("{\"$ref\":\"#/components/schemas/" + name + "\"}");
    }

    @Test
    void theStreamSpeaksAsTheDocumentSays() {
        Queue<JsonNode> frames = new ConcurrentLinkedQueue<>();
        WebSocket socket = open.connect(
                new WebSocketConnectOptions().setURI("/api/v1/stream"), text -> frames.add(OpenApi.json(text)));
        RunLog log = open.newRun("watched");
        TestRuns events = new TestRuns();
        log.append(events.iteration(0, 1, 1));
        say(socket, "{\"op\":\"runs\"}");
        say(socket, "{\"op\":\"runs\",\"ids\":[\"watched\",\"none\"]}");
        say(socket, "{\"op\":\"subscribe\",\"run\":\"watched\",\"maxHz\":30}");
        say(socket, "{\"op\":\"subscribe\",\"run\":\"none\"}");
        await().atMost(PATIENCE).until(() -> heard(frames).containsAll(Set.of("hello", "snapshot", "error", "rows")));
        log.append(events.iteration(1, Double.NaN, 1));
        log.append(events.stationary(1, TestRuns.spurious(), 0.01));
        await().atMost(PATIENCE).until(() -> heard(frames).contains("delta"));
        say(socket, "{\"op\":\"unsubscribe\",\"run\":\"watched\"}");
        say(socket, "{\"op\":\"runs\"}");
        await().atMost(PATIENCE).until(() -> heard(frames).contains("runs"));
        Served.await(socket.close());
        for (JsonNode frame : frames) {
            assertThat(api.errors(schema("StreamMessage"), frame))
                    .as(frame.toString())
                    .isEmpty();
        }
    }

    private static void say(WebSocket socket, String request) {
        assertThat(api.errors(schema("StreamRequest"), OpenApi.json(request))).isEmpty();
        Served.await(socket.writeTextMessage(request));
    }

    private static Set<String> heard(Queue<JsonNode> frames) {
        Set<String> heard = new TreeSet<>();
        frames.forEach(frame -> heard.add(frame.path("op").asText()));
        return heard;
    }

    @Test
    void theIngestSocketSpeaksAsTheDocumentSays() {
        Queue<JsonNode> frames = new ConcurrentLinkedQueue<>();
        String run = open.feeders.registerForTest();
        WebSocket socket = open.connect(
                new WebSocketConnectOptions().setURI("/api/v1/ingest?run=" + run),
                text -> frames.add(OpenApi.json(text)));
        String line = "{\"seq\":0,\"iteration\":0,\"values\":{\"loss\":0.5},\"point\":{\"x\":1,\"y\":0,\"z\":\"NaN\"}}";
        assertThat(api.errors(schema("SentEvent"), OpenApi.json(line))).isEmpty();
        Served.await(socket.writeTextMessage(line + "\n{\n"));
        await().atMost(PATIENCE).until(() -> !frames.isEmpty());
        assertThat(api.errors(schema("IngestAnswer"), frames.peek()))
                .as(frames.toString())
                .isEmpty();
        assertThat(frames.peek().path("accepted").asInt()).isEqualTo(1);
        assertThat(frames.peek().path("firstBad").path("line").asInt()).isEqualTo(2);
        Served.await(socket.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/ingest 400", "/api/v1/ingest?run=none 404", "/api/v1/ingest?run=first 409"})
    void anIngestSocketThatLeadsNowhereIsRefusedWithAProblem(String given) {
        String path = given.split(" ", 2)[0];
        int status = Integer.parseInt(given.split(" ", 2)[1]);
        Throwable error =
                Assertions.catchThrowable(() -> open.connect(new WebSocketConnectOptions().setURI(path), text -> {}));
        assertThat(error).hasCauseInstanceOf(UpgradeRejectedException.class);
        UpgradeRejectedException refused = (UpgradeRejectedException) error.getCause();
        assertThat(refused.getStatus()).isEqualTo(status);
        assertThat(api.errors(schema("Problem"), OpenApi.json(refused.getBody().toString())))
                .isEmpty();
    }
}
