package io.escapement.web;

import io.escapement.event.RunState;
import io.escapement.store.Listed;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunFilter;
import io.escapement.store.RunOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Totals over all runs but the archived ones. Reads from the store: on a worker thread. */
final class Overview {

    private static final Duration LATELY = Duration.ofHours(1);
    private static final RunFilter SHOWN = RunFilter.ALL.without(ListRequest.ARCHIVED);
    private static final RunFilter ARCHIVED = new RunFilter(null, "", ListRequest.ARCHIVED);

    /** Looking for escapes reads landmarks from the disk. */
    private static final long ESCAPES_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long TOTALS_NANOS = Duration.ofMillis(900).toNanos();

    private final RunCatalogue catalogue;
    private final Pulse pulse;
    private long escapes;
    private long escapesAt;
    private Totals totals;
    private long totalsAt;

    Overview(RunCatalogue catalogue, Pulse pulse) {
        this.catalogue = catalogue;
        this.pulse = pulse;
    }

    /**
     * Totals.
     *
     * @param states how many runs are in each, by its label; all labels
     * @param archived runs that are not in the counts
     * @param escapesLastHour accepted ones, by the producers' clocks
     * @param eventsPerSecond over the last seconds, of the runs of this process and those that other programs feed it
     * @param newest id of the newest run, or null
     */
    record Totals(
            long runs,
            Map<String, Long> states,
            long archived,
            long escapesLastHour,
            double eventsPerSecond,
            String newest) {}

    /** At most a second old. */
    synchronized Totals now() {
        long nanos = System.nanoTime();
        if (totals == null || nanos - totalsAt > TOTALS_NANOS) {
            totals = counted(nanos);
            totalsAt = nanos;
        }
        return totals;
    }

    private Totals counted(long nanos) {
        Map<RunState, Long> counts = new EnumMap<>(RunState.class);
        for (RunState state : RunState.values()) {
            counts.put(state, 0L);
        }
        counts.putAll(catalogue.count(SHOWN));
        Map<String, Long> states = new LinkedHashMap<>();
        counts.forEach((state, count) -> states.put(state.label(), count));
        if (totals == null || nanos - escapesAt > ESCAPES_NANOS) {
            escapes = catalogue.escapesSince(Instant.now().minus(LATELY));
            escapesAt = nanos;
        }
        List<Listed> newest = catalogue.page(SHOWN, RunOrder.NEWEST_FIRST, null, 1);
        return new Totals(
                sum(counts),
                states,
                sum(catalogue.count(ARCHIVED)),
                escapes,
                Math.round(pulse.perSecond() * 10) / 10.0,
                newest.isEmpty() ? null : newest.get(0).header().id());
    }

    private static long sum(Map<RunState, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What a list tells of these runs. */
    List<Listed> named(List<String> ids) {
        return catalogue.named(ids);
    }
}
