package io.escapement.app;

import io.escapement.alert.AlertBoard;
import io.escapement.alert.Rule;
import io.escapement.alert.Watched;
import io.escapement.alert.webhook.Patience;
import io.escapement.alert.webhook.Webhook;
import io.escapement.alert.webhook.WebhookAddress;
import io.escapement.event.RunHeader;
import io.escapement.store.Listed;
import io.escapement.store.RunCatalogue;
import io.escapement.web.AlertDesk;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the rules about every run once a second, on a thread of its own: the runs of this process, those that other programs
 * feed, and the newest of those that other processes keep in the same store. Trials of experiments are left to their
 * experiment, in which runs that diverge are often the point.
 */
final class AlertDuty implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlertDuty.class);
    private static final int NEWEST = 200;
    private static final long TICK_MILLIS = 1000;

    /** Ticks between two looks at what other processes keep in the store, which may read from its disk. */
    private static final int STORE_TICKS = 5;

    private final boolean on;
    private final RunCatalogue catalogue;
    private final List<Webhook> webhooks;
    private final AlertBoard board;
    private final RunSightings sightings;
    private final IntConsumer firing;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "alerts");
        thread.setDaemon(true);
        return thread;
    });
    /** What is not delivered when a signal ends the process is tried once more, and what stays is said. */
    private final Thread atExit = new Thread(this::finish, "alerts-at-exit");

    /** Null until it begins. */
    private ScheduledFuture<?> ticking;

    private List<Listed> stored = List.of();
    private int ticks;
    private boolean failed;

    AlertDuty(
            boolean on,
            RunCatalogue catalogue,
            Map<Rule, Duration> patience,
            List<WebhookAddress> addresses,
            Supplier<String> dashboard,
            IntConsumer firing,
            Clock clock) {
        this.on = on;
        this.catalogue = catalogue;
        this.firing = firing;
        sightings = new RunSightings(clock);
        webhooks = addresses.stream()
                .map(address -> new Webhook(address, dashboard, Patience.STANDARD, clock))
                .toList();
        board = new AlertBoard(clock, patience, alert -> webhooks.forEach(webhook -> webhook.offer(alert)));
    }

    AlertDesk desk() {
        return new AlertDesk(on, board, webhooks);
    }

    void begin() {
        if (on) {
            Runtime.getRuntime().addShutdownHook(atExit);
            ticking = ticker.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        try {
            Map<String, Watched> runs = new LinkedHashMap<>();
            catalogue.newestFirst().forEach(run -> add(runs, run));
            if (ticks++ % STORE_TICKS == 0) {
                stored = catalogue.newest(NEWEST);
            }
            stored.forEach(run -> add(runs, run));
            board.look(runs);
            firing.accept(board.firing().size());
            failed = false;
        } catch (RuntimeException e) {
            if (!failed) {
                LOG.error("The rules for alerts could not be asked; this is tried again every second.", e);
            }
            failed = true;
        }
    }

    private void add(Map<String, Watched> runs, Listed run) {
        RunHeader header = run.header();
        if (!header.settings().containsKey("experiment")) {
            runs.putIfAbsent(header.id(), sightings.of(run));
        }
    }

    @Override
    public void close() {
        finish();
        if (ticking != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                LOG.debug("the process is ending already", e);
            }
        }
    }

    private void finish() {
        if (ticking != null) {
            ticking.cancel(false);
        }
        ticker.shutdown();
        webhooks.forEach(Webhook::close);
    }
}
