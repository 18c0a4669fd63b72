package io.escapement.web;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;

/** The API's experiments: the list, and the newest result of each. They are started from the command line. */
final class ExperimentRoutes {

    private static final String JSON = "application/json";

    private final WorkerExecutor workers;
    private final ExperimentShelf shelf;

    ExperimentRoutes(WorkerExecutor workers, ExperimentShelf shelf) {
        this.workers = workers;
        this.shelf = shelf;
    }

    void mount(Router router) {
        router.get("/api/v1/experiments").handler(this::list);
        router.get("/api/v1/experiments/:id").handler(this::latest);
    }

    private void list(RoutingContext context) {
        Future<String> text =
                workers.executeBlocking(() -> Json.text(Map.of("experiments", shelf.experiments())), false);
        text.onSuccess(json -> answer(context, json)).onFailure(context::fail);
    }

    private void latest(RoutingContext context) {
        String id = context.pathParam("id");
        Future<Optional<String>> result = workers.executeBlocking(() -> shelf.latest(id), false);
        result.onSuccess(found -> {
                    if (found.isPresent()) {
                        answer(context, found.get());
                    } else {
                        Problem.of(404, "there is no result of an experiment '" + id + "'")
                                .answer(context);
                    }
                })
                .onFailure(context::fail);
    }

    private static void answer(RoutingContext context, String json) {
        context.response()
                .putHeader("Content-Type", JSON)
                .putHeader("Cache-Control", "no-store")
                .end(json);
    }
}
