package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.escapement.alert.webhook.Receiver;
import io.escapement.browser.NeedsProgram;
import io.escapement.grafana.Boards;
import io.escapement.grafana.Boards.Board;
import io.escapement.grafana.Monitoring;
import io.escapement.grafana.Programs;
import io.escapement.grafana.PromQl;
import io.escapement.meter.RunMeter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A server with a run that escapes, a run that stalls and a viewer, scraped by a real Prometheus whose alerts go through a real
 * Alertmanager. One after the other, since the programs and what they have seen are shared.
 */
@Timeout(400)
@NeedsProgram({Programs.PROMETHEUS, Programs.PROMTOOL, Programs.ALERTMANAGER})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrometheusIT {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Shipped expressions that have no data here, and why that is as it should be. */
    private static final Map<String, String> EMPTY = Map.of(
            "escapement_run_distance{job=~\"$job\", instance=~\"$instance\", run=\"$run\"}",
            "the run that is looked at is fed by another program and knows no truth",
            "escapement_run_lambda_min{job=~\"$job\", instance=~\"$instance\", run=\"$run\"}",
            "nor is any point of it judged",
            "escapement_run_optimality_gap_bound{job=~\"$job\", instance=~\"$instance\", run=\"$run\"}",
            "nor is any point of it judged",
            "changes(escapement_run_end_timestamp_seconds{job=~\"$job\", instance=~\"$instance\","
                    + " run=\"$run\"}[$__rate_interval]) > 0",
            "the run goes on");

    /** Alerts that must not fire here, so that what their rules ask for is empty. */
    private static final Set<String> SILENT =
            Set.of("EscapementDown", "EscapementRunLost", "EscapementRunDiverged", "EscapementSeriesCapReached");

    /** Alerts of which a test cannot say whether they fire: the machine may be slow. */
    private static final Set<String> EITHER = Set.of("EscapementRunSlow", "EscapementViewersLagging");

    /** What Prometheus itself adds. */
    private static final Set<String> PROMETHEUS_OWN =
            Set.of("up", "ALERTS", "scrape_duration_seconds", "scrape_samples_scraped");

    @TempDir
    private static Path directory;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Receiver RECEIVER = new Receiver();
    private static Station station;
    private static URI server;
    private static BenchViewer viewer;
    private static Monitoring monitoring;
    private static String run;
    private static int sent;

    @BeforeAll
    static void begin() throws IOException, InterruptedException {
        station = new Station(StoreOptions.in(directory.resolve("store")));
        ServerOptions options = new ServerOptions();
        new CommandLine(options).parseArgs("--port=0");
        String url = station.serve(options);
        server = URI.create(url + "/");
        monitoring = new Monitoring(directory, server.getAuthority(), RECEIVER.host());
        // From here on, what happens is seen to happen. The collector is not metered before it has worked once.
        await("a scrape of the server")
                .atMost(PATIENCE)
                .until(() -> !monitoring.query("up{job=\"escapement\"} == 1").isEmpty());
        System.gc();
        viewer = new BenchViewer(url);
        run = post("api/v1/runs", "application/json", "{\"source\":\"external\",\"name\":\"training\"}")
                .path("id")
                .asText();
        viewer.subscribe(run);
        // Two of ours: one that ends at once, and one that goes on for minutes.
        post("api/v1/runs", "application/json", "{\"problem\":\"pmc\",\"options\":{\"n\":20,\"rho\":0.1}}");
        post(
                "api/v1/runs",
                "application/json",
                "{\"problem\":\"pmc\",\"options\":{\"n\":80,\"rho\":0.1,\"pace\":5,\"step\":\"fixed:1e-4\"}}");
        losses(600, 1, 1);
        send("no event\n".repeat(100));
        // Or the run would be lost after a minute.
        send("{\"kind\":\"heartbeat\",\"expectNext\":600}\n");
    }

    @AfterAll
    static void end() throws IOException {
        if (viewer != null) {
            viewer.close();
        }
        if (monitoring != null) {
            monitoring.close();
        }
        station.runs().stopAll("the end of the test", Duration.ofSeconds(5));
        station.close();
        RECEIVER.close();
    }

    private static JsonNode post(String path, String type, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(
                HttpRequest.newBuilder(server.resolve(path))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return MAPPER.readTree(response.body());
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void send(String lines) throws IOException, InterruptedException {
        post("api/v1/runs/" + run + "/events", "application/x-ndjson", lines);
    }

    private static void losses(int count, double start, double factor) throws IOException, InterruptedException {
        int from = sent;
        sent += count;
        send(IntStream.range(from, sent)
                .mapToObj(i -> "{\"iteration\":" + i + ",\"gradientNorm\":0.5,\"loss\":"
                        + start * Math.pow(factor, i - from) + "}\n")
                .collect(Collectors.joining()));
    }

    private static Optional<JsonNode> told(String alert, String status) {
        List<JsonNode> alerts = new ArrayList<>();
        RECEIVER.posts.forEach(post -> post.body().path("alerts").forEach(alerts::add));
        return alerts.stream()
                .filter(one -> one.at("/labels/alertname").asText().equals(alert)
                        && one.path("status").asText().equals(status))
                .findFirst();
    }

    @Test
    @Order(1)
    void theScrapeIsClean() throws IOException, InterruptedException {
        String scrape = get(server.resolve("metrics")).body();
        Programs.Ended ended = Programs.run(scrape, List.of(Programs.PROMTOOL, "check", "metrics"));
        assertThat(ended).as("those of Java and Vert.x included").isEqualTo(new Programs.Ended(0, ""));
        await("a scrape of the server").atMost(PATIENCE).untilAsserted(() -> {
            JsonNode target = targets().get("escapement");
            assertThat(target.path("health").asText())
                    .as(target.path("lastError").asText())
                    .isEqualTo("up");
        });
    }

    private static Map<String, JsonNode> targets() throws IOException, InterruptedException {
        Map<String, JsonNode> targets = new LinkedHashMap<>();
        monitoring
                .ask("api/v1/targets")
                .path("activeTargets")
                .forEach(target -> targets.put(target.at("/labels/job").asText(), target));
        return targets;
    }

    @Test
    @Order(2)
    void theStallIsToldThroughAlertmanager() throws IOException, InterruptedException {
        await("the alert")
                .atMost(PATIENCE)
                .until(() -> told("EscapementRunStalled", "firing").isPresent());
        JsonNode alert = told("EscapementRunStalled", "firing").orElseThrow();
        assertThat(alert.at("/labels/run").asText()).isEqualTo(run);
        assertThat(alert.at("/labels/severity").asText()).isEqualTo("warning");
        assertThat(alert.at("/annotations/description").asText()).contains(run);
        HttpResponse<String> runbook =
                get(URI.create(alert.at("/annotations/runbook_url").asText()));
        assertThat(runbook.statusCode()).isEqualTo(200);
        assertThat(runbook.body())
                .contains("id=\""
                        + URI.create(alert.at("/annotations/runbook_url").asText())
                                .getFragment() + "\"");
        assertThat(get(URI.create(alert.at("/annotations/dashboard_url").asText()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @Order(3)
    void everyRuleIsWellAndSaysWhoIsToDoWhat() throws IOException, InterruptedException {
        await("every rule's first evaluation")
                .atMost(PATIENCE)
                .until(() -> monitoring.ask("api/v1/rules").findValuesAsText("health").stream()
                        .noneMatch("unknown"::equals));
        int alerts = 0;
        for (JsonNode group : monitoring.ask("api/v1/rules").path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                String name = rule.path("name").asText();
                assertThat(rule.path("lastError").asText()).as(name).isEmpty();
                assertThat(rule.path("health").asText()).as(name).isEqualTo("ok");
                if (rule.path("type").asText().equals("alerting")) {
                    alerts++;
                    assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning", "info");
                    assertThat(rule.at("/annotations/summary").asText())
                            .as(name)
                            .endsWith(".")
                            .doesNotContain("{{");
                    assertThat(rule.at("/annotations/description").asText())
                            .as(name)
                            .contains("{{");
                    assertThat(rule.at("/annotations/runbook_url").asText())
                            .as(name)
                            .endsWith("/runbook.html#" + name);
                    assertThat(rule.at("/annotations/dashboard_url").asText())
                            .as(name)
                            .containsPattern("/(health|runs/\\{\\{.*}})$");
                }
            }
        }
        assertThat(alerts).isEqualTo(8);
    }

    /** Panels, annotations and variables of dashboards, by the expression as it is written. */
    private static Map<String, String> expressions() {
        Map<String, String> expressions = new LinkedHashMap<>();
        for (Board board : Boards.all()) {
            board.expressions().forEach(expression -> expressions.put(expression, board.file()));
        }
        return expressions;
    }

    private static String filledIn(String expression) {
        return expression
                .replace("$job", ".+")
                .replace("$instance", ".+")
                .replace("$run", run)
                .replace("$__rate_interval", "1m")
                .replace("$__interval", "15s");
    }

    @Test
    @Order(5)
    void everyExpressionOfADashboardHasDataOrAReason() throws IOException, InterruptedException {
        Map<String, String> all = expressions();
        assertThat(all.keySet()).containsAll(EMPTY.keySet()).hasSizeGreaterThan(40);
        for (Map.Entry<String, String> one : all.entrySet()) {
            String expression = filledIn(one.getKey());
            if (expression.contains("_escapes")) {
                // Of which some ask what happened within a minute.
                send("{\"kind\":\"escape\",\"mechanism\":\"restart\",\"outcome\":\"accepted\",\"detail\":\"by"
                        + " hand\"}\n");
            }
            if (EMPTY.containsKey(one.getKey())) {
                assertThat(monitoring.query(expression))
                        .as(EMPTY.get(one.getKey()))
                        .isEmpty();
            } else {
                // A rate needs two scrapes, an increase something that happens between them.
                await(one.getValue() + ": " + expression)
                        .atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(monitoring.query(expression)).isNotEmpty());
            }
        }
        for (Board board : Boards.all()) {
            for (JsonNode variable : board.variables()) {
                String query = variable.path("query").asText();
                if (query.startsWith("label_values(")) {
                    String selector = query.substring("label_values(".length(), query.lastIndexOf(','));
                    String label = query.substring(query.lastIndexOf(',') + 2, query.length() - 1);
                    assertThat(monitoring.query("count by (" + label + ") (" + filledIn(selector) + ")"))
                            .as(query)
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    @Order(4)
    void everyExpressionOfARuleHasDataUnlessItsAlertMustNotFire() {
        // A rate needs two scrapes.
        await("data for every rule")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(withoutData()).isEqualTo(new TreeSet<>(SILENT)));
    }

    private static Set<String> withoutData() throws IOException, InterruptedException {
        Set<String> empty = new TreeSet<>();
        for (JsonNode group : monitoring.ask("api/v1/rules").path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                if (monitoring.query(rule.path("query").asText()).isEmpty()) {
                    empty.add(rule.path("name").asText());
                }
            }
        }
        empty.removeAll(EITHER);
        return empty;
    }

    @Test
    @Order(6)
    void everyMetricThatIsNamedExists() throws IOException, InterruptedException {
        Set<String> catalogue = new TreeSet<>();
        for (RunMeter meter : RunMeter.values()) {
            catalogue.add(meter.exposedName());
            if (meter.type() == RunMeter.Type.HISTOGRAM) {
                for (String end : List.of("_bucket", "_sum", "_count")) {
                    catalogue.add(meter.exposedName() + end);
                }
            }
        }
        Set<String> others = new TreeSet<>();
        for (JsonNode name : monitoring.ask("api/v1/label/__name__/values?match[]="
                + Monitoring.encoded("{job=\"escapement\",__name__=~\"(jvm|process|system|vertx)_.+\"}"))) {
            others.add(name.asText());
        }
        Set<String> used = new TreeSet<>();
        Set<String> recorded = new TreeSet<>();
        expressions().keySet().forEach(one -> PromQl.selectors(one).forEach(selector -> used.add(selector.metric())));
        for (JsonNode group : monitoring.ask("api/v1/rules").path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                PromQl.selectors(rule.path("query").asText()).forEach(selector -> used.add(selector.metric()));
                recorded.add(rule.path("name").asText());
            }
        }
        assertThat(used).as("that anything is looked at").contains("escapement_run_state", "jvm_memory_used_bytes");
        used.removeAll(catalogue);
        used.removeAll(others);
        used.removeAll(recorded);
        used.removeAll(PROMETHEUS_OWN);
        assertThat(used).isEmpty();
    }

    @Test
    @Order(7)
    void anExemplarNamesARun() throws IOException, InterruptedException {
        String path = "api/v1/query_exemplars?query=escapement_iteration_duration_seconds_bucket&start="
                + Instant.now().minusSeconds(600).getEpochSecond() + "&end="
                + Instant.now().plusSeconds(60).getEpochSecond();
        await("an exemplar")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(monitoring
                                .ask(path)
                                .at("/0/exemplars/0/labels/run_id")
                                .asText())
                        .matches("[0-9A-Z]{26}"));
    }

    @Test
    @Order(8)
    void theDoctorFindsPrometheusAndThatItKnowsOfUs() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        new CommandLine(new DoctorCommand(out, Map.of()))
                .execute("--store=none", "--port=0", "--prometheus=" + monitoring.prometheus());
        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsPattern("ok    prometheus: .* is ready, and scrapes 1 server of Escapement");
    }

    @Test
    @Order(9)
    void progressResolvesIt() throws IOException, InterruptedException {
        losses(300, 0.9, 0.97);
        await("the end of the alert")
                .atMost(PATIENCE)
                .until(() -> told("EscapementRunStalled", "resolved").isPresent());
        assertThat(told("EscapementRunStalled", "resolved")
                        .orElseThrow()
                        .at("/labels/run")
                        .asText())
                .isEqualTo(run);
        for (String alert : SILENT) {
            assertThat(told(alert, "firing")).as(alert).isEmpty();
        }
    }
}
