package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.web.access.Role;
import io.escapement.web.access.Token;
import io.escapement.web.access.TokenBook;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every route that the server has, asked by everybody: which role it needs, and that nobody else gets through. */
class RolesIT {

    private static final Map<Role, String> SECRETS = new EnumMap<>(Map.of(
            Role.READ, "read-0123456789abcdefghijklmnopqrst",
            Role.INGEST, "ingest-0123456789abcdefghijklmnopq",
            Role.CONTROL, "control-0123456789abcdefghijklmnop"));

    /** What needs no token. Whatever is added here must hold nothing of any run. */
    private static final Set<String> OPEN = Set.of(
            "GET /health/live",
            "HEAD /health/live",
            "GET /health/ready",
            "HEAD /health/ready",
            "GET /api/v1/session",
            "HEAD /api/v1/session",
            "POST /api/v1/session",
            "DELETE /api/v1/session");

    private static Served served;
    private static WebClient client;

    @BeforeAll
    static void serve() {
        served = new Served(Protection.NONE.withTokens(TokenBook.of(SECRETS.entrySet().stream()
                .map(entry -> Token.of(entry.getKey().label(), entry.getKey(), entry.getValue()))
                .toList())));
        client = WebClient.create(
                served.vertx,
                new WebClientOptions()
                        .setDefaultHost("127.0.0.1")
                        .setDefaultPort(served.dashboard.port())
                        .setFollowRedirects(false));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static List<Route> routes() {
        // The first two are what every request passes.
        return served.dashboard.routes().subList(2, served.dashboard.routes().size());
    }

    private static String label(HttpMethod method, Route route) {
        return method.name() + " " + (route.getPath() == null ? route.getName() : route.getPath());
    }

    private static boolean isFile(Route route) {
        return route.getPath() == null
                || !(route.getPath().startsWith("/api/")
                        || route.getPath().equals("/metrics")
                        || route.getPath().startsWith("/health/"));
    }

    @Test
    void everyRouteSaysWhichRoleItNeeds() {
        assertThat(routes()).hasSizeGreaterThan(40);
        assertThat(routes()).allSatisfy(route -> {
            assertThat(route.<Role>getMetadata(Routes.ROLE))
                    .as(route.toString())
                    .isInstanceOf(Role.class);
            assertThat(route.methods()).as(route.toString()).isNotEmpty();
        });
    }

    @Test
    void onlyFilesAndSignsOfLifeAreOpen() {
        TreeSet<String> open = new TreeSet<>();
        for (Route route : routes()) {
            if (route.<Role>getMetadata(Routes.ROLE) == Role.ANYBODY && !isFile(route)) {
                route.methods().forEach(method -> open.add(label(method, route)));
            }
        }
        assertThat(open).isEqualTo(new TreeSet<>(OPEN));
    }

    @Test
    void whatChangesSomethingNeedsMoreThanReading() {
        for (Route route : routes()) {
            boolean reads = route.methods().stream()
                    .allMatch(method -> method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD));
            boolean session = "/api/v1/session".equals(route.getPath());
            if (!reads && !session) {
                assertThat(route.<Role>getMetadata(Routes.ROLE))
                        .as(route.toString())
                        .isIn(Role.INGEST, Role.CONTROL);
            }
        }
    }

    private static HttpResponse<Buffer> ask(HttpMethod method, String path, Role as) {
        HttpRequest<Buffer> request = client.request(method, path);
        if (SECRETS.containsKey(as)) {
            request.putHeader("Authorization", "Bearer " + SECRETS.get(as));
        }
        return Served.await(request.send());
    }

    @Test
    void everyRouteIsClosedToEverybodyElse() {
        int asked = 0;
        for (Route route : routes()) {
            if (route.getPath() == null) {
                continue;
            }
            Role needed = route.getMetadata(Routes.ROLE);
            String path = route.getPath().replaceAll(":[^/]+", "no-such-thing").replace("*", "x");
            for (HttpMethod method : route.methods()) {
                for (Role as : Role.values()) {
                    HttpResponse<Buffer> response = ask(method, path, as);
                    String what = method + " " + path + " as " + as + ": " + response.bodyAsString();
                    if (as.allows(needed)) {
                        assertThat(response.statusCode()).as(what).isNotIn(401, 403, 429, 500);
                    } else {
                        assertThat(response.statusCode()).as(what).isEqualTo(as == Role.ANYBODY ? 401 : 403);
                        assertThat(response.getHeader("WWW-Authenticate")).startsWith("Bearer ");
                        assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
                        if (!method.equals(HttpMethod.HEAD)) {
                            assertThat(response.bodyAsString()).contains("role " + needed.label());
                        }
                    }
                    asked++;
                }
            }
        }
        assertThat(asked).isGreaterThan(150);
    }

    @Test
    void whoFeedsRunsMayRegisterThemAndStartNone() {
        String register = "{\"source\":\"external\",\"name\":\"fed\"}";
        String start = "{\"problem\":\"pmc\"}";
        assertThat(post("/api/v1/runs", register, Role.INGEST).statusCode()).isEqualTo(201);
        assertThat(post("/api/v1/runs", start, Role.INGEST).statusCode()).isEqualTo(403);
        assertThat(served.desk.asked).noneMatch(asked -> asked.startsWith("start"));
        assertThat(post("/api/v1/runs", start, Role.CONTROL).statusCode()).isEqualTo(201);
    }

    private static HttpResponse<Buffer> post(String path, String body, Role as) {
        return Served.await(client.post(path)
                .putHeader("Content-Type", "application/json")
                .putHeader("Authorization", "Bearer " + SECRETS.get(as))
                .sendBuffer(Buffer.buffer(body)));
    }

    /** A key of one is no way to the run of another. */
    @Test
    void anIdempotencyKeyIsItsSendersOwn() {
        String register = "{\"source\":\"external\"}";
        String mine = keyed(register, Role.INGEST).getHeader("Location");
        assertThat(keyed(register, Role.INGEST).getHeader("Location")).isEqualTo(mine);
        assertThat(keyed(register, Role.CONTROL).getHeader("Location")).isNotEqualTo(mine);
    }

    private static HttpResponse<Buffer> keyed(String body, Role as) {
        return Served.await(client.post("/api/v1/runs")
                .putHeaders(MultiMap.caseInsensitiveMultiMap()
                        .add("Content-Type", "application/json")
                        .add("Idempotency-Key", "once")
                        .add("Authorization", "Bearer " + SECRETS.get(as)))
                .sendBuffer(Buffer.buffer(body)));
    }

    @Test
    void whoCommandsIsNamed() {
        served.newRun("commanded");
        assertThat(post("/api/v1/runs/commanded/commands", "{\"command\":\"stop\"}", Role.CONTROL)
                        .statusCode())
                .isEqualTo(202);
        assertThat(served.desk.asked).contains("stop commanded by control through the API");
    }
}
