package io.escapement.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.grafana.Boards.Board;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of Grafana's dashboard-linter, by their names there, and what file provisioning needs. Whether an expression can be parsed
 * (target-promql-rule) is for a real Prometheus to say, in PrometheusIT; rules about Loki have nothing to look at.
 */
class DashboardTest {

    /** Those of Grafana that the dashboards use. */
    private static final Set<String> UNITS =
            Set.of("none", "short", "sci", "s", "ops", "reqps", "bytes", "Bps", "percentunit");

    private static final Set<String> COUNTING = Set.of("rate", "irate", "increase");

    static List<Board> boards() {
        return Boards.all();
    }

    @Test
    void thereAreThree() {
        assertThat(boards())
                .extracting(board -> board.json().path("uid").asText())
                .containsExactlyInAnyOrder("escapement-overview", "escapement-run", "escapement-server");
    }

    @ParameterizedTest
    @MethodSource("boards")
    void canBeProvisioned(Board board) {
        JsonNode json = board.json();
        assertThat(json.has("id")).isTrue();
        assertThat(json.path("id").isNull()).as("id").isTrue();
        assertThat(json.path("uid").asText()).hasSizeBetween(1, 40);
        assertThat(json.toString()).doesNotContain("__inputs").doesNotContain("DS_PROMETHEUS");
        Set<Integer> ids = new HashSet<>();
        json.path("panels")
                .forEach(panel -> assertThat(ids.add(panel.path("id").asInt()))
                        .as("id of a panel")
                        .isTrue());
    }

    /** uneditable-dashboard. */
    @ParameterizedTest
    @MethodSource("boards")
    void isNotEditable(Board board) {
        assertThat(board.json().path("editable").asBoolean(true)).isFalse();
    }

