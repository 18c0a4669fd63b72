package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A browser that signs in: its cookie, where it counts and where not, the stream, and guessing. */
class SessionIT {

    private static final String CONTROL = "control-0123456789abcdefghijklmnop";
    private static final String INGEST = "ingest-0123456789abcdefghijklmnopq";
    private static final String WRONG = "wrong-0123456789abcdefghijklmnopqrs";

    private Served served;
    private WebClient client;

    @BeforeEach
    void serve() {
        served = new Served(Protection.NONE.withTokens(
                TokenBook.of(List.of(Token.of("ops", Role.CONTROL, CONTROL), Token.of("jobs", Role.INGEST, INGEST)))));
        client = WebClient.create(
                served.vertx,
                new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(served.dashboard.port()));
    }

    @AfterEach
    void close() {
        served.close();
    }

    private HttpResponse<Buffer> signIn(String token) {
        return Served.await(client.post("/api/v1/session")
                .putHeader("Content-Type", "application/json")
                .putHeader("Origin", served.dashboard.url())
                .sendBuffer(Buffer.buffer("{\"token\":\"" + token + "\"}")));
    }

    /** Name and value of the cookie as a browser sends it back. */
    private String cookie() {
        HttpResponse<Buffer> response = signIn(CONTROL);
        assertThat(response.statusCode()).isEqualTo(200);
        return response.getHeader("Set-Cookie").split(";", 2)[0];
    }

    private HttpRequest<Buffer> with(String cookie, HttpMethod method, String path) {
        return client.request(method, path).putHeader("Cookie", cookie);
    }

    @Test
    void aTokenIsExchangedForACookieThatNoScriptReads() {
        HttpResponse<Buffer> response = signIn(CONTROL);
        assertThat(response.bodyAsString()).contains("\"role\":\"control\"", "\"name\":\"ops\"", "\"signedIn\":true");
        String cookie = response.getHeader("Set-Cookie");
        assertThat(cookie)
                .startsWith("escapement-" + served.dashboard.port() + "=")
                .contains("; HTTPOnly", "; SameSite=Strict", "; Path=/", "; Max-Age=2592000")
                .doesNotContain("Secure", CONTROL);
        assertThat(with(cookie.split(";", 2)[0], HttpMethod.GET, "/api/v1/runs")
                        .send()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join()
                        .statusCode())
                .isEqualTo(200);
    }

    /** Behind a proxy that speaks TLS the browser says so by its Origin. */
    @Test
    void behindTlsTheCookieIsKeptToIt() {
        String cookie = Served.await(client.post("/api/v1/session")
                        .virtualHost("run.example")
                        .port(served.dashboard.port())
                        .putHeader("Host", "run.example")
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Origin", "https://run.example")
                        .sendBuffer(Buffer.buffer("{\"token\":\"" + CONTROL + "\"}")))
                .getHeader("Set-Cookie");
        assertThat(cookie).startsWith("__Host-escapement=").contains("; Secure; HTTPOnly; SameSite=Strict");
    }

