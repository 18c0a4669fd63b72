package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers, paths that lead out, connections that do nothing, events that come too fast. */
class ProtectionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Served served;

    @AfterEach
    void close() {
        served.close();
    }

    private HttpResponse<Buffer> get(String path) {
        WebClient client = WebClient.create(
                served.vertx,
                new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(served.dashboard.port()));
        return Served.await(client.get(path).send());
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.dashboard.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private String raw(String request) throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void untilClosed(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        while (in.read() >= 0) {
            // An answer, such as 408, may come before the end.
        }
    }

    @Test
    void everyAnswerSaysWhatBrowsersMayDoWithIt() {
        served = new Served(Protection.NONE.withFrameAncestors(List.of("'self'", "https://grafana.example:3000")));
        for (String path : List.of("/", "/api/v1/runs", "/nothing", "/metrics", "/health/live", "/js/app.js")) {
            HttpResponse<Buffer> response = get(path);
            assertThat(response.getHeader("Content-Security-Policy"))
                    .contains("default-src 'self'", "object-src 'none'", "base-uri 'none'")
                    .endsWith("frame-ancestors 'self' https://grafana.example:3000");
            assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(response.getHeader("Referrer-Policy")).isEqualTo("same-origin");
            assertThat(response.getHeader("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(response.getHeader("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(response.getHeader("Permissions-Policy")).contains("camera=()");
            assertThat(response.getHeader("Server")).isNull();
            assertThat(response.getHeader("Strict-Transport-Security")).isNull();
            boolean file = path.equals("/") || path.endsWith(".js");
            assertThat(response.getHeader("Cache-Control")).as(path).isEqualTo(file ? "no-cache" : "no-store");
        }
    }

    /** As they are sent by somebody who means it: nothing between straightens them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../logback.xml",
                "/js/../../logback.xml",
                "/%2e%2e/logback.xml",
                "/%2e%2e%2flogback.xml",
                "/..%2flogback.xml",
                "/%252e%252e%252flogback.xml",
                "/..%5clogback.xml",
                "/..\\logback.xml",
                "/js/..%c0%aflogback.xml",
                "/js/%u002e%u002e/logback.xml",
                "//logback.xml",
                "/webjars/../../../logback.xml",
                "/_static/..%2f..%2f..%2flogback.xml",
                "/js/app.js%00.png",
                "/js/app.js;.png",
                "/etc/passwd",
                "/%2fetc%2fpasswd",
                "/index.html%00",
            })
    void noPathLeadsOut(String path) throws IOException {
        served = new Served();
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1\\.[01] (400|404) .*").doesNotContain("<configuration", "root:");
    }

    @Test
    void aHeadThatIsTooLongIsRefused() throws IOException {
        served = new Served();
        String line = raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(line).matches("(?s)HTTP/1\\.[01] 414 .*");
        String header = raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
        assertThat(header).matches("(?s)HTTP/1\\.[01] 431 .*");
    }

    /** A slow loris: a byte now and then keeps a connection from being idle. */
    @Test
    void aHeadThatDripsInIsNotWaitedForForEver() throws IOException, InterruptedException {
        Connections.Limits limits = new Connections.Limits(100, Duration.ofMillis(300), Duration.ofMillis(300));
        served = new Served(limits, Protection.NONE);
        try (Socket dripping = open();
                Socket used = open()) {
            used.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Thread drops = new Thread(() -> {
                try {
                    for (byte drop : "GET / HTTP/1.1\r\nHost: localhost\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaa"
                            .getBytes(StandardCharsets.US_ASCII)) {
                        dripping.getOutputStream().write(drop);
                        Thread.sleep(100);
                    }
                } catch (IOException | InterruptedException e) {
                    // Closed, as it should be.
                }
            });
            drops.setDaemon(true);
            drops.start();
            untilClosed(dripping);
            untilClosed(used);
            drops.interrupt();
            drops.join();
        } catch (java.net.SocketException closed) {
            assertThat(closed).hasMessageContaining("reset");
        }
    }

    @Test
    void thereAreOnlySoManyConnections() throws IOException {
        served = new Served(Connections.Limits.DEFAULT, Protection.NONE.withConnections(4));
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                sockets.add(open());
                assertThat(alive(sockets.get(i))).isTrue();
            }
            try (Socket another = open()) {
                assertThat(alive(another)).isFalse();
            }
            sockets.remove(0).close();
            await().atMost(PATIENCE).until(() -> {
                try (Socket again = open()) {
                    return alive(again);
                }
            });
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static boolean alive(Socket socket) {
        try {
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == 'H';
        } catch (IOException closed) {
            return false;
        }
    }

    private static String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("{\"seq\":")
                    .append(i)
                    .append(",\"iteration\":")
                    .append(i)
                    .append(",\"values\":{\"loss\":1}}\n");
        }
        return lines.toString();
    }

    private HttpResponse<Buffer> post(WebClient client, String path, String type, String body) {
        return Served.await(client.post(path).putHeader("Content-Type", type).sendBuffer(Buffer.buffer(body)));
    }

    /** At 10 events a second: more than a second's worth in advance is sent away, and none is lost or counted twice. */
    @Test
    void aRunThatSendsTooFastIsHeldBackAndLosesNothing() {
        served = new Served(Protection.NONE.withEventsPerSecond(10));
        WebClient client = WebClient.create(
                served.vertx,
                new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(served.dashboard.port()));
        String location = post(client, "/api/v1/runs", "application/json", "{\"source\":\"external\"}")
                .getHeader("Location");
        String path = location + "/events";
        HttpResponse<Buffer> first = post(client, path, "application/x-ndjson", lines(0, 200));
        HttpResponse<Buffer> second = post(client, path, "application/x-ndjson", lines(0, 200));
        for (HttpResponse<Buffer> response : List.of(first, second)) {
            assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(429);
            assertThat(Integer.parseInt(response.getHeader("Retry-After"))).isBetween(5, 20);
        }
        assertThat(PageModel.parse(first.bodyAsString()).path("accepted").asInt())
                .isEqualTo(200);
        assertThat(PageModel.parse(second.bodyAsString()).path("accepted").asInt())
                .isZero();
        assertThat(served.feeders.ingested.get()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"10, 10, 0", "10, 11, 100", "10, 60, 5000", "0, 100000, 0"})
    void aPaceIsPaidForByTime(double perSecond, long events, long millis) {
        served = new Served();
        String id = served.feeders.registerForTest();
        var run = served.feeders.find(id).orElseThrow();
        long[] nanos = {0};
        Pace pace = new Pace(perSecond, () -> nanos[0]);
        assertThat(pace.wait(run)).isZero();
        pace.charge(run, events);
        assertThat(pace.wait(run)).isEqualTo(millis);
        nanos[0] += Duration.ofMillis(millis).toNanos();
        assertThat(pace.wait(run)).isZero();
    }
}
