package io.escapement.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.event.Arrivals;
import io.escapement.event.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArrivalsJsonTest {

    @Test
    void whatIsWrittenIsReadAgain() {
        Arrivals arrivals = new Arrivals();
        assertThat(ArrivalsJson.read(ArrivalsJson.write(arrivals.state()))).isEqualTo(arrivals.state());
        Instant time = Instant.parse("2026-11-22T10:00:00.123456789Z");
        arrivals.take(new Stamp(1, 4, 17, 0, time, Duration.ofNanos(1_000_000_001)), false);
        arrivals.take(new Stamp(2, 8, 12, 3, time, Duration.ofDays(3).plusNanos(7)), true);
        assertThat(ArrivalsJson.read(ArrivalsJson.write(arrivals.state()))).isEqualTo(arrivals.state());
    }

    @Test
    void whatIsNotIsRefusedByName() {
        assertThatThrownBy(() -> ArrivalsJson.read("{\"attempts\":[{\"attempt\":0}]}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedEvent.class)
                .hasMessageContaining("attempt");
        assertThatThrownBy(() -> ArrivalsJson.read("{".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedEvent.class)
                .hasMessageContaining("not valid JSON");
    }
}