    @Test
    void aTokenThatShowsNothingSignsNobodyIn() {
        HttpResponse<Buffer> response = signIn(INGEST);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.getHeader("Set-Cookie")).isNull();
        assertThat(response.bodyAsString()).contains("role ingest");
    }

    @Test
    void whoeverSignsOutIsOut() {
        String cookie = cookie();
        assertThat(Served.await(with(cookie, HttpMethod.DELETE, "/api/v1/session")
                                .send())
                        .statusCode())
                .isEqualTo(204);
        assertThat(Served.await(with(cookie, HttpMethod.GET, "/api/v1/runs").send())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoeverHasNotSignedInLearnsThatItIsNeeded() {
        assertThat(Served.await(client.get("/api/v1/session").send()).bodyAsString())
                .isEqualTo("{\"tokens\":true,\"signedIn\":false}");
    }

    /** SITE is Sec-Fetch-Site, OWN an Origin of this server's, OTHER one of another port. */
    @ParameterizedTest
    @CsvSource({
        // Reading: a browser's own page, a typed address, an old browser.
        "GET, , same-origin, 200",
        "GET, , none, 200",
        "GET, , , 200",
        "GET, , same-site, 401",
        "GET, , cross-site, 401",
        // Commanding.
        "POST, OWN, same-origin, 202",
        "POST, OWN, , 202",
        "POST, , same-origin, 202",
        "POST, , , 401",
        "POST, , none, 401",
        "POST, , same-site, 401",
        "POST, OTHER, same-site, 403",
        "POST, OTHER, , 403",
        "POST, NULL, , 403",
        "POST, , cross-site, 403",
    })
    void aCookieCountsFromOwnPagesOnly(String method, String origin, String site, int status) {
        served.newRun("mine");
        HttpRequest<Buffer> request = method.equals("GET")
                ? with(cookie(), HttpMethod.GET, "/api/v1/runs")
                : with(cookie(), HttpMethod.POST, "/api/v1/runs/mine/commands");
        request.putHeader("Content-Type", "application/json");
        if (origin != null) {
            request.putHeader(
                    "Origin",
                    switch (origin) {
                        case "OWN" -> served.dashboard.url();
                        case "OTHER" -> "http://127.0.0.1:1";
                        default -> "null";
                    });
        }
        if (site != null) {
            request.putHeader("Sec-Fetch-Site", site);
        }
        HttpResponse<Buffer> response = Served.await(
                method.equals("GET") ? request.send() : request.sendBuffer(Buffer.buffer("{\"command\":\"stop\"}")));
        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(status);
        assertThat(served.desk.asked).hasSize(status == 202 ? 1 : 0);
    }

    private WebSocketConnectOptions stream() {
        return new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(served.dashboard.port())
                .setURI("/api/v1/stream")
                .setAllowOriginHeader(false);
    }

    private void refused(WebSocketConnectOptions options, int status) {
        assertThatThrownBy(() -> Served.await(served.sockets.connect(options)))
                .cause()
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        e -> assertThat(e.getStatus()).isEqualTo(status));
    }

    @Test
    void theStreamIsForThoseWhoMayRead() {
        refused(stream(), 401);
        refused(stream().addHeader("Authorization", "Bearer " + INGEST), 403);
        refused(stream().addHeader("Authorization", "Bearer " + WRONG), 401);
        Served.await(served.sockets.connect(stream().addHeader("Authorization", "Bearer " + CONTROL)));
    }

    /** Any page may open a WebSocket to any server, and the browser sends the cookie along. */
    @Test
    void theStreamHeedsACookieFromOwnPagesOnly() {
        String cookie = cookie();
        refused(stream().addHeader("Cookie", cookie), 401);
        refused(
                stream()
                        .addHeader("Cookie", cookie)
                        .setAllowOriginHeader(true)
                        .addHeader("Origin", "https://evil.example"),
                403);
        refused(
                stream()
                        .addHeader("Cookie", cookie)
                        .setAllowOriginHeader(true)
                        .addHeader("Origin", "http://127.0.0.1:1"),
                403);
        Served.await(served.sockets.connect(stream()
                .addHeader("Cookie", cookie)
                .setAllowOriginHeader(true)
                .addHeader("Origin", served.dashboard.url())));
    }

    @Test
    void theStreamEndsWithTheSession() {
        String cookie = cookie();
        WebSocket socket = Served.await(served.sockets.connect(stream()
                .addHeader("Cookie", cookie)
                .setAllowOriginHeader(true)
                .addHeader("Origin", served.dashboard.url())));
        Served.await(with(cookie, HttpMethod.DELETE, "/api/v1/session").send());
        await().atMost(Duration.ofSeconds(60)).until(socket::isClosed);
        assertThat(socket.closeStatusCode()).isEqualTo((short) 4001);
    }

    private HttpResponse<Buffer> bearer(String token) {
        return Served.await(client.get("/api/v1/runs")
                .putHeader("Authorization", "Bearer " + token)
                .send());
    }

    @Test
    void guessingIsSlowedDown() {
        for (int i = 0; i < 10; i++) {
            assertThat(bearer(WRONG + i).statusCode()).isEqualTo(401);
        }
        HttpResponse<Buffer> limited = bearer(WRONG);
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(limited.getHeader("Retry-After"))).isBetween(1, 6);
        // Not even a right one is told from a wrong one then, by header or at the sign-in.
        assertThat(bearer(CONTROL).statusCode()).isEqualTo(429);
        assertThat(signIn(CONTROL).statusCode()).isEqualTo(429);
    }

    @Test
    void guessingShutsNobodyOutWhoWasAcceptedBefore() {
        assertThat(bearer(CONTROL).statusCode()).isEqualTo(200);
        String cookie = cookie();
        for (int i = 0; i < 11; i++) {
            bearer(WRONG + i);
        }
        assertThat(bearer(WRONG).statusCode()).isEqualTo(429);
        assertThat(bearer(CONTROL).statusCode()).isEqualTo(200);
        assertThat(Served.await(with(cookie, HttpMethod.GET, "/api/v1/runs").send())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"Basic YTpi", "Bearer", "Token x", "''"})
    void whatIsNoBearerIsRefused(String authorization) {
        HttpResponse<Buffer> response = Served.await(client.get("/api/v1/runs")
                .putHeader("Authorization", authorization)
                .send());
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.getHeader("WWW-Authenticate")).startsWith("Bearer realm=");
    }
}
