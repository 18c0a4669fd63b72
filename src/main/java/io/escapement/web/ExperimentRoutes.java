package io.escapement.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.web.access.Role;
import io.vertx.core.Handler;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** The API's experiments: the list, the newest result of each, its trials; starting and stopping. */
final class ExperimentRoutes {

    private static final String ROOT = "/api/v1/experiments";
    private static final long BODY_LIMIT = 1 << 16;
    private static final int MAX_PAGE = 1000;
    private static final List<String> WISHES = List.of("quick", "trials", "seed", "jobs");

    private final WorkerExecutor workers;
    private final ExperimentShelf shelf;

    ExperimentRoutes(WorkerExecutor workers, ExperimentShelf shelf) {
        this.workers = workers;
        this.shelf = shelf;
    }

    void mount(Routes routes) {
        routes.get(Role.READ, ROOT).handler(this::list);
        routes.get(Role.READ, ROOT + "/:id").handler(this::latest);
        routes.get(Role.READ, ROOT + "/:id/trials", "cell", "limit", "cursor").handler(checked(this::trials));
        BodyHandler body = BodyHandler.create(false).setBodyLimit(BODY_LIMIT);
        ApiRoutes.post(routes, Role.CONTROL, ROOT + "/:id", body, checked(this::start));
        ApiRoutes.post(routes, Role.CONTROL, ROOT + "/:id/commands", body, checked(this::command));
    }

    @FunctionalInterface
    private interface Action {
        void handle(RoutingContext context) throws InvalidRequest;
    }

    private static Handler<RoutingContext> checked(Action action) {
        return context -> {
            try {
                action.handle(context);
            } catch (InvalidRequest e) {
                Problem.of(e).answer(context);
            }
        };
    }

    private void list(RoutingContext context) {
        work(context, () -> Json.text(Map.of("experiments", shelf.experiments())), json -> answer(context, 200, json));
    }

    private void latest(RoutingContext context) {
        String id = context.pathParam("id");
        work(context, () -> shelf.latest(id), found -> {
            if (found.isPresent()) {
                answer(context, 200, found.get());
            } else {
                Problem.of(404, "there is no result of an experiment '" + id + "'")
                        .answer(context);
            }
        });
    }

    private void trials(RoutingContext context) throws InvalidRequest {
        String id = context.pathParam("id");
        String cell = Query.text(context, "cell");
        int limit = (int) Query.integer(context, "limit", 1, MAX_PAGE, 200);
        int from = (int) Query.integer(context, "cursor", 0, Integer.MAX_VALUE, 0);
        work(context, () -> shelf.trials(id, cell), found -> {
            if (found.isEmpty()) {
                unknown(context, id);
                return;
            }
            List<ExperimentShelf.Trial> all = found.get();
            int start = Math.min(from, all.size());
            int end = Math.min(all.size(), start + limit);
            Map<String, Object> page = new LinkedHashMap<>();
            page.put("trials", all.subList(start, end));
            if (end < all.size()) {
                page.put("next", Integer.toString(end));
            }
            answer(context, 200, Json.text(page));
        });
    }

    private void start(RoutingContext context) throws InvalidRequest {
        String id = context.pathParam("id");
        JsonNode body = Json.object("the body", ApiRoutes.body(context));
        List<InvalidRequest.FieldError> errors = new ArrayList<>();
        for (String name : (Iterable<String>) body::fieldNames) {
            if (!WISHES.contains(name)) {
                errors.add(new InvalidRequest.FieldError(
                        name, name + " is not known here; " + String.join(", ", WISHES) + " would be"));
            }
        }
        if (body.has("quick") && !body.get("quick").isBoolean()) {
            errors.add(new InvalidRequest.FieldError(
                    "quick", "quick is " + body.get("quick") + "; true or false would be valid"));
        }
        Long trials = number(body, "trials", errors);
        Long seed = number(body, "seed", errors);
        Long jobs = number(body, "jobs", errors);
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
        ExperimentShelf.Wish wish = new ExperimentShelf.Wish(body.path("quick").asBoolean(), trials, seed, jobs);
        work(context, () -> shelf.start(id, wish), started -> {
            switch (started) {
                case STARTED -> answer(context, 202, "{}");
                case BUSY ->
                    Problem.of(409, "an experiment is being performed; one runs at a time")
                            .answer(context);
                case UNKNOWN -> unknown(context, id);
            }
        });
    }

    private static Long number(JsonNode body, String name, List<InvalidRequest.FieldError> errors) {
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            errors.add(new InvalidRequest.FieldError(name, name + " is " + value + "; a whole number would be valid"));
            return null;
        }
        return value.longValue();
    }

    private void command(RoutingContext context) throws InvalidRequest {
        String id = context.pathParam("id");
        String command =
                Json.object("the body", ApiRoutes.body(context)).path("command").asText();
        if (!command.equals("stop")) {
            throw new InvalidRequest("command", "command is '" + command + "'; stop would be valid");
        }
        work(context, () -> shelf.stop(id), stopped -> {
            if (stopped) {
                answer(context, 202, "{}");
            } else {
                Problem.of(409, "experiment '" + id + "' is not being performed, so it cannot stop")
                        .answer(context);
            }
        });
    }

    private static void unknown(RoutingContext context, String id) {
        Problem.of(404, "there is no experiment '" + id + "'").answer(context);
    }

    private <T> void work(RoutingContext context, Callable<T> task, Consumer<T> then) {
        workers.executeBlocking(task, false).onSuccess(then::accept).onFailure(error -> ApiRoutes.fail(context, error));
    }

    private static void answer(RoutingContext context, int status, String json) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(json);
    }
}
