package io.escapement.web;

import io.escapement.store.Replaced;
import io.escapement.store.RunCatalogue;
import io.escapement.store.StreamJson;
import io.escapement.web.access.Role;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code GET /api/v1/runs/ID/replaced}: what later attempts took out of a run's series, in order of attempt. */
final class ReplacedRoutes {

    private final WorkerExecutor workers;
    private final RunCatalogue catalogue;

    ReplacedRoutes(WorkerExecutor workers, RunCatalogue catalogue) {
        this.workers = workers;
        this.catalogue = catalogue;
    }

    void mount(Routes routes) {
        routes.get(Role.READ, "/api/v1/runs/:id/replaced").handler(this::replaced);
    }

    private void replaced(RoutingContext context) {
        String id = context.pathParam("id");
        workers.executeBlocking(() -> catalogue.find(id).map(log -> json(catalogue.replaced(log))), false)
                .onSuccess(json -> answer(context, json))
                .onFailure(error -> ApiRoutes.fail(context, error));
    }

    private static void answer(RoutingContext context, Optional<String> json) {
        if (json.isEmpty()) {
            Problem.of(404, "there is no run '" + context.pathParam("id") + "' here")
                    .answer(context);
            return;
        }
        context.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(json.get());
    }

    private static String json(List<Replaced> replaced) {
        return StreamJson.text(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("replaced");
            for (Replaced one : replaced) {
                json.writeStartObject();
                json.writeNumberField("attempt", one.attempt());
                json.writeNumberField("level", one.rows().level());
                json.writeFieldName("columns");
                StreamJson.columns(json, one.rows().between(0, Long.MAX_VALUE).columns(Set.of()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
