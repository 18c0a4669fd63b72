package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.alert.Sighting;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.escapement.store.Listed;
import io.escapement.store.Outlook;
import io.escapement.store.RunFilter;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import io.escapement.store.disk.RunStore;
import io.escapement.store.disk.StoreSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that the process before this one has left, as the rules for alerts see them. */
class RunSightingsTest {

    @TempDir
    private Path directory;

    private Instant now;

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    private RunStore open() {
        return new RunStore(StoreSettings.in(directory), took -> {});
    }

    private static RunHeader header(String id, boolean fed) {
        RunHeader plain = TestRuns.header(id);
        Map<String, String> settings = new HashMap<>(plain.settings());
        if (fed) {
            settings.put(RunHeader.SOURCE, RunHeader.EXTERNAL);
        }
        return new RunHeader(
                id,
                plain.name(),
                plain.problem(),
                plain.solver(),
                plain.escape(),
                plain.seed(),
                plain.started(),
                plain.command(),
                settings,
                plain.figures(),
                plain.gradientBound(),
                null);
    }

    private Instant left(String id, boolean fed) {
        try (RunStore store = open()) {
            RunLog log = fed ? RunLog.fed(header(id, true), Outlook.NONE) : new RunLog(header(id, false));
            store.record(log);
            log.append(new TestRuns().iteration(0, 1, 1));
            store.flush();
            // Not by the events' own time, which is long ago.
            return Instant.now();
        }
    }

    private Sighting seen(String id, RunSightings sightings) {
        try (RunStore store = open()) {
            Listed run = store.list(null, 10, RunFilter.ALL).stream()
                    .filter(listed -> listed.header().id().equals(id))
                    .findFirst()
                    .orElseThrow();
            assertThat(sightings.of(run).ended())
                    .as("as the sighting says")
                    .isEqualTo(sightings.of(run).sighting().ended());
            return sightings.of(run).sighting();
        }
    }

    @Test
    void aProgramsRunOfLatelyIsWaitedForAMinuteAndThenLost() {
        now = left("A", true).plusSeconds(300);
        RunSightings sightings = new RunSightings(clock);
        now = now.plusSeconds(59);
        assertThat(seen("A", sightings))
                .returns(RunState.RUNNING, Sighting::state)
                .returns(false, Sighting::ended);
        now = now.plusSeconds(1);
        assertThat(seen("A", sightings)).returns(RunState.LOST, Sighting::state).returns(false, Sighting::ended);
        assertThat(seen("A", sightings).sentence()).contains("goes on when its program sends again");
    }

    @Test
    void oneOfLongAgoAndOneOfOursAreHistory() {
        now = left("A", true).plus(Duration.ofHours(1));
        assertThat(seen("A", new RunSightings(clock)).ended()).isTrue();
        now = left("B", false).plusSeconds(1);
        assertThat(seen("B", new RunSightings(clock)).ended()).isTrue();
    }
}
