package io.escapement.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.alert.Rule;
import io.escapement.browser.NeedsProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped configuration and rules, by the tools of Prometheus and Alertmanager. */
class RulesTest {

    private static final Path PROMETHEUS = Path.of("grafana/prometheus");
    private static final Path TESTS = PROMETHEUS.resolve("tests");
    private static final Path RUNBOOK = Path.of("web/runbook.html");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern RECORD = Pattern.compile("- record: ([\\w:]+)");

    private static void succeeds(String... command) throws IOException, InterruptedException {
        Programs.Ended ended = Programs.run(null, List.of(command));
        assertThat(ended.code()).as(ended.output()).isZero();
    }

    private static List<String> names(Pattern pattern) throws IOException {
        List<String> names = new ArrayList<>();
        for (String file : List.of("recording.rules.yml", "alerting.rules.yml")) {
            Matcher matcher = pattern.matcher(Files.readString(PROMETHEUS.resolve(file)));
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    static List<String> alerts() throws IOException {
        return names(ALERT);
    }

    static List<String> records() throws IOException {
        return names(RECORD);
    }

    static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.sorted().toList();
        }
    }

    @Test
    void theAlertsAreThoseThatWereAskedFor() throws IOException {
        assertThat(alerts())
                .containsExactlyInAnyOrder(
                        "EscapementDown",
                        "EscapementRunLost",
                        "EscapementRunDiverged",
                        "EscapementRunStalled",
                        "EscapementRunSlow",
                        "EscapementIngestRejects",
                        "EscapementSeriesCapReached",
                        "EscapementViewersLagging");
    }

    @Test
    @NeedsProgram(Programs.PROMTOOL)
    void promtoolTakesTheConfigurationAndItsRules() throws IOException, InterruptedException {
        succeeds(
                Programs.PROMTOOL,
                "check",
                "config",
                "--lint-fatal",
                PROMETHEUS.resolve("prometheus.yml").toString());
        for (String file : List.of("recording.rules.yml", "alerting.rules.yml")) {
            succeeds(
                    Programs.PROMTOOL,
                    "check",
                    "rules",
                    "--lint-fatal",
                    PROMETHEUS.resolve(file).toString());
        }
    }

    @Test
    @NeedsProgram(Programs.AMTOOL)
    void amtoolTakesTheConfiguration() throws IOException, InterruptedException {
        succeeds(Programs.AMTOOL, "check-config", "grafana/alertmanager/alertmanager.yml");
    }

    @ParameterizedTest
    @MethodSource("tests")
    @NeedsProgram(Programs.PROMTOOL)
    void rulesSayWhatTheyMust(Path file) throws IOException, InterruptedException {
        succeeds(Programs.PROMTOOL, "test", "rules", file.toString());
    }

    /** Fires, does not fire, and is silent where there is no server at all or the run's gauges have gone with it. */
    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertIsTestedBothWays(String alert) throws IOException {
        String all = "";
        for (Path file : tests()) {
            all += Files.readString(file);
        }
        assertThat(all)
                .contains("alertname: " + alert + ", exp_alerts: [] }")
                .containsPattern("alertname: " + alert + "\n        exp_alerts:\n          - exp_labels:");
        long absent = Pattern.compile(
                        "  - name: (.*(no server|go with the server|taken away)[^\n]*)\n(.*?)(?=\n\n|\\z)",
                        Pattern.DOTALL)
                .matcher(all)
                .results()
                .filter(result -> result.group().contains("alertname: " + alert))
                .count();
        assertThat(absent).as("cases of " + alert + " without a server").isPositive();
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void whatIsBuiltInHasTheSameNameSeverityPatienceAndSummaryHere(Rule rule) throws IOException {
        String rules = Files.readString(PROMETHEUS.resolve("alerting.rules.yml"));
        int begin = rules.indexOf("- alert: " + rule.alertName() + "\n");
        assertThat(begin).as(rule.alertName()).isPositive();
        int next = rules.indexOf("\n      - ", begin + 1);
        String mine = rules.substring(begin, next < 0 ? rules.length() : next);
        assertThat(mine)
                .contains("severity: " + rule.severity().label() + "\n")
                .contains("summary: " + rule.summary() + "\n");
        Matcher patience = Pattern.compile("\n +for: (\\d+)m\n").matcher(mine);
        assertThat(patience.find() ? Duration.ofMinutes(Long.parseLong(patience.group(1))) : Duration.ZERO)
                .isEqualTo(rule.patience());
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyRecordedSeriesIsTestedAndNamedByItsLabels(String record) throws IOException {
        assertThat(record).matches("[a-z_]+:[a-z_]+:[a-z0-9_]+").startsWith("job");
        assertThat(Files.readString(TESTS.resolve("recording.test.yml")))
                .containsPattern("expr: .*" + record)
                .contains("labels: '");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertIsInTheRunbookAndTheDocumentation(String alert) throws IOException {
        assertThat(Files.readString(RUNBOOK)).contains("<h2 id=\"" + alert + "\">" + alert + "</h2>");
        assertThat(Files.readString(Path.of("grafana/README.md")))
                .contains("#### " + alert + "\n")
                .containsPattern("\\| \\[?" + alert + "[]| ]");
    }
}
