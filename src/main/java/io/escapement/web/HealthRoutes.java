package io.escapement.web;

import io.escapement.alert.Rule;
import io.escapement.alert.webhook.Webhook;
import io.escapement.alert.webhook.WebhookState;
import io.escapement.store.ArchiveStatus;
import io.escapement.store.RunCatalogue;
import io.escapement.web.access.Role;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code GET /api/v1/health}: how the server does, and what data was lost. The probes /health/live and /health/ready say only whether it
 * lives. What belongs to the event loop is read there, the rest on a worker.
 */
final class HealthRoutes {

    /** Between two looks at how late the event loop is. */
    private static final long BEAT_MILLIS = 50;

    private final WorkerExecutor workers;
    private final RunCatalogue catalogue;
    private final StreamHub hub;
    private final Pulse pulse;
    private final Telemetry telemetry;
    private final AlertDesk alerts;
    private final String version;
    private final Latencies loop = new Latencies();
    private long dueAt;

    HealthRoutes(
            Vertx vertx,
            WorkerExecutor workers,
            RunCatalogue catalogue,
            StreamHub hub,
            Pulse pulse,
            Telemetry telemetry,
            AlertDesk alerts,
            String version) {
        this.workers = workers;
        this.catalogue = catalogue;
        this.hub = hub;
        this.pulse = pulse;
        this.telemetry = telemetry;
        this.alerts = alerts;
        this.version = version;
        beat(vertx);
    }

    /** A timer that is set anew each time, so that one delay is counted once. It ends with the verticle's event loop. */
    private void beat(Vertx vertx) {
        dueAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEAT_MILLIS);
        vertx.setTimer(BEAT_MILLIS, fired -> {
            loop.record(System.nanoTime() - dueAt);
            beat(vertx);
        });
    }

    void mount(Routes routes) {
        routes.get(Role.READ, "/api/v1/health").handler(this::answer);
    }

    private void answer(RoutingContext context) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("time", Instant.now().toString());
        json.put("build", build());
        json.put("events", events());
        json.put("stream", hub.health());
        json.put("eventLoop", loop.json());
        json.put("alerts", alerts());
        workers.executeBlocking(() -> finished(json), false)
                .onSuccess(text -> context.response()
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Cache-Control", "no-store")
                        .end(text))
                .onFailure(context::fail);
    }

    private String finished(Map<String, Object> json) {
        ArchiveStatus store = catalogue.archiveStatus();
        json.put("store", store);
        json.put("memory", memory());
        json.put("meters", telemetry.reach());
        json.put("losses", Losses.of(store, telemetry, hookStates()));
        return Json.text(json);
    }

    private Map<String, Object> build() {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", version);
        json.put("java", runtime.getVmName() + " " + System.getProperty("java.version"));
        json.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("pid", ProcessHandle.current().pid());
        json.put("started", Instant.ofEpochMilli(runtime.getStartTime()).toString());
        return json;
    }

    private Map<String, Object> events() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("perSecond", Math.round(pulse.perSecond() * 10) / 10.0);
        json.put("total", pulse.total());
        json.put("ofOtherPrograms", telemetry.intake());
        return json;
    }

    private static Map<String, Object> memory() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("heapUsed", heap.getUsed());
        json.put("heapCommitted", heap.getCommitted());
        json.put("heapMax", heap.getMax());
        List<Map<String, Object>> collectors = new ArrayList<>();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collectors.add(Map.of(
                    "name", collector.getName(),
                    "collections", collector.getCollectionCount(),
                    "seconds", collector.getCollectionTime() / 1000.0));
        }
        json.put("collectors", collectors);
        json.put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
        return json;
    }

    private Map<String, Object> alerts() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("on", alerts.on());
        alerts.board().lookedAt().ifPresent(at -> json.put("lastAsked", at.toString()));
        json.put("rules", Arrays.stream(Rule.values()).map(this::rule).toList());
        json.put("webhooks", hookStates().stream().map(AlertRoutes::webhook).toList());
        return json;
    }

    private Map<String, Object> rule(Rule rule) {
        long firing = alerts.board().firing().stream()
                .filter(alert -> alert.rule() == rule)
                .count();
        return Map.of(
                "rule",
                rule.label(),
                "severity",
                rule.severity().label(),
                "forSeconds",
                alerts.board().patience(rule).toMillis() / 1000.0,
                "firing",
                firing);
    }

    private List<WebhookState> hookStates() {
        return alerts.webhooks().stream().map(Webhook::state).toList();
    }
}
