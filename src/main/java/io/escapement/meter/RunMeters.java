package io.escapement.meter;

import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The meters of all runs of this process. Each run gets a {@link MeteredRun} that is told of its events; the first few at a
 * time get gauges of their own as well.
 */
public final class RunMeters {

    private static final int MAX_SOLVERS = 32;
    private static final int MAX_MECHANISMS = 32;

    /** Verdicts that can be given, so that each is there with 0 before the first. */
    private static final List<String> VERDICTS =
            List.of("global-minimum", "strict-saddle", "spurious-minimum", "undecided");

    /** Why lines of other programs are not taken. */
    public static final List<String> REJECTIONS =
            List.of("malformed", "too-long", "old-attempt", "out-of-order", "ended");

    private static final double NANOS = 1e9;

    private final PrometheusMeterRegistry registry;
    private final Clock clock;

    private final Map<RunState, AtomicInteger> runs = new EnumMap<>(RunState.class);
    private final ClosedLabels solvers = new ClosedLabels(MAX_SOLVERS);
    private final ClosedLabels mechanisms = new ClosedLabels(MAX_MECHANISMS);
    private final Map<String, LongAdder> iterations = new ConcurrentHashMap<>();
    private final Map<String, Counter> verdicts = new ConcurrentHashMap<>();
    private final DurationHistogram durations;
    private final DurationHistogram.Series storeWrites;
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicInteger alerts = new AtomicInteger();
    private volatile double lag;
    private final LongAdder conflated = new LongAdder();
    private final LongAdder ingested = new LongAdder();
    private final Map<String, LongAdder> rejected;
    private final Set<MeteredRun> ageing = ConcurrentHashMap.newKeySet();
    private final GaugedRuns gauged;

    /**
     * Which runs get gauges of their own.
     *
     * @param most at a time, those included that have ended and are still shown; 0 for none, which refuses nobody
     * @param retention after the end
     */
    public record Settings(int most, Duration retention) {
        /** As long after the end as the built-in alert of a run that diverged stands. */
        public static final Settings DEFAULT = new Settings(20, Duration.ofMinutes(10));

        public Settings {
            if (most < 0) {
                throw new IllegalArgumentException("most is " + most + "; 0 for none, or a positive number");
            }
            if (retention.isNegative()) {
                throw new IllegalArgumentException("retention is " + retention + "; it cannot be negative");
            }
        }
    }

    /** A registry that shows exemplars where Prometheus takes them, which is on buckets alone; Micrometer's own adds them to counts. */
    public static PrometheusMeterRegistry registry() {
        return new PrometheusMeterRegistry(new PrometheusConfig() {
            @Override
            public String get(String key) {
                return null;
            }

            @Override
            public Properties prometheusProperties() {
                return new Properties();
            }
        });
    }

    /**
     * @param version of this program
     * @param mechanisms names of escapes, so that each is there with 0 before the first
     */
    public RunMeters(
            PrometheusMeterRegistry registry,
            String version,
            Collection<String> mechanisms,
            Settings settings,
            Clock clock) {
        this.registry = registry;
        this.clock = clock;
        for (RunState state : RunState.values()) {
            AtomicInteger count = new AtomicInteger();
            runs.put(state, count);
            gauge(RunMeter.RUNS, Tags.of("state", state.label()), count);
        }
        for (String verdict : VERDICTS) {
            verdict(verdict);
        }
        for (String mechanism : mechanisms) {
            for (RunEvent.EscapeOutcome outcome : RunEvent.EscapeOutcome.values()) {
                escapes(this.mechanisms.of(mechanism), outcome);
            }
        }
        gauge(RunMeter.STREAM_CLIENTS, Tags.empty(), clients);
        gauge(RunMeter.ALERTS_FIRING, Tags.empty(), alerts);
        Gauge.builder(RunMeter.STREAM_LAG.registryName(), this, meters -> meters.lag)
                .description(RunMeter.STREAM_LAG.help())
                .register(registry);
        total(RunMeter.STREAM_CONFLATED, Tags.empty(), conflated);
        total(RunMeter.EVENTS_INGESTED, Tags.empty(), ingested);
        Map<String, LongAdder> reasons = new HashMap<>();
        for (String reason : REJECTIONS) {
            LongAdder count = new LongAdder();
            reasons.put(reason, count);
            total(RunMeter.EVENTS_REJECTED, Tags.of("reason", reason), count);
        }
        rejected = Map.copyOf(reasons);
        Gauge.builder(RunMeter.BUILD_INFO.registryName(), () -> 1)
                .tags("version", version, "java", System.getProperty("java.version"))
                .description(RunMeter.BUILD_INFO.help())
                .register(registry);
        gauged = new GaugedRuns(registry, settings, clock, counter(RunMeter.METERED_RUNS_REFUSED, Tags.empty()));
        durations = histogram(RunMeter.ITERATION_DURATION);
        storeWrites = histogram(RunMeter.STORE_WRITE).labelled();
    }