    /** template-datasource-rule, template-job-rule, template-instance-rule, template-on-time-change-reload-rule, template-label-promql-rule. */
    @ParameterizedTest
    @MethodSource("boards")
    void variables(Board board) {
        List<JsonNode> sources = board.variables().stream()
                .filter(variable -> variable.path("type").asText().equals("datasource"))
                .toList();
        assertThat(sources).hasSize(1);
        assertThat(sources.get(0).path("name").asText()).isEqualTo("datasource");
        assertThat(sources.get(0).path("label").asText()).isEqualTo("Data source");
        assertThat(sources.get(0).path("query").asText()).isEqualTo("prometheus");
        for (String name : List.of("job", "instance")) {
            JsonNode variable = board.variables().stream()
                    .filter(one -> one.path("name").asText().equals(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(variable.path("type").asText()).isEqualTo("query");
            assertThat(variable.path("label").asText())
                    .isEqualTo(name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1));
            assertThat(variable.path("multi").asBoolean()).isTrue();
            assertThat(variable.path("allValue").asText()).isEqualTo(".+");
        }
        for (JsonNode variable : board.variables()) {
            if (variable.path("type").asText().equals("query")) {
                assertThat(variable.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                assertThat(variable.path("refresh").asInt())
                        .as("on a change of the time range")
                        .isEqualTo(2);
                assertThat(variable.path("query").asText()).matches("label_values\\(escapement_\\w+(\\{.+})?, \\w+\\)");
            }
        }
    }

    /** panel-datasource-rule, panel-title-description-rule, panel-units-rule, panel-no-targets-rule. */
    @ParameterizedTest
    @MethodSource("boards")
    void panels(Board board) {
        Set<String> titles = new HashSet<>();
        for (JsonNode panel : board.panels()) {
            String title = panel.path("title").asText();
            assertThat(title).isNotBlank();
            assertThat(titles.add(title)).as("two panels are called " + title).isTrue();
            assertThat(panel.path("description").asText()).as(title).endsWith(".");
            assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
            assertThat(panel.path("targets").size()).as(title).isPositive();
            panel.path("targets")
                    .forEach(target -> assertThat(target.at("/datasource/uid").asText())
                            .as(title)
                            .isEqualTo("${datasource}"));
            assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                    .as(title)
                    .isIn(UNITS);
        }
    }

    /** target-job-rule, target-instance-rule. */
    @ParameterizedTest
    @MethodSource("boards")
    void everySelectorKeepsToTheChosenServers(Board board) {
        for (String expression : board.expressions()) {
            List<PromQl.Selector> selectors = PromQl.selectors(expression);
            assertThat(selectors).as(expression).isNotEmpty();
            for (PromQl.Selector selector : selectors) {
                assertThat(selector.matchers())
                        .as(expression)
                        .containsEntry("job", "=~$job")
                        .containsEntry("instance", "=~$instance");
            }
        }
    }

    /** target-rate-interval-rule, and beyond it: a slope is a rate too, and a peak within a step needs the step. */
    @ParameterizedTest
    @MethodSource("boards")
    void everyRangeIsGrafanasOwn(Board board) {
        for (String expression : board.expressions()) {
            assertThat(expression.replaceAll("\\[\\$__(rate_interval|interval:?)]", ""))
                    .doesNotContain("[");
            for (String function : List.of("rate", "increase", "deriv", "changes")) {
                assertThat(expression.replaceAll("\\b" + function + "\\([^()]*\\[\\$__rate_interval]\\)", ""))
                        .as(function + " without $__rate_interval")
                        .doesNotContainPattern("\\b" + function + "\\(");
            }
        }
    }

    /** target-counter-agg-rule. */
    @ParameterizedTest
    @MethodSource("boards")
    void everyCounterIsCountedOverTime(Board board) {
        for (String expression : board.expressions()) {
            for (PromQl.Selector selector : PromQl.selectors(expression)) {
                if (selector.metric().endsWith("_total")) {
                    assertThat(selector.function()).as(expression).isIn(COUNTING);
                }
            }
        }
    }

    /** What peaks for less than a step must not be missed. */
    @ParameterizedTest
    @MethodSource("boards")
    void peaksAreKept(Board board) {
        Set<String> peaking = Set.of(
                "escapement_stream_lag_seconds",
                "escapement_stream_clients",
                "escapement_alerts_firing",
                "scrape_duration_seconds",
                "vertx_pool_queue_pending",
                "process_cpu_usage");
        for (String expression : board.expressions()) {
            for (PromQl.Selector selector : PromQl.selectors(expression)) {
                if (peaking.contains(selector.metric())) {
                    assertThat(selector.function()).as(expression).isEqualTo("max_over_time");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void escapesAreMarkedAndALinkLeadsToOurOwnPages(Board board) {
        Set<String> annotations = StreamSupport.stream(
                        board.json().at("/annotations/list").spliterator(), false)
                .map(annotation -> annotation.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(annotations).contains("Escapes");
        assertThat(board.json().path("panels").toString()).contains("http://${__");
        if (!board.file().equals("escapement-server.json")) {
            assertThat(board.json().path("panels").toString())
                    .containsPattern("/runs/\\$\\{__(data\\.fields|field\\.labels)\\.run}");
        }
    }

    @Test
    void selectorsAreFoundAsPrometheusFindsThem() {
        assertThat(PromQl.selectors("sum by (job, le) (rate(a_total{job=~\"$job\", x!=\"(b{\"}[$__rate_interval])) / on"
                        + " (run) group_left (y) c > bool 0.5 unless time() - d_seconds >= 6e2"))
                .containsExactly(
                        new PromQl.Selector("a_total", java.util.Map.of("job", "=~$job", "x", "!=(b{"), "0", "rate"),
                        new PromQl.Selector("c", java.util.Map.of(), null, null),
                        new PromQl.Selector("d_seconds", java.util.Map.of(), null, null));
        assertThat(PromQl.selectors("max_over_time((time() - e{a=\"1\"})[$__interval:]) and f[5m]"))
                .extracting(PromQl.Selector::metric)
                .containsExactly("e", "f");
    }
}
