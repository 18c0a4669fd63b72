package io.escapement.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.event.RunEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LooseEventsTest {

    private final LooseEvents events = new LooseEvents(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    private RunEvent.Iteration read(String line) {
        return events.read(line).orElseThrow();
    }

    @Test
    void aFlatLineIsAnIterationAndAbsentNumbersAreCounted() {
        assertThat(read("{\"loss\": 0.5}").stamp().iteration()).isZero();
        assertThat(read("{\"loss\": 0.4, \"lr\": 0.1, \"phase\": \"warm-up\"}")
                        .values()
                        .asMap())
                .isEqualTo(Map.of("loss", 0.4, "lr", 0.1));
        assertThat(read("{\"iteration\": 70, \"loss\": \"NaN\"}").values().getOr("loss", 0))
                .isNaN();
        RunEvent.Iteration next = read("{\"loss\": 0}");
        assertThat(next.stamp().iteration()).isEqualTo(71);
        assertThat(next.stamp().seq()).isEqualTo(3);
    }

    @Test
    void theFullFormIsReadAndOtherKindsArePassedOver() {
        assertThat(read("{\"run\":\"x\",\"seq\":9,\"iteration\":3,\"kind\":\"iteration\",\"elapsed\":2.5,"
                                + "\"values\":{\"loss\":0.5,\"gradientNorm\":1e-3}}")
                        .values()
                        .asMap())
                .isEqualTo(Map.of("loss", 0.5, "gradientNorm", 1e-3));
        assertThat(events.read("{\"kind\":\"message\",\"text\":\"hello\"}")).isEmpty();
        assertThat(events.read("  ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"loss\": }|not valid JSON",
                "[1, 2]|not a JSON object",
                "{\"note\": \"nothing\"}|no figure",
                "{\"loss\": 1, \"iteration\": -3}|iteration is -3",
                "{\"loss\": 1, \"values\": 3}|values is 3",
                "{\"kind\": \"iterations\", \"loss\": 1}|kind is 'iterations'"
            })
    void whatIsNoEventIsRefusedByName(String line, String message) {
        assertThatThrownBy(() -> events.read(line)).isInstanceOf(BadLine.class).hasMessageContaining(message);
        assertThat(read("{\"loss\": 1}").stamp().iteration())
                .as("as if it had not been")
                .isZero();
    }
}
