package io.escapement.web;

import io.escapement.web.access.Role;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;

/** What machines ask that watch the server: whether it lives, whether it is ready, and its meters. */
final class ProbeRoutes {

    private final WorkerExecutor workers;
    private final Telemetry telemetry;

    ProbeRoutes(WorkerExecutor workers, Telemetry telemetry) {
        this.workers = workers;
        this.telemetry = telemetry;
    }

    void mount(Routes routes) {
        routes.get(Role.ANYBODY, "/health/live").handler(context -> say(context, "live"));
        routes.get(Role.ANYBODY, "/health/ready").handler(context -> say(context, "ready"));
        routes.get(Role.READ, "/metrics").handler(this::metrics);
    }

    private static void say(RoutingContext context, String status) {
        context.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end("{\"status\":\"" + status + "\"}");
    }

    private void metrics(RoutingContext context) {
        String accept = context.request().getHeader("Accept");
        workers.executeBlocking(() -> telemetry.scrape(accept), false)
                .onSuccess(scraped -> context.response()
                        .putHeader("Content-Type", scraped.contentType())
                        .end(scraped.body()))
                .onFailure(context::fail);
    }
}
