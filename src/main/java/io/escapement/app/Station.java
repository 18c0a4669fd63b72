package io.escapement.app;

import io.escapement.event.RunState;
import io.escapement.meter.RunMeters;
import io.escapement.meter.Scrape;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunFilter;
import io.escapement.store.disk.RunStore;
import io.escapement.store.disk.StoreSettings;
import io.escapement.web.Dashboard;
import io.escapement.web.PortUnavailable;
import io.escapement.web.Protection;
import io.escapement.web.Telemetry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The runs of a process with their logs and meters, and the server that shows them. */
final class Station implements AutoCloseable {

    private static final int STOP_SECONDS = 10;
    private static final int START_SECONDS = 30;
    private static final int MOST_RESUMED = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final PrometheusMeterRegistry registry = ServerMeters.registry();
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final RunCatalogue catalogue;
    private final ExperimentDesk experiments;
    private final RunMeters meters;
    private final MeteredIntake intake;
    private final LiveRuns runs;
    private final ExternalRuns external;
    private final RunProblems problems = new RunProblems();

    private final Resumer resumer;

    /** Null where runs are kept in memory only. */
    private final RunStore store;

    /** Where it is, in that case. */
    private final Optional<Path> directory;

    private final Thread atExit = new Thread(this::save, "save");
    private Vertx vertx;
    private Dashboard dashboard;

    /** Null until there is a server. */
    private AlertDuty alerts;

    /** Keeps its runs in memory. */
    Station() {
        this(StoreOptions.inMemory());
    }

    /** With the meters that nobody changed. */
    Station(StoreOptions where) {
        this(where, new MeterOptions());
    }

    Station(StoreOptions where, MeterOptions metering) {
        meters = new RunMeters(
                registry, Version.current(), EscapeChoice.MECHANISMS, metering.settings(), Clock.systemUTC());
        int processors = Runtime.getRuntime().availableProcessors();
        directory = where.settings().map(StoreSettings::directory);
        store = where.settings()
                .map(settings -> new RunStore(settings, meters::stored))
                .orElse(null);
        catalogue = store == null ? new RunCatalogue() : new RunCatalogue(store);
        runs = new LiveRuns(
                catalogue,
                header -> meters.open(header)::accept,
                store == null ? log -> {} : store::record,
                problems,
                store == null ? null : id -> new StoredKeeper(store, id),
                Math.max(4, 2 * processors));
        intake = new MeteredIntake(meters);
        external = new ExternalRuns(
                catalogue,
                (header, standing) -> meters.openAgeing(header, standing)::accept,
                store,
                intake,
                Clock.systemUTC(),
                new SteadyClock());
        experiments = new ExperimentDesk(runs);
        resumer = new Resumer(runs, store);
        if (store != null) {
            Runtime.getRuntime().addShutdownHook(atExit);
        }
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        collector.bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    LiveRuns runs() {
        return runs;
    }

    /** Takes stored runs up again. */
    Resumer resumer() {
        return resumer;
    }

    /** The runs that are stored, to be found by name; empty where none are. Closed with the station. */
    Optional<StoredRuns> stored() {
        return directory.map(place -> new StoredRuns(place, store));
    }

    /** Takes up the runs that were lost and have a checkpoint; what became of each, in words. */
    List<String> resumeLost() {
        return store == null
                ? List.of()
                : resumer.resumeAll(store.list(null, MOST_RESUMED, new RunFilter(RunState.LOST, "")));
    }

    /** Whether runs outlive the process. */
    boolean stores() {
        return store != null;
    }

    /** The process is ending, by a signal or by itself: what is known is written. */
    private void save() {
        external.close();
        runs.stopAll("the end of the process", PATIENCE);
        store.close();
    }

    ExperimentDesk experiments() {
        return experiments;
    }

    RunCatalogue catalogue() {
        return catalogue;
    }

    /** Starts the server; returns its address for a browser. */
    String serve(ServerOptions options) {
        Check.between("--port", options.port, 0, 65_535);
        Check.between("--max-viewers", options.viewers, 1, 100_000);
        Protection protection = options.access.protection(options.bind, System.getenv());
        alerts = options.alerts.duty(catalogue, () -> dashboard.url(), meters::alertsFiring);
        vertx = Vertx.builder()
                .with(new VertxOptions().setMetricsOptions(ServerMeters.options()))
                .withMetrics(new MicrometerMetricsFactory(registry))
                .build();
        dashboard = new Dashboard(
                Dashboard.Settings.local(Version.current())
                        .withBind(options.bind)
                        .withPort(options.port)
                        .withViewers(options.viewers)
                        .withHosts(options.access.hosts())
                        .withProtection(protection),
                catalogue,
                new OptionDesk(runs, external, resumer, catalogue),
                experiments,
                external,
                new StationKeeper(catalogue, store, external),
                alerts.desk(),
                new LandscapeRoom(catalogue, problems),
                new MeteredTelemetry());
        try {
            vertx.deployVerticle(dashboard)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            Throwable cause = e.getCause();
            String what = cause instanceof PortUnavailable
                    ? cause.getMessage()
                    : "the server cannot be started: " + cause.getMessage();
            throw new SetupProblem(what, cause);
        } catch (TimeoutException e) {
            throw new SetupProblem("the server did not start within " + START_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SetupProblem("interrupted while the server started", e);
        }
        alerts.begin();
        return dashboard.url();
    }

    @Override
    public void close() {
        if (alerts != null) {
            alerts.close();
        }
        runs.close();
        if (store != null) {
            store.close();
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // The process is ending this instant, and the hook finds nothing left to do.
                collector.close();
                return;
            }
        }
        collector.close();
        if (vertx != null) {
            try {
                vertx.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new SetupProblem("the server did not stop cleanly", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        registry.close();
    }

    /** What a scraper reads, without the server in between. */
    Scrape scrape(String accept) {
        return Scrape.of(registry, meters, accept);
    }

    /** The server's numbers go to the same meters as the runs'. */
    private final class MeteredTelemetry implements Telemetry {

        private volatile Instant scraped;
        private volatile long series;

        @Override
        public Intake intake() {
            return intake.now();
        }

        @Override
        public Reach reach() {
            return new Reach(
                    scraped == null ? null : scraped.toString(),
                    series,
                    meters.meteredRuns(),
                    meters.mostMeteredRuns(),
                    meters.refusedRuns());
        }

        @Override
        public Page scrape(String accept) {
            Scrape scrape = Station.this.scrape(accept);
            series = scrape.body().lines().filter(line -> !line.startsWith("#")).count();
            scraped = Instant.now();
            return new Page(scrape.contentType(), scrape.body());
        }

        @Override
        public void viewerJoined() {
            meters.viewerJoined();
        }

        @Override
        public void viewerLeft() {
            meters.viewerLeft();
        }

        @Override
        public void lagging(Duration behind) {
            meters.lagging(behind);
        }

        @Override
        public void conflated(long iterations) {
            meters.conflated(iterations);
        }
    }
}
