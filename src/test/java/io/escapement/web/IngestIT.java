package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.event.RunEvent;
import io.escapement.ingest.Intake;
import io.escapement.ingest.Rejection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events of other programs over HTTP, and all that may go wrong on the way: each counted, none lost, none twice. */
class IngestIT {

    private static final String NDJSON = "application/x-ndjson";

    private Served served;
    private WebClient client;

    @BeforeEach
    void serve() {
        serve(Duration.ofMinutes(5));
    }

    private void serve(Duration idle) {
        served = new Served(
                new StreamHub.Patience(Duration.ofSeconds(3), Duration.ofSeconds(15), Duration.ofSeconds(45), idle));
        client = WebClient.create(
                served.vertx,
                new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(served.dashboard.port()));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private HttpResponse<Buffer> register(String body, String key) {
        HttpRequest<Buffer> request = client.post("/api/v1/runs").putHeader("Content-Type", "application/json");
        if (key != null) {
            request.putHeader("Idempotency-Key", key);
        }
        return Served.await(request.sendBuffer(Buffer.buffer(body)));
    }

    private String newRun() {
        HttpResponse<Buffer> made = register("{\"source\":\"external\",\"name\":\"mine\"}", null);
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        String id = json(made).get("id").asText();
        assertThat(made.getHeader("Location")).isEqualTo("/api/v1/runs/" + id);
        return id;
    }

    private HttpResponse<Buffer> send(String run, String type, Buffer body) {
        HttpRequest<Buffer> request = client.post("/api/v1/runs/" + run + "/events");
        if (type != null) {
            request.putHeader("Content-Type", type);
        }
        return Served.await(request.sendBuffer(body));
    }

    private JsonNode sent(String run, String lines) {
        HttpResponse<Buffer> response = send(run, NDJSON, Buffer.buffer(lines));
        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(200);
        return json(response);
    }

    private static JsonNode json(HttpResponse<Buffer> response) {
        return PageModel.parse(response.bodyAsString());
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"seq\":" + i + ",\"iteration\":" + i + ",\"loss\":" + 1.0 / (i + 1) + "}\n")
                .collect(Collectors.joining());
    }

    private List<Long> taken(String run) {
        List<RunEvent> events = new ArrayList<>(served.feeders.events.get(run));
        return events.stream().map(event -> event.stamp().seq()).toList();
    }

    private static List<Long> upTo(int end) {
        return IntStream.range(0, end).mapToObj(i -> (long) i).toList();
    }

