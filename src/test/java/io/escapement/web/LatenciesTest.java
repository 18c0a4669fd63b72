package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Latencies latencies = new Latencies();
    private final long begin = System.nanoTime();

    private static double of(Map<String, Object> json, String name) {
        return ((Number) json.get(name)).doubleValue();
    }

    @Test
    void percentilesOfWhatWasRecorded() {
        for (int i = 1; i <= 100; i++) {
            latencies.record(TimeUnit.MILLISECONDS.toNanos(i), begin);
        }
        Map<String, Object> json = latencies.json(begin);
        assertThat(of(json, "count")).isEqualTo(100);
        assertThat(of(json, "p50")).isCloseTo(0.050, within(0.001));
        assertThat(of(json, "p95")).isCloseTo(0.095, within(0.001));
        assertThat(of(json, "p99")).isCloseTo(0.099, within(0.001));
        assertThat(of(json, "max")).isCloseTo(0.100, within(0.001));
    }

    @Test
    void whatIsOlderThanTheMinutesIsForgotten() {
        assertThat(latencies.json(begin)).containsEntry("count", 0L).doesNotContainKey("p50");
        latencies.record(1_000_000, begin);
        latencies.record(2_000_000, begin + (Latencies.MINUTES - 1) * MINUTE);
        assertThat(of(latencies.json(begin + (Latencies.MINUTES - 1) * MINUTE), "count"))
                .isEqualTo(2);
        assertThat(of(latencies.json(begin + Latencies.MINUTES * MINUTE), "count"))
                .isEqualTo(1);
        assertThat(of(latencies.json(begin + 60 * MINUTE), "count")).isZero();
        latencies.record(-5, begin + 60 * MINUTE);
        latencies.record(Long.MAX_VALUE, begin + 60 * MINUTE);
        assertThat(of(latencies.json(begin + 60 * MINUTE), "count")).isEqualTo(2);
    }
}
