package io.escapement.app;

import io.escapement.event.Names;
import io.escapement.event.Phase;
import io.escapement.event.RunEvent;
import io.escapement.event.Stamp;
import io.escapement.event.Values;
import io.escapement.stop.RunClocks;
import io.escapement.store.Columns;
import io.escapement.store.RunLog;
import io.escapement.store.RunStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Tells the clocks of a run what its stored curves show, so that a run that was diverged, stalled or paused before a restart of the server
 * is so after it. A bucket of several iterations is told by its lowest and its last figures: a window of events reaches further
 * back then, until as many new ones have come.
 */
final class Recollection {

    private static final int MOST_ROWS = 4096;
    private static final Set<String> HEEDED = Set.of(Values.LOSS, Values.GRADIENT_NORM, Values.HESSIAN_LAMBDA_MIN);

    private Recollection() {}

    /** @param clock of the time of day, for how long ago the last improvement was */
    static void of(RunLog log, RunClocks clocks, Clock clock) {
        RunStatus status = log.status();
        Columns columns = log.series(HEEDED, 0, Long.MAX_VALUE, MOST_ROWS);
        List<RunEvent.Iteration> seen = new ArrayList<>();
        for (int row = 0; row < columns.rows(); row++) {
            if (columns.level() > 0) {
                seen.add(iteration(columns, row, Columns.Of.MIN));
            }
            seen.add(iteration(columns, row, Columns.Of.LAST));
        }
        Optional<Duration> since = Optional.ofNullable(status.lastImprovement())
                .map(then -> Duration.between(then, clock.instant()))
                .filter(time -> !time.isNegative());
        clocks.recall(seen, since, status.phase() == Phase.PAUSED);
    }

    private static RunEvent.Iteration iteration(Columns columns, int row, Columns.Of of) {
        List<String> names = new ArrayList<>();
        List<Double> numbers = new ArrayList<>();
        for (String name : columns.names()) {
            OptionalDouble number = columns.value(name, of, row);
            if (number.isPresent()) {
                names.add(name);
                numbers.add(number.getAsDouble());
            }
        }
        Stamp stamp = new Stamp(1, row, columns.iteration(row), 0, Instant.EPOCH, Duration.ZERO);
        return new RunEvent.Iteration(
                stamp,
                Values.of(
                        Names.of(names.toArray(String[]::new)),
                        numbers.stream().mapToDouble(Double::doubleValue).toArray()),
                null);
    }
}
