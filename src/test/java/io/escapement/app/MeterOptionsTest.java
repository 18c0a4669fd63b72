package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.meter.RunMeters;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MeterOptionsTest {

    private static RunMeters.Settings settings(String... arguments) {
        MeterOptions options = new MeterOptions();
        new CommandLine(options).parseArgs(arguments);
        return options.settings();
    }

    @Test
    void defaultsAreThoseOfTheMeters() {
        assertThat(settings()).isEqualTo(RunMeters.Settings.DEFAULT);
        assertThat(new MeterOptions().settings()).isEqualTo(RunMeters.Settings.DEFAULT);
    }

    @Test
    void valuesAreHeeded() {
        assertThat(settings("--max-metered-runs=7", "--meter-retention=90s"))
                .isEqualTo(new RunMeters.Settings(7, Duration.ofSeconds(90)));
        assertThat(settings("--metrics", "aggregate").most()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--metrics=runs | --metrics is 'runs'; valid: aggregate, all",
                "--max-metered-runs=0 | --max-metered-runs is 0; 1 to 1000 is possible",
                "--meter-retention=soon | --meter-retention is 'soon'; a time such as"
            })
    void aBadValueIsNamed(String argument, String message) {
        assertThatThrownBy(() -> settings(argument))
                .isInstanceOf(InvalidOption.class)
                .hasMessageStartingWith(message);
    }
}
