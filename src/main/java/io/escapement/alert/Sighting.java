package io.escapement.alert;

import io.escapement.event.RunState;
import java.time.Instant;
import java.util.Objects;

/**
 * A run as it stands when the rules are asked.
 *
 * @param name what people call it
 * @param started producer's clock
 * @param sentence that gives the reason for the state
 * @param iterationsPerSecond over the last seconds in which there were iterations; NaN if not known
 * @param ended whether the run has given its verdict, or its process is gone
 */
public record Sighting(
        String run,
        String name,
        Instant started,
        RunState state,
        String sentence,
        long iteration,
        double iterationsPerSecond,
        boolean ended)
        implements Watched {

    public Sighting {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(sentence, "sentence");
    }

    @Override
    public Sighting sighting() {
        return this;
    }
}
