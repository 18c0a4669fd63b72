package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.event.RunEvent;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpIT {

    private static Served served;
    private static WebClient client;

    @BeforeAll
    static void serve() {
        served = new Served();
        client = WebClient.create(
                served.vertx,
                new WebClientOptions()
                        .setDefaultHost("127.0.0.1")
                        .setDefaultPort(served.dashboard.port())
                        .setFollowRedirects(false));
        RunLog log = served.newRun("first");
        TestRuns events = new TestRuns();
        for (int i = 0; i < 100; i++) {
            log.append(events.iteration(i, 1.0 / (i + 1), 1));
        }
        log.append(events.stationary(99, TestRuns.spurious(), 0.01));
        log.append(events.escape(99, RunEvent.EscapeOutcome.PROPOSED, "one"));
        log.append(events.escape(99, RunEvent.EscapeOutcome.REJECTED, "two"));
        log.append(events.escape(99, RunEvent.EscapeOutcome.REFUSED, "three"));
        served.newRun("ended").append(new TestRuns().end(0));
        served.newRun("external").append(new TestRuns().iteration(0, 1, 1));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static HttpResponse<Buffer> get(String path) {
        return Served.await(client.get(path).send());
    }

    private static HttpRequest<Buffer> post(String path) {
        return client.post(path).putHeader("Content-Type", "application/json");
    }

    private static HttpResponse<Buffer> post(String path, String body) {
        return Served.await(post(path).sendBuffer(Buffer.buffer(body)));
    }

    private static JsonNode json(HttpResponse<Buffer> response) {
        return PageModel.parse(response.bodyAsString());
    }

    private static JsonNode problem(HttpResponse<Buffer> response, int status) {
        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(status);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        return problem;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/runs",
                "/runs/first",
                "/runs/first/landscape",
                "/compare",
                "/escapes",
                "/problems",
                "/?embed=1"
            })
    void thePageIsServedForItsOwnRoutes(String path) throws Exception {
        HttpResponse<Buffer> response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-cache");
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getHeader("Referrer-Policy")).isEqualTo("same-origin");
        String page = response.bodyAsString();
        int from = page.indexOf("importmap\">") + "importmap\">".length();
        String map = page.substring(from, page.indexOf("</script>"));
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(map.getBytes(StandardCharsets.UTF_8)));
        assertThat(response.getHeader("Content-Security-Policy"))
                .contains("script-src 'self' 'sha256-" + hash + "';")
                .contains("frame-ancestors 'self'");
    }

    @ParameterizedTest
    @CsvSource({
        "/js/app.js, text/javascript; charset=utf-8, no-cache",
        "/js/part.mjs, text/javascript; charset=utf-8, no-cache",
        "/css/app.css, text/css; charset=utf-8, no-cache",
        "/webjars/three/0.181.1/build/three.module.min.js, text/javascript; charset=utf-8, 'public, max-age=31536000, immutable'",
        "/_static/echarts/6.0.0/dist/echarts.esm.min.mjs, text/javascript; charset=utf-8, 'public, max-age=31536000, immutable'",
        "/webjars/lit/3.3.2/index.js, text/javascript; charset=utf-8, 'public, max-age=31536000, immutable'",
    })
    void filesHaveTypesAndAreKeptByTheBrowser(String path, String type, String caching) {
        HttpResponse<Buffer> response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo(type);
        assertThat(response.getHeader("Cache-Control")).isEqualTo(caching);
        assertThat(response.body().length()).isPositive();
        HttpResponse<Buffer> again = Served.await(client.get(path)
                .putHeader("If-None-Match", response.getHeader("ETag"))
                .send());
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/js/secret.key",
                "/js",
                "/js/",
                "/nothing.js",
                "/../pages-for-tests/js/app.js",
                "/%2e%2e/pages-for-tests/js/app.js",
                "/js/..%2f..%2fpages-for-tests%2fjs%2fapp.js",
                "/js//app.js%00.js",
                "/webjars/../../../io/escapement/web/Dashboard.class",
                "/META-INF/MANIFEST.MF",
                "/api/v1/nothing",
            })
    void whatIsNotThereIsNotFound(String path) {
        problem(get(path), 404);
    }

    @Test
    void headHasTheLengthOnly() {
        HttpResponse<Buffer> response = Served.await(client.head("/js/app.js").send());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Length")).isEqualTo("26");
        assertThat(response.body()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/metrics"})
    void aProbeByHeadIsAnswered(String path) {
        HttpResponse<Buffer> response = Served.await(client.head(path).send());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo(get(path).getHeader("Content-Type"));
        assertThat(response.body()).isNull();
    }

    @Test
    void healthAndMetricsAnswer() {
        assertThat(get("/health/live").bodyAsString()).isEqualTo("{\"status\":\"live\"}");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        HttpResponse<Buffer> metrics = Served.await(client.get("/metrics")
                .putHeader("Accept", "application/openmetrics-text")
                .send());
        assertThat(metrics.bodyAsString()).isEqualTo("asked_for application/openmetrics-text\n");
        assertThat(metrics.getHeader("Content-Type")).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void runsComePageByPage() {
        JsonNode first = json(get("/api/v1/runs?limit=2"));
        assertThat(first.path("runs").findValuesAsText("id")).containsExactly("first", "external");
        JsonNode second =
                json(get("/api/v1/runs?limit=2&cursor=" + first.path("next").asText()));
        assertThat(second.path("runs").findValuesAsText("id")).containsExactly("ended");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void runsComeInTheOrderAskedFor() {
        String way = "/api/v1/runs?sort=iteration&order=asc&limit=1";
        List<String> ids = new ArrayList<>();
        JsonNode page = json(get(way));
        assertThat(page.path("total").asInt()).isEqualTo(3);
        String next = page.path("next").asText();
        ids.addAll(page.path("runs").findValuesAsText("id"));
        while (page.has("next")) {
            page = json(get(way + "&cursor=" + page.path("next").asText()));
            ids.addAll(page.path("runs").findValuesAsText("id"));
        }
        assertThat(ids).containsExactlyInAnyOrder("external", "ended", "first");
        assertThat(json(get("/api/v1/runs?state=limit,stalled&problem=PMC&archived=false"))
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        for (String wrong : List.of(
                "sort=colour",
                "order=up",
                "archived=2",
                "state=limit,gone",
                "limit=201",
                "sort=loss&cursor=first",
                "sort=name&cursor=" + next,
                "archived=true&tag=x")) {
            JsonNode problem = problem(get("/api/v1/runs?" + wrong), 400);
            assertThat(problem.path("detail").asText())
                    .as(wrong)
                    .contains("would be valid", "is ")
                    .hasSizeGreaterThan(20);
        }
    }

    @Test
    void theOverviewCountsRunsByState() {
        JsonNode overview = json(get("/api/v1/overview"));
        assertThat(overview.path("runs").asInt()).isEqualTo(3);
        assertThat(overview.path("states").path("limit").asInt()).isEqualTo(1);
        assertThat(overview.path("states").path("lost").isInt()).isTrue();
        assertThat(overview.path("newest").asText()).isEqualTo("first");
    }

    @Test
    void aRunHasHeaderAndStatus() {
        JsonNode run = json(get("/api/v1/runs/first"));
        assertThat(run.path("header").path("id").asText()).isEqualTo("first");
        assertThat(run.path("status").path("verdict").asText()).isEqualTo("spurious-minimum");
        problem(get("/api/v1/runs/none"), 404);
    }

    @Test
    void seriesCanBeCutAndThinned() {
        JsonNode series = json(get("/api/v1/runs/first/series?names=loss&from=10&to=49&points=10"));
        assertThat(series.path("level").asInt()).isEqualTo(3);
        assertThat(series.path("columns").path("series").properties()).hasSize(1);
        assertThat(series.path("columns").path("bucket")).hasSize(6);
        JsonNode errors =
                problem(get("/api/v1/runs/first/series?points=0"), 400).path("errors");
        assertThat(errors.path(0).path("field").asText()).isEqualTo("points");
        assertThat(errors.path(0).path("detail").asText())
                .isEqualTo("points is '0'; a whole number from 1 to 4096 would be valid");
    }

    @Test
    void whatALaterAttemptRewroteIsToldApart() {
        RunLog log = served.newRun("again");
        TestRuns events = new TestRuns();
        for (int i = 0; i < 10; i++) {
            log.append(events.iteration(i, 2, 1));
        }
        assertThat(get("/api/v1/runs/again/replaced").bodyAsString()).isEqualTo("{\"replaced\":[]}");
        log.append(events.attempt(2).iteration(8, 1, 1));
        JsonNode replaced = json(get("/api/v1/runs/again/replaced")).path("replaced");
        assertThat(replaced).hasSize(1);
        assertThat(replaced.path(0).path("attempt").asInt()).isEqualTo(2);
        JsonNode columns = replaced.path(0).path("columns");
        assertThat(columns.path("iteration")).hasToString("[8,9]");
        assertThat(columns.path("series").path("loss").path("last")).hasToString("[2.0,2.0]");
        problem(get("/api/v1/runs/none/replaced"), 404);
        served.catalogue.delete("again");
    }

    @Test
    void eventsComeByKindAndPage() {
        JsonNode first = json(get("/api/v1/runs/first/events?kind=escape&limit=2"));
        assertThat(first.path("events").findValuesAsText("detail")).containsExactly("one", "two");
        JsonNode second = json(get("/api/v1/runs/first/events?kind=escape&limit=2&cursor="
                + first.path("next").asText()));
        assertThat(second.path("events").findValuesAsText("detail")).containsExactly("three");
        assertThat(second.has("next")).isFalse();
        problem(get("/api/v1/runs/first/events?kind=iteration"), 400);
    }

    @Test
    void theFormSaysWhatCanBeStarted() {
        assertThat(get("/api/v1/problems").bodyAsString())
                .isEqualTo(
                        "{\"problems\":[{\"name\":\"pmc\",\"title\":\"Matrix completion\",\"description\":\"…\","
                                + "\"options\":[\"n\",\"pace\"],\"shaping\":[\"n\"]}],\"options\":[{\"name\":\"n\",\"type\":\"integer\",\"default\":\"11\","
                                + "\"description\":\"rows\",\"group\":\"problem\"}],\"solvers\":[\"gd\"],\"escapes\":[\"none\"]}");
    }

    @Test
    void experimentsAreListedWithTheirNewestResult() {
        JsonNode list = json(get("/api/v1/experiments")).get("experiments");
        assertThat(list).hasSize(2);
        assertThat(list.at("/0/id").asText()).isEqualTo("leac-table1");
        assertThat(list.at("/0/hasResult").asBoolean()).isTrue();
        HttpResponse<Buffer> result = get("/api/v1/experiments/leac-table1");
        assertThat(result.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(json(result).get("experiment").asText()).isEqualTo("leac-table1");
        assertThat(problem(get("/api/v1/experiments/sod-pmc"), 404)
                        .path("detail")
                        .asText())
                .contains("sod-pmc");
    }

    @Test
    void theTrialsOfAnExperimentArePaged() {
        JsonNode first = json(get("/api/v1/experiments/leac-table1/trials?limit=2"));
        assertThat(first.get("trials")).hasSize(2);
        assertThat(first.at("/trials/0/run").isNull()).isTrue();
        assertThat(first.at("/trials/1/run").asText()).isEqualTo("run2");
        JsonNode second = json(get("/api/v1/experiments/leac-table1/trials?limit=2&cursor="
                + first.get("next").asText()));
        assertThat(second.get("trials")).hasSize(1);
        assertThat(second.has("next")).isFalse();
        assertThat(json(get("/api/v1/experiments/leac-table1/trials?cell=n%20%3D%2012"))
                        .get("trials"))
                .isEmpty();
        problem(get("/api/v1/experiments/none/trials"), 404);
        problem(get("/api/v1/experiments/leac-table1/trials?limit=0"), 400);
    }

    @Test
    void anExperimentIsStartedOnceAndStopped() {
        String path = "/api/v1/experiments/sod-pmc";
        assertThat(problem(post(path, "{\"trials\":2}"), 400).path("detail").asText())
                .isEqualTo("trials is 2; 1 to 1 is possible");
        assertThat(problem(post(path, "{\"trails\":1}"), 400).path("detail").asText())
                .contains("trails is not known");
        assertThat(problem(post(path, "{\"quick\":\"yes\",\"seed\":1.5}"), 400).path("errors"))
                .hasSize(2);
        problem(post("/api/v1/experiments/none", "{}"), 404);
        problem(post(path + "/commands", "{\"command\":\"stop\"}"), 409);
        assertThat(post(path, "{\"quick\":true}").statusCode()).isEqualTo(202);
        problem(post(path, "{\"quick\":true}"), 409);
        assertThat(json(get("/api/v1/experiments"))
                        .at("/experiments/1/running/done")
                        .asInt())
                .isEqualTo(1);
        problem(post(path + "/commands", "{\"command\":\"pause\"}"), 400);
        assertThat(post(path + "/commands", "{\"command\":\"stop\"}").statusCode())
                .isEqualTo(202);
    }

    @Test
    void aRunIsStarted() {
        HttpResponse<Buffer> response = post(
                "/api/v1/runs",
                "{\"problem\":\"pmc\",\"options\":{\"n\":11,\"rho\":0.5,\"quiet\":true,\"step\":\"exact\"}}");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.getHeader("Location")).isEqualTo("/api/v1/runs/new-run");
        assertThat(response.bodyAsString()).isEqualTo("{\"id\":\"new-run\"}");
        assertThat(served.desk.asked).contains("start pmc {n=11, rho=0.5, quiet=true, step=exact}");
    }

    @Test
    void whatIsWrongWithARequestIsNamed() {
        JsonNode errors = problem(post("/api/v1/runs", "{\"options\":{\"n\":[1]},\"colour\":1}"), 400)
                .path("errors");
        assertThat(errors.findValuesAsText("field")).containsExactly("options.n", "colour", "problem");
        assertThat(problem(post("/api/v1/runs", "{\"problem\":\"cp\"}"), 400)
                        .path("detail")
                        .asText())
                .isEqualTo("problem is 'cp'; pmc would be valid");
        assertThat(problem(post("/api/v1/runs", "{\n\"problem\":\"pmc\""), 400)
                        .path("detail")
                        .asText())
                .isEqualTo("the body is not valid JSON at line 2, column 16: Unexpected end-of-input: expected close"
                        + " marker for Object");
        problem(post("/api/v1/runs", ""), 400);
        problem(post("/api/v1/runs", "[]"), 400);
    }

    @Test
    void commandsReachTheDesk() {
        assertThat(post("/api/v1/runs/first/commands", "{\"command\":\"pause\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(served.desk.asked).contains("pause first by the API");
        HttpResponse<Buffer> fromPage = Served.await(post("/api/v1/runs/first/commands")
                .putHeader("Origin", served.dashboard.url())
                .sendBuffer(Buffer.buffer("{\"command\":\"stop\"}")));
        assertThat(fromPage.statusCode()).isEqualTo(202);
        assertThat(served.desk.asked).contains("stop first by the dashboard");
        problem(post("/api/v1/runs/ended/commands", "{\"command\":\"stop\"}"), 409);
        problem(post("/api/v1/runs/external/commands", "{\"command\":\"stop\"}"), 409);
        problem(post("/api/v1/runs/none/commands", "{\"command\":\"stop\"}"), 404);
        problem(post("/api/v1/runs/first/commands", "{\"command\":\"jump\"}"), 400);
    }

    @Test
    void methodsTypesAndSizesAreChecked() {
        HttpResponse<Buffer> wrongMethod =
                Served.await(client.request(HttpMethod.DELETE, "/api/v1/runs").send());
        problem(wrongMethod, 405);
        assertThat(wrongMethod.getHeader("Allow")).isEqualTo("GET, HEAD, POST");
        HttpResponse<Buffer> wrongToo = get("/api/v1/runs/first/commands");
        problem(wrongToo, 405);
        assertThat(wrongToo.getHeader("Allow")).isEqualTo("POST");
        HttpResponse<Buffer> form = Served.await(client.post("/api/v1/runs")
                .putHeader("Content-Type", "text/plain")
                .sendBuffer(Buffer.buffer("{}")));
        problem(form, 415);
        problem(Served.await(client.post("/api/v1/runs").send()), 415);
        problem(post("/api/v1/runs", "{\"problem\":\"" + "x".repeat(1 << 20) + "\"}"), 413);
    }

    @Test
    void onlyOwnPagesMayChangeAnything() {
        for (String origin : new String[] {"https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"}) {
            HttpResponse<Buffer> response = Served.await(post("/api/v1/runs")
                    .putHeader("Origin", origin)
                    .sendBuffer(Buffer.buffer("{\"problem\":\"pmc\",\"options\":{\"by\":\"stranger\"}}")));
            problem(response, 403);
        }
        HttpResponse<Buffer> crossSite = Served.await(post("/api/v1/runs")
                .putHeader("Sec-Fetch-Site", "cross-site")
                .sendBuffer(Buffer.buffer("{\"problem\":\"pmc\",\"options\":{\"by\":\"stranger\"}}")));
        problem(crossSite, 403);
        assertThat(served.desk.asked).noneMatch(asked -> asked.contains("stranger"));
    }

    @Test
    void onlyNamesOfThisMachineAreAnswered() {
        for (String host : new String[] {"evil.example", "127.0.0.1.evil.example"}) {
            problem(Served.await(client.get("/api/v1/runs").virtualHost(host).send()), 421);
        }
        for (String host : new String[] {"localhost", "LOCALHOST", "[::1]", "run.example"}) {
            assertThat(Served.await(client.get("/api/v1/runs").virtualHost(host).send())
                            .statusCode())
                    .as(host)
                    .isEqualTo(200);
        }
    }

    @Test
    void theStreamWantsAWebSocket() {
        problem(get("/api/v1/stream"), 426);
    }

    private static HttpResponse<Buffer> patch(String path, String body) {
        return Served.await(
                client.patch(path).putHeader("Content-Type", "application/json").sendBuffer(Buffer.buffer(body)));
    }

    @Test
    void aRunIsNamedTaggedAndFoundByIt() {
        RunLog log = served.newRun("labelled");
        log.append(new TestRuns().iteration(0, 1, 1));
        JsonNode header =
                json(patch("/api/v1/runs/labelled", "{\"name\":\"Better\",\"tags\":[\"a b\",\"c\"],\"note\":\"why\"}"));
        assertThat(header.get("name").asText()).isEqualTo("Better");
        assertThat(json(patch("/api/v1/runs/labelled", "{\"note\":null}")).has("note"))
                .isFalse();
        JsonNode found = json(get("/api/v1/runs?tag=a%20b")).get("runs");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("name").asText()).isEqualTo("Better");
        assertThat(found.get(0).get("tags")).hasToString("[\"a b\",\"c\"]");
        assertThat(json(get("/api/v1/runs?tag=a")).get("runs")).isEmpty();
        assertThat(json(get("/api/v1/runs?q=bETTER")).get("runs")).hasSize(1);
        assertThat(json(patch("/api/v1/runs/labelled", "{\"tags\":null}")).has("tags"))
                .isFalse();
        problem(patch("/api/v1/runs/nowhere", "{\"name\":\"x\"}"), 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"\"}",
                "{\"name\":null}",
                "{\"tags\":\"a\"}",
                "{\"tags\":[\"a,b\"]}",
                "{\"note\":3}",
                "{\"solver\":\"x\"}"
            })
    void aLabelThatIsNotValidIsRefused(String body) {
        JsonNode problem = problem(patch("/api/v1/runs/first", body), 400);
        assertThat(body)
                .contains("\"" + problem.get("errors").get(0).get("field").asText() + "\"");
    }

    @Test
    void onlyRunsThatHaveEndedAreDeleted() {
        served.newRun("spent").append(new TestRuns().end(0));
        assertThat(Served.await(client.delete("/api/v1/runs/spent").send()).statusCode())
                .isEqualTo(204);
        problem(Served.await(client.delete("/api/v1/runs/spent").send()), 404);
        problem(Served.await(client.delete("/api/v1/runs/first").send()), 409);
        assertThat(get("/api/v1/runs/first").statusCode()).isEqualTo(200);
    }

    @Test
    void aRunIsTakenAwayAsAFile() {
        HttpResponse<Buffer> file = get("/api/v1/runs/first/export?format=ndjson");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.getHeader("Content-Disposition")).isEqualTo("attachment; filename=\"first.ndjson\"");
        assertThat(file.bodyAsString()).isEqualTo("ndjson of first");
        problem(get("/api/v1/runs/first/export?format=xls"), 400);
        problem(get("/api/v1/runs/nowhere/export"), 404);
    }

    @Test
    void episodesAreThoseOfAllRunsWithTheRuleThatFoundThem() {
        JsonNode answer = json(get("/api/v1/episodes"));
        JsonNode run = answer.path("runs").get(0);
        assertThat(run.path("id").asText()).isEqualTo("first");
        JsonNode episode = run.path("episodes").get(0);
        assertThat(episode.path("outcome").asText()).isEqualTo("open");
        assertThat(episode.path("verdict").asText()).isEqualTo("spurious-minimum");
        assertThat(episode.path("mechanism").asText()).isEqualTo("oracle-probe");
        assertThat(episode.path("trials").asInt()).isEqualTo(1);
        assertThat(episode.path("rejected").asInt()).isEqualTo(1);
        assertThat(episode.path("refused").asInt()).isEqualTo(1);
        assertThat(episode.path("loss").asDouble()).isEqualTo(0.01);
        assertThat(episode.path("entry").path("iteration").asInt()).isEqualTo(99);
        for (String unknown :
                new String[] {"exit", "oracleCalls", "moved", "curvatureCosine", "distance", "falseAlarm"}) {
            assertThat(episode.has(unknown)).as(unknown).isFalse();
        }
        assertThat(answer.path("rule").path("entry").asText()).contains("500 iterations");
        assertThat(answer.path("rule").path("thresholds").path("improvement").asDouble())
                .isEqualTo(1e-6);
    }

    @Test
    void episodesAreFilteredAndPaged() {
        assertThat(json(get("/api/v1/episodes?mechanism=race")).path("runs")).isEmpty();
        assertThat(json(get("/api/v1/episodes?problem=cp")).path("runs")).isEmpty();
        assertThat(json(get("/api/v1/episodes?outcome=open&run=first")).path("runs"))
                .hasSize(1);
        assertThat(json(get("/api/v1/episodes?limit=1")).path("runs")).hasSize(1);
        assertThat(json(get("/api/v1/episodes?cursor=first")).path("runs")).isEmpty();
        assertThat(problem(get("/api/v1/episodes?outcome=gone"), 400)
                        .path("detail")
                        .asText())
                .contains("outcome is 'gone'", "escaped");
    }

    @Test
    void aProblemTellsWhatIsKnownOfItAndHowItsRunsWent() {
        JsonNode answer = json(get("/api/v1/problems/pmc"));
        assertThat(answer.path("name").asText()).isEqualTo("pmc");
        assertThat(answer.path("formula").asText()).isNotBlank();
        assertThat(answer.path("optimum").asDouble(-1)).isZero();
        assertThat(answer.has("picture")).isFalse();
        assertThat(answer.path("runs").path("lookedAt").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(answer.path("runs").path("ended").asInt()).isGreaterThanOrEqualTo(1);
        assertThat(answer.path("recent").get(0).path("id").asText()).isNotBlank();
        assertThat(problem(get("/api/v1/problems/travelling-salesman"), 404)
                        .path("detail")
                        .asText())
                .contains("travelling-salesman");
    }
}
