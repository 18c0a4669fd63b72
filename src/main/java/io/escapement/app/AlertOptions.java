package io.escapement.app;

import io.escapement.alert.Rule;
import io.escapement.alert.webhook.WebhookAddress;
import io.escapement.store.RunCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Which runs call for attention, and whom to tell. */
final class AlertOptions {

    static final String WEBHOOK = "--alert-webhook";

    @Option(
            names = WEBHOOK,
            paramLabel = "URL",
            description =
                    "post alerts to URL as JSON, or with alertmanager:URL in the format of Alertmanager's webhooks;"
                            + " repeatable. Addresses with secrets go into the environment variable ESCAPEMENT_ALERT_WEBHOOK,"
                            + " separated by spaces (none)")
    private List<String> webhooks = new ArrayList<>();

    @Option(
            names = "--alert-for",
            paramLabel = "RULE=TIME",
            split = ",",
            description = "how long a rule must hold before it fires, such as stalled=30s,slow=2m"
                    + " (stalled=10m, lost=0s, diverged=0s, slow=5m)")
    private Map<String, String> patience = new LinkedHashMap<>();

    @Option(names = "--no-alerts", description = "do not watch for runs that are stalled, lost, diverged or slow")
    private boolean off;

    /**
     * Whoever watches; {@link AlertDuty#begin} has it begin.
     *
     * @param dashboard its address, asked when there is something to tell
     * @param firing is told how many alerts fire
     */
    AlertDuty duty(RunCatalogue catalogue, Supplier<String> dashboard, IntConsumer firing) {
        Map<Rule, Duration> times = times();
        return new AlertDuty(
                !off, catalogue, times, off ? List.of() : addresses(), dashboard, firing, Clock.systemUTC());
    }

    private Map<Rule, Duration> times() {
        Map<Rule, Duration> times = new EnumMap<>(Rule.class);
        patience.forEach((label, text) -> {
            Rule rule = Rule.of(label)
                    .orElseThrow(() -> Check.unknown(
                            "--alert-for",
                            label,
                            Arrays.stream(Rule.values()).map(Rule::label).toList()));
            times.put(rule, Times.parse("--alert-for", label + "=" + text, text));
        });
        return times;
    }

    /** An address that is none is not repeated: it may hold a secret. */
    private List<WebhookAddress> addresses() {
        List<WebhookAddress> addresses = new ArrayList<>();
        for (String text : webhooks) {
            addresses.add(address(WEBHOOK, text));
        }
        String environment = System.getenv().getOrDefault("ESCAPEMENT_ALERT_WEBHOOK", "");
        for (String text : environment.strip().split("\\s+", -1)) {
            if (!text.isEmpty()) {
                addresses.add(address("ESCAPEMENT_ALERT_WEBHOOK", text));
            }
        }
        return addresses;
    }

    private static WebhookAddress address(String option, String text) {
        try {
            return WebhookAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidOption(option, e.getMessage());
        }
    }
}
