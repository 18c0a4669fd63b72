package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.alert.Rule;
import io.escapement.store.RunCatalogue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Options of alerts, and that an address with a secret is repeated nowhere. */
class AlertOptionsTest {

    private static AlertDuty duty(String... arguments) {
        AlertOptions options = new AlertOptions();
        new CommandLine(options).parseArgs(arguments);
        return options.duty(new RunCatalogue(), () -> "http://127.0.0.1:8080", firing -> {});
    }

    @Test
    void timesOfRulesAndTheirDefaults() {
        try (AlertDuty duty = duty("--alert-for", "stalled=30s,slow=2m", "--alert-for", "lost=250ms")) {
            assertThat(duty.desk().on()).isTrue();
            assertThat(duty.desk().board().patience(Rule.STALLED)).isEqualTo(Duration.ofSeconds(30));
            assertThat(duty.desk().board().patience(Rule.SLOW)).isEqualTo(Duration.ofMinutes(2));
            assertThat(duty.desk().board().patience(Rule.LOST)).isEqualTo(Duration.ofMillis(250));
            assertThat(duty.desk().board().patience(Rule.DIVERGED)).isEqualTo(Duration.ZERO);
        }
    }

    @Test
    void offMeansNobodyIsTold() {
        try (AlertDuty duty = duty("--no-alerts", "--alert-webhook", "http://127.0.0.1:9/")) {
            assertThat(duty.desk().on()).isFalse();
            assertThat(duty.desk().webhooks()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"late=3s", "stalled=3", "stalled=-3s", "stalled=soon"})
    void aBadTimeIsNamed(String value) {
        assertThatThrownBy(() -> duty("--alert-for", value))
                .isInstanceOf(InvalidOption.class)
                .hasMessageStartingWith("--alert-for is '" + value.substring(0, value.indexOf('=')));
    }

    @Test
    void aBadAddressIsNotRepeated() {
        assertThatThrownBy(() -> duty("--alert-webhook", "ftp://me:s3cret@host/"))
                .isInstanceOf(InvalidOption.class)
                .hasMessageStartingWith("--alert-webhook is no address that can be posted to")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void theCommandThatRepeatsARunHasNoWebhooks() {
        List<String> arguments = List.of(
                "pmc",
                "--alert-webhook",
                "http://me:s3cret@host/",
                "--n=11",
                "--alert-webhook=http://host/s3cret",
                "--serve");
        assertThat(OptionText.command(arguments)).isEqualTo("escapement run pmc --n=11 --serve");
    }
}
