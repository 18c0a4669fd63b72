package io.escapement.meter;

import io.escapement.event.Improvement;
import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/**
 * The gauges of one run. They read the newest event at the time of a scrape. A gauge for a figure is registered when the
 * figure is first known: what is not known is absent.
 */
final class RunGauges {

    private final MeterRegistry registry;
    private final Tags run;
    private final Clock clock;
    private final List<Meter> meters = new ArrayList<>();
    private final Set<RunMeter> registered = EnumSet.noneOf(RunMeter.class);
    private final Improvement improvement = new Improvement();

    private volatile RunEvent newest;
    private volatile RunEvent.Iteration iteration;
    private volatile Instant improved;
    private volatile Values judged = Values.none();
    private volatile RunState state = RunState.QUEUED;
    private final AtomicInteger escapes = new AtomicInteger();
    private volatile Instant ended;

    /** Guarded by the meters. */
    private boolean removed;

    /** Names of the iteration figures that were looked at already. */
    private Object looked;

    RunGauges(MeterRegistry registry, RunHeader header, String solver, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        run = Tags.of("run", header.id());
        register(RunMeter.RUN_INFO, run.and("problem", header.problem(), "solver", solver), gauges -> 1);
        for (RunState one : RunState.values()) {
            register(RunMeter.RUN_STATE, run.and("state", one.label()), gauges -> gauges.state == one ? 1 : 0);
        }
        register(RunMeter.RUN_ESCAPES, run, gauges -> gauges.escapes.get());
    }

    void state(RunState next) {
        state = next;
    }

    void iteration(RunEvent.Iteration event) {
        boolean first = iteration == null;
        iteration = event;
        newest = event;
        if (improvement.offer(event.values().getOr(Values.LOSS, Double.NaN))) {
            improved = event.stamp().time();
        }
        if (first || !event.values().names().equals(looked)) {
            looked = event.values().names();
            known(event.values());
        }
    }

    void other(RunEvent event) {
        newest = event;
        always();
        if (event instanceof RunEvent.Escape escape && escape.outcome() == RunEvent.EscapeOutcome.ACCEPTED) {
            escapes.incrementAndGet();
        }
        if (event instanceof RunEvent.Stationary || event instanceof RunEvent.Verdict) {
            Values values = event.values();
            if (values.has(Values.LAMBDA_MIN) || values.has(Values.OPTIMALITY_GAP)) {
                judged = values;
            }
            if (values.has(Values.LAMBDA_MIN)) {
                figure(RunMeter.RUN_LAMBDA_MIN, gauges -> gauges.judged.getOr(Values.LAMBDA_MIN, Double.NaN));
            }
            if (values.has(Values.OPTIMALITY_GAP)) {
                figure(
                        RunMeter.RUN_OPTIMALITY_GAP_BOUND,
                        gauges -> gauges.judged.getOr(Values.OPTIMALITY_GAP, Double.NaN));
            }
        }
    }

    void ended() {
        ended = clock.instant();
        figure(RunMeter.RUN_END, gauges -> seconds(gauges.ended));
    }

    boolean removeIfEndedBefore(Instant moment) {
        if (ended == null || ended.isAfter(moment)) {
            return false;
        }
        remove();
        return true;
    }

    void remove() {
        synchronized (meters) {
            meters.forEach(registry::remove);
            meters.clear();
            removed = true;
        }
    }

    private void always() {
        figure(RunMeter.RUN_LAST_EVENT, gauges -> seconds(gauges.newest.stamp().time()));
        figure(RunMeter.RUN_ITERATION, gauges -> gauges.newest.stamp().iteration());
    }

    private void known(Values values) {
        always();
        if (values.has(Values.LOSS)) {
            figure(RunMeter.RUN_LOSS, gauges -> gauges.newest(Values.LOSS));
            figure(
                    RunMeter.RUN_LAST_IMPROVEMENT,
                    gauges -> gauges.improved == null ? Double.NaN : seconds(gauges.improved));
        }
        if (values.has(Values.GRADIENT_NORM)) {
            figure(RunMeter.RUN_GRADIENT_NORM, gauges -> gauges.newest(Values.GRADIENT_NORM));
        }
        if (values.has(Values.DISTANCE)) {
            figure(RunMeter.RUN_DISTANCE, gauges -> gauges.newest(Values.DISTANCE));
        }
    }

    private double newest(String figure) {
        return iteration.values().getOr(figure, Double.NaN);
    }

    private void figure(RunMeter meter, ToDoubleFunction<RunGauges> read) {
        if (registered.add(meter)) {
            register(meter, run, read);
        }
    }

    private void register(RunMeter meter, Tags tags, ToDoubleFunction<RunGauges> read) {
        synchronized (meters) {
            if (!removed) {
                meters.add(Gauge.builder(meter.registryName(), this, read)
                        .tags(tags)
                        .description(meter.help())
                        .strongReference(true)
                        .register(registry));
            }
        }
    }

    private static double seconds(Instant moment) {
        return moment.getEpochSecond() + moment.getNano() * 1e-9;
    }
}