    private Socket connect(String run, String headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.dashboard.port());
        socket.setSoTimeout(60_000);
        write(
                socket,
                "POST /api/v1/runs/" + run + "/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + NDJSON + "\r\n"
                        + headers + "\r\n\r\n");
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n";
    }

    @Test
    void aRunIsRegisteredOnceForAKeyAndListed() {
        String body = "{\"source\":\"external\",\"name\":\"mine\",\"problem\":\"mnist\",\"solver\":\"adam\","
                + "\"command\":\"python train.py\",\"tags\":[\"a\"],\"settings\":{\"lr\":1e-3},\"figures\":[\"loss\"],"
                + "\"seed\":7}";
        HttpResponse<Buffer> first = register(body, "key");
        HttpResponse<Buffer> again = register(body, "key");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.bodyAsString()).isEqualTo(first.bodyAsString());
        assertThat(register(body, "another").bodyAsString()).isNotEqualTo(first.bodyAsString());
        JsonNode header = json(Served.await(
                        client.get(first.getHeader("Location")).send()))
                .get("header");
        assertThat(header.get("solver").asText()).isEqualTo("adam");
        assertThat(header.get("seed").asInt()).isEqualTo(7);
        assertThat(header.get("settings").get("lr").asText()).isEqualTo("0.001");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"source\":\"internal\"}|source",
                "{\"source\":\"external\",\"name\":5}|name",
                "{\"source\":\"external\",\"tags\":\"a\"}|tags",
                "{\"source\":\"external\",\"seed\":\"x\"}|seed",
                "{\"source\":\"external\",\"settings\":{\"a\":[]}}|settings.a",
                "{\"source\":\"external\",\"nmae\":\"x\"}|nmae",
            })
    void aRegistrationThatIsNotValidIsRefusedByField(String body, String field) {
        HttpResponse<Buffer> response = register(body, "key");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("errors").get(0).get("field").asText()).isEqualTo(field);
        assertThat(register("{\"source\":\"external\"}", "key").statusCode())
                .as("a refusal is not kept for the key")
                .isEqualTo(201);
    }

    @Test
    void whereThereIsNoRoomForARunOneIsToldToComeLater() {
        served.feeders.full = true;
        HttpResponse<Buffer> response = register("{\"source\":\"external\"}", null);
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.getHeader("Retry-After")).isNotNull();
    }

    @Test
    void whatComesTwiceCountsOnceAndABadLineHarmsNoOther() {
        String run = newRun();
        assertThat(sent(run, lines(0, 100)))
                .hasToString("{\"accepted\":100,\"duplicates\":0,\"rejected\":0,\"attempt\":1,\"nextSeq\":100}");
        JsonNode again = sent(run, lines(90, 110) + "half a line\n" + "{\"seq\":50,\"loss\":1}\n" + lines(110, 111));
        assertThat(again.get("accepted").asInt()).isEqualTo(11);
        assertThat(again.get("duplicates").asInt()).isEqualTo(11);
        assertThat(again.get("rejected").asInt()).isEqualTo(1);
        assertThat(again.get("firstBad").get("line").asInt()).isEqualTo(21);
        assertThat(again.get("firstBad").get("error").asText()).contains("not valid JSON");
        assertThat(taken(run)).isEqualTo(upTo(111));
        assertThat(served.feeders.ingested.get()).isEqualTo(111);
        assertThat(served.feeders.rejected).isEqualTo(Map.of(Rejection.MALFORMED, 1L));
        assertThat(served.catalogue.find(run).orElseThrow().last()).isEqualTo(110);
    }

    @Test
    void aLineOverTheLimitIsPassedOverAndTheRestTaken() {
        String run = newRun();
        String huge = "{\"loss\":1,\"note\":\"" + "x".repeat(Intake.LINE_LIMIT) + "\"}\n";
        HttpResponse<Buffer> response = send(run, NDJSON, Buffer.buffer(lines(0, 2) + huge + lines(2, 4)));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
        JsonNode answer = json(response);
        assertThat(answer.get("accepted").asInt()).isEqualTo(4);
        assertThat(answer.get("rejected").asInt()).isEqualTo(1);
        assertThat(answer.get("firstBad").get("line").asInt()).isEqualTo(3);
        assertThat(answer.get("detail").asText()).contains("1048576");
        assertThat(served.feeders.rejected).isEqualTo(Map.of(Rejection.TOO_LONG, 1L));
    }

    @Test
    void gzipIsUnpackedAndOtherCodingsAndTypesAreRefused() throws IOException {
        String run = newRun();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(lines(0, 5000).getBytes(StandardCharsets.UTF_8));
        }
        HttpRequest<Buffer> request = client.post("/api/v1/runs/" + run + "/events")
                .putHeader("Content-Type", NDJSON)
                .putHeader("Content-Encoding", "gzip");
        JsonNode answer = json(Served.await(request.sendBuffer(Buffer.buffer(packed.toByteArray()))));
        assertThat(answer.get("accepted").asInt()).isEqualTo(5000);
        assertThat(taken(run)).isEqualTo(upTo(5000));
        HttpRequest<Buffer> brotli = client.post("/api/v1/runs/" + run + "/events")
                .putHeader("Content-Type", NDJSON)
                .putHeader("Content-Encoding", "br");
        assertThat(Served.await(brotli.sendBuffer(Buffer.buffer("x"))).statusCode())
                .isEqualTo(415);
        for (String type : List.of("text/html", "application/x-www-form-urlencoded", "application/x-ndjson-not")) {
            assertThat(send(run, type, Buffer.buffer("{\"loss\":1}")).statusCode())
                    .as(type)
                    .isEqualTo(415);
        }
        for (String type : new String[] {null, "application/json; charset=utf-8", "Application/NDJSON"}) {
            assertThat(send(run, type, Buffer.buffer("{\"loss\":1}")).statusCode())
                    .as(type)
                    .isEqualTo(200);
        }
    }

    @Test
    void onlyRunsOfOtherProgramsAreFed() {
        served.newRun("ours");
        assertThat(send("ours", NDJSON, Buffer.buffer("{\"loss\":1}")).statusCode())
                .isEqualTo(409);
        assertThat(send("nowhere", NDJSON, Buffer.buffer("{\"loss\":1}")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aConnectionThatDropsLeavesItsWholeLinesAndTheRestComesAgain() throws IOException {
        String run = newRun();
        String batch = lines(0, 1000);
        int cut = batch.indexOf("\"seq\":700") + 4;
        try (Socket socket = connect(run, "Content-Length: " + batch.length())) {
            write(socket, batch.substring(0, cut));
            await().until(() -> taken(run).size() == 700);
        }
        try (Socket socket = connect(run, "Transfer-Encoding: chunked")) {
            write(socket, chunk(lines(600, 800)) + chunk("{\"seq\":800,\"iteration\":800,\"loss\":1}"));
            await().until(() -> taken(run).size() == 800);
            socket.setSoLinger(true, 0);
        }
        JsonNode answer = sent(run, batch);
        assertThat(answer.get("accepted").asInt()).isEqualTo(200);
        assertThat(answer.get("duplicates").asInt()).isEqualTo(800);
        assertThat(taken(run)).isEqualTo(upTo(1000));
        assertThat(served.feeders.rejected).isEmpty();
    }

    @Test
    void whoSendsNothingForTooLongIsTakenLeaveOf() throws IOException {
        served.close();
        serve(Duration.ofSeconds(1));
        String run = newRun();
        try (Socket socket = connect(run, "Transfer-Encoding: chunked")) {
            write(socket, chunk(lines(0, 3) + "{\"seq\":3,\"lo"));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 408 ")
                    .contains("\"accepted\":3")
                    .contains("no whole line came for");
        }
        assertThat(taken(run)).isEqualTo(upTo(3));
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), served.dashboard.port())) {
            silent.setSoTimeout(60_000);
            write(silent, "POST /api/v1/runs/" + run + "/ev");
            InputStream in = silent.getInputStream();
            assertThat(in.read()).as("closed").isEqualTo(-1);
        }
    }

    @Test
    void whileAReaderIsBehindTheProgramIsHeldBack() throws Exception {
        String run = newRun();
        CountDownLatch held = new CountDownLatch(1);
        served.feeders.held = held;
        byte[] piece = chunk(("{\"loss\":1,\"run\":\"" + "x".repeat(8000) + "\"}\n").repeat(8))
                .getBytes(StandardCharsets.UTF_8);
        try (Socket socket = connect(run, "Transfer-Encoding: chunked")) {
            long[] written = {0};
            Thread writer = new Thread(() -> {
                try {
                    for (int i = 0; i < 640; i++) {
                        socket.getOutputStream().write(piece);
                        synchronized (written) {
                            written[0]++;
                        }
                    }
                    write(socket, "0\r\n\r\n");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            await().until(() -> taken(run).size() == 1);
            // All 40 MB would be there in a moment if nobody held them back; sockets and buffers hold some.
            await().during(Duration.ofMillis(400))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        synchronized (written) {
                            return written[0] > 0 && written[0] < 400;
                        }
                    });
            assertThat(taken(run)).hasSize(1);
            served.feeders.held = null;
            held.countDown();
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (answer.indexOf("nextSeq") < 0) {
                int length = socket.getInputStream().read(buffer);
                assertThat(length).as(answer.toString()).isPositive();
                answer.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
            }
            assertThat(answer).contains("\"accepted\":5120");
            writer.join(60_000);
        }
        assertThat(taken(run)).hasSize(5120);
    }

    @Test
    void aWishToStopComesWithTheNextAnswer() {
        String run = newRun();
        sent(run, lines(0, 1));
        assertThat(served.feeders.find(run).orElseThrow().wishStop("the dashboard"))
                .isTrue();
        assertThat(sent(run, lines(1, 2)).get("command").asText()).isEqualTo("stop");
    }

    @Test
    void aWebSocketIsAnsweredFrameByFrame() throws InterruptedException {
        String run = newRun();
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        WebSocket socket =
                served.connect(new WebSocketConnectOptions().setURI("/api/v1/ingest?run=" + run), answers::add);
        socket.writeTextMessage(lines(0, 100));
        socket.writeTextMessage(lines(50, 200) + "no event");
        assertThat(PageModel.parse(answers.poll(60, TimeUnit.SECONDS))
                        .get("accepted")
                        .asInt())
                .isEqualTo(100);
        JsonNode second = PageModel.parse(answers.poll(60, TimeUnit.SECONDS));
        assertThat(second.get("accepted").asInt()).isEqualTo(100);
        assertThat(second.get("duplicates").asInt()).isEqualTo(50);
        assertThat(second.get("firstBad").get("line").asInt()).isEqualTo(151);
        assertThat(taken(run)).isEqualTo(upTo(200));
        Served.await(socket.close());
    }
}