    /** A run that begins. Tell it of every event of the run, on one thread at a time. */
    public MeteredRun open(RunHeader header) {
        return open(header, null);
    }

    /** The same, where time tells more than events: {@code standing} is asked before each scrape. */
    public MeteredRun openAgeing(RunHeader header, Supplier<RunState> standing) {
        MeteredRun run = open(header, standing);
        ageing.add(run);
        return run;
    }

    private MeteredRun open(RunHeader header, Supplier<RunState> standing) {
        String solver = solvers.of(header.solver());
        return new MeteredRun(
                this,
                header.id(),
                iterations(solver),
                durations.labelled(solver),
                gauged.open(header, solver),
                standing);
    }

    /** Removes the gauges of runs that ended longer ago than they are to be shown, and ages others. Call it before a scrape. */
    public void sweep() {
        ageing.removeIf(run -> !run.age());
        gauged.sweep();
    }

    /** A viewer has connected to the live stream. */
    public void viewerJoined() {
        clients.incrementAndGet();
    }

    /** A viewer has gone. */
    public void viewerLeft() {
        clients.decrementAndGet();
    }

    /** This many alerts fire now. */
    public void alertsFiring(int count) {
        alerts.set(count);
    }

    /** The viewer that is furthest behind is this far behind. */
    public void lagging(Duration behind) {
        lag = behind.toNanos() / NANOS;
    }

    /** A viewer got this many iterations as part of a bucket and not one by one. */
    public void conflated(long count) {
        conflated.add(count);
    }

    /** This many events of another program were taken. */
    public void ingested(long events) {
        ingested.add(events);
    }

    /**
     * This many lines of another program were not taken.
     *
     * @param reason one of {@link #REJECTIONS}
     */
    public void rejected(String reason, long lines) {
        rejected.get(reason).add(lines);
    }

    /** The store has written what was new. */
    public void stored(Duration took) {
        storeWrites.observe(took.toNanos() / NANOS, Labels.EMPTY);
    }

    /** How many runs have gauges of their own. */
    public int meteredRuns() {
        return gauged.size();
    }

    /** How many may have. */
    public int mostMeteredRuns() {
        return gauged.most();
    }

    /** Runs that got none because too many had. */
    public long refusedRuns() {
        return gauged.refused();
    }

    AtomicInteger runs(RunState state) {
        return runs.get(state);
    }

    void judged(PointVerdict verdict) {
        verdict(verdict.label()).increment();
    }

    void escaped(RunEvent.Escape event) {
        String mechanism = mechanisms.of(event.mechanism());
        for (RunEvent.EscapeOutcome outcome : RunEvent.EscapeOutcome.values()) {
            // All four, so that each is there with 0 before the first.
            Counter counter = escapes(mechanism, outcome);
            if (outcome == event.outcome()) {
                counter.increment();
            }
        }
    }

    private Counter verdict(String label) {
        return verdicts.computeIfAbsent(label, l -> counter(RunMeter.VERDICTS, Tags.of("verdict", l)));
    }

    private LongAdder iterations(String solver) {
        return iterations.computeIfAbsent(solver, s -> {
            LongAdder count = new LongAdder();
            total(RunMeter.ITERATIONS, Tags.of("solver", s), count);
            return count;
        });
    }

    private Counter escapes(String mechanism, RunEvent.EscapeOutcome outcome) {
        return counter(RunMeter.ESCAPES, Tags.of("mechanism", mechanism, "outcome", outcome.label()));
    }

    private DurationHistogram histogram(RunMeter meter) {
        DurationHistogram histogram = new DurationHistogram(meter, clock);
        registry.getPrometheusRegistry().register(histogram);
        return histogram;
    }

    private Counter counter(RunMeter meter, Tags tags) {
        return Counter.builder(meter.registryName())
                .tags(tags)
                .description(meter.help())
                .register(registry);
    }

    private void gauge(RunMeter meter, Tags tags, AtomicInteger value) {
        Gauge.builder(meter.registryName(), value, AtomicInteger::get)
                .tags(tags)
                .description(meter.help())
                .register(registry);
    }

    private void total(RunMeter meter, Tags tags, LongAdder value) {
        FunctionCounter.builder(meter.registryName(), value, LongAdder::sum)
                .tags(tags)
                .description(meter.help())
                .register(registry);
    }
}
