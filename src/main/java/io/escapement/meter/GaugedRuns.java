package io.escapement.meter;

import io.escapement.event.RunHeader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The runs that have gauges of their own: so many at a time, until some time after their end. Thread-safe. */
final class GaugedRuns {

    /** What marks the trials of an experiment in their headers. */
    private static final String EXPERIMENT = "experiment";

    private final MeterRegistry registry;
    private final RunMeters.Settings settings;
    private final Clock clock;
    private final Counter refused;
    private final Map<String, RunGauges> gauges = new HashMap<>();

    /** @param refused counts runs that get none because too many have */
    GaugedRuns(MeterRegistry registry, RunMeters.Settings settings, Clock clock, Counter refused) {
        this.registry = registry;
        this.settings = settings;
        this.clock = clock;
        this.refused = refused;
    }

    /** Null where the run gets none of its own. */
    RunGauges open(RunHeader header, String solver) {
        if (settings.most() == 0 || header.settings().containsKey(EXPERIMENT)) {
            return null;
        }
        sweep();
        synchronized (gauges) {
            RunGauges earlier = gauges.remove(header.id());
            if (earlier != null) {
                // Those of an attempt that this one goes on from.
                earlier.remove();
            }
            if (gauges.size() >= settings.most()) {
                refused.increment();
                return null;
            }
            RunGauges gauge = new RunGauges(registry, header, solver, clock);
            gauges.put(header.id(), gauge);
            return gauge;
        }
    }

    /** Removes those that ended longer ago than they are to be shown. */
    void sweep() {
        Instant now = clock.instant();
        synchronized (gauges) {
            gauges.values().removeIf(gauge -> gauge.removeIfEndedBefore(now.minus(settings.retention())));
        }
    }

    int size() {
        synchronized (gauges) {
            return gauges.size();
        }
    }

    int most() {
        return settings.most();
    }

    long refused() {
        return (long) refused.count();
    }
}
