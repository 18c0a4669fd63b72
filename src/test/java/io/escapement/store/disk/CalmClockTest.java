package io.escapement.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CalmClockTest {

    private Instant wall = Instant.parse("2026-11-22T10:00:00Z");
    private long nanos;

    private final CalmClock calm = new CalmClock(((InstantSource) () -> wall).withZone(ZoneOffset.UTC), () -> nanos);

    private void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    @Test
    void anUndisturbedClockTellsTheTime() {
        assertThat(calm.now()).contains(wall);
        pass(Duration.ofDays(400));
        assertThat(calm.now()).contains(wall);
        pass(Duration.ofMinutes(5));
        wall = wall.plusSeconds(40);
        assertThat(calm.now()).as("put right a little").contains(wall);
    }

    @Test
    void aClockThatJumpedTellsNothingForAnHour() {
        for (Duration jump : new Duration[] {Duration.ofDays(4000), Duration.ofDays(-4000), Duration.ofMinutes(-2)}) {
            assertThat(calm.now()).contains(wall);
            wall = wall.plus(jump);
            assertThat(calm.now()).isEmpty();
            pass(CalmClock.CALM.minusSeconds(1));
            assertThat(calm.now()).isEmpty();
            pass(Duration.ofSeconds(1));
            assertThat(calm.now()).contains(wall);
        }
    }

    @Test
    void aJumpThatIsTakenBackCountsFromThen() {
        assertThat(calm.now()).contains(wall);
        wall = wall.plus(Duration.ofDays(4000));
        assertThat(calm.now()).isEmpty();
        pass(Duration.ofMinutes(50));
        wall = wall.minus(Duration.ofDays(4000));
        assertThat(calm.now()).isEmpty();
        pass(Duration.ofMinutes(50));
        assertThat(calm.now()).isEmpty();
        pass(Duration.ofMinutes(10));
        assertThat(calm.now()).contains(wall);
    }
}
