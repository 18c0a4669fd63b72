package io.escapement.app;

import io.escapement.alert.Sighting;
import io.escapement.alert.Watched;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.escapement.stop.RunClocks;
import io.escapement.store.Listed;
import io.escapement.store.RunStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How the rules for alerts see runs. One of another program that the process before this one was told of lately has not ended, it is
 * waited for: first as if it were running, then as lost. Thread-safe.
 */
final class RunSightings {

    /** Before this process began; a run that was heard of last before that is history. */
    private static final Duration LATELY = Duration.ofHours(1);

    private final Clock clock;
    private final Instant begun;

    RunSightings(Clock clock) {
        this.clock = clock;
        begun = clock.instant();
    }

    Watched of(Listed run) {
        return new Watched() {
            @Override
            public boolean ended() {
                return run.ended() && !awaited(run);
            }

            @Override
            public Sighting sighting() {
                return RunSightings.this.sighting(run);
            }
        };
    }

    /** By the time at which something was stored of it, as the program's clock may be wrong. */
    private boolean awaited(Listed run) {
        return run.header().fed()
                && run.written().filter(begun.minus(LATELY)::isBefore).isPresent()
                && run.status().interrupted();
    }

    private Sighting sighting(Listed run) {
        RunHeader header = run.header();
        RunStatus status = run.status();
        boolean awaited = awaited(run);
        Duration patience = RunClocks.Settings.STANDARD.lostAfter();
        boolean early = awaited && clock.instant().isBefore(begun.plus(patience));
        return new Sighting(
                header.id(),
                header.name(),
                header.started(),
                early ? RunState.RUNNING : status.state(),
                status.sentence(),
                status.iteration(),
                status.iterationsPerSecond(),
                status.ended() && !awaited);
    }
}
