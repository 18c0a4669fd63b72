package io.escapement.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.store.Columns;
import io.escapement.store.EventJson;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import io.escapement.store.StreamJson;
import io.escapement.web.access.Role;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The API under /api/v1: runs, their series and events, starting and steering. Answers are built on worker threads. Over the usual length
 * because a route is its parameters, its errors and its answer, and they are read together.
 */
final class ApiRoutes {

    private static final String JSON = "application/json";
    private static final long BODY_LIMIT = 1 << 20;
    private static final long BODY_MILLIS = 30_000;
    private static final int MAX_EVENTS = 1000;
    private static final int MAX_POINTS = 4096;
    private static final int MAX_ERRORS = 50;
    private static final String RETRY_SECONDS = "10";
    static final List<String> COMMANDS = List.of("pause", "resume", "stop", "escape", "checkpoint");
    static final List<String> KINDS = List.of("stationary", "escape", "phase", "verdict", "message");

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final RunCatalogue catalogue;
    private final Overview overview;
    private final RunDesk desk;
    private final ExternalDesk external;
    private final MadeRuns madeRuns = new MadeRuns();

    /** @param workers that write answers; what the desk does may take longer and does not hold these up */
    ApiRoutes(
            Vertx vertx,
            WorkerExecutor workers,
            RunCatalogue catalogue,
            Pulse pulse,
            RunDesk desk,
            ExternalDesk external) {
        this.vertx = vertx;
        this.workers = workers;
        this.catalogue = catalogue;
        this.overview = new Overview(catalogue, pulse);
        this.desk = desk;
        this.external = external;
    }

    /** Something that may find the request invalid. */
    @FunctionalInterface
    private interface Action {
        void handle(RoutingContext context) throws InvalidRequest;
    }

    void mount(Routes routes) {
        routes.get(Role.READ, "/api/v1/runs", ListRequest.PARAMETERS).handler(checked(this::list));
        routes.get(Role.READ, "/api/v1/runs/:id").handler(checked(this::run));
        routes.get(Role.READ, "/api/v1/runs/:id/series", "names", "from", "to", "points")
                .handler(checked(this::series));
        routes.get(Role.READ, "/api/v1/runs/:id/events", "kind", "limit", "cursor")
                .handler(checked(this::events));
        routes.get(Role.READ, "/api/v1/overview").handler(context -> answer(context, () -> Json.text(overview.now())));
        routes.get(Role.READ, "/api/v1/store")
                .handler(context -> answer(context, () -> Json.text(catalogue.archiveStatus())));
        routes.get(Role.READ, "/api/v1/problems").handler(context -> answer(context, () -> Json.text(desk.form())));
        routes.get(Role.READ, "/api/v1/solvers")
                .handler(context -> answer(context, () -> {
                    RunDesk.StartForm form = desk.form();
                    return Json.text(Map.of("solvers", form.solvers(), "options", form.of("solver")));
                }));
        routes.get(Role.READ, "/api/v1/escapes")
                .handler(context -> answer(context, () -> {
                    RunDesk.StartForm form = desk.form();
                    return Json.text(Map.of("escapes", form.escapes(), "options", form.of("escape")));
                }));
        BodyHandler body = BodyHandler.create(false).setBodyLimit(BODY_LIMIT);
        // To start a run here takes more than to register one of another program: the body tells which it is.
        post(routes, Role.INGEST, "/api/v1/runs", body, checked(this::start));
        post(routes, Role.CONTROL, "/api/v1/runs/:id/commands", body, checked(this::command));
    }

    /** Two routes, because Vert.x wants the body handler to be the first of its route. */
    static void post(Routes routes, Role role, String path, BodyHandler body, Handler<RoutingContext> action) {
        routes.post(role, path).handler(ApiRoutes::needJson);
        routes.post(role, path).handler(body).handler(action);
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

    static void needJson(RoutingContext context) {
        String type = context.request().getHeader("Content-Type");
        String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (media.equals(JSON)) {
            long timer = context.vertx().setTimer(BODY_MILLIS, late -> tooSlow(context));
            context.addEndHandler(end -> context.vertx().cancelTimer(timer));
            context.next();
        } else {
            Problem.of(415, "Content-Type is '" + type + "'; application/json is needed")
                    .answer(context);
        }
    }

    private static void tooSlow(RoutingContext context) {
        if (!context.request().isEnded()) {
            context.request().endHandler(nothing -> {});
            Parting.refuse(
                    context,
                    Problem.of(408, "the body did not come within " + BODY_MILLIS / 1000 + " s, which is the most"));
        }
    }

    private void list(RoutingContext context) throws InvalidRequest {
        ListRequest request = ListRequest.of(context);
        answer(context, () -> request.answer(catalogue));
    }

    private void run(RoutingContext context) {
        withRun(
                context,
                log -> answer(
                        context,
                        () -> StreamJson.text(json -> {
                            json.writeStartObject();
                            json.writeFieldName("header");
                            StreamJson.header(json, log.header());
                            json.writeFieldName("status");
                            StreamJson.status(json, log.status());
                            json.writeEndObject();
                        })));
    }

    private void series(RoutingContext context) throws InvalidRequest {
        Set<String> names = Query.names(context, "names");
        long from = Query.integer(context, "from", 0, Long.MAX_VALUE, 0);
        long to = Query.integer(context, "to", 0, Long.MAX_VALUE, Long.MAX_VALUE);
        int points = (int) Query.integer(context, "points", 1, MAX_POINTS, 1000);
        if (from > to) {
            throw new InvalidRequest("to", "to is " + to + " with from " + from + "; from up to it would be valid");
        }
        withRun(
                context,
                log -> answer(context, () -> {
                    Columns columns = catalogue.series(log, names, from, to, points);
                    return StreamJson.text(json -> {
                        json.writeStartObject();
                        json.writeNumberField("level", columns.level());
                        json.writeFieldName("columns");
                        StreamJson.columns(json, columns);
                        json.writeEndObject();
                    });
                }));
    }

    private void events(RoutingContext context) throws InvalidRequest {
        String kind = Query.text(context, "kind");
        if (kind != null && !KINDS.contains(kind)) {
            throw new InvalidRequest(
                    "kind", "kind is '" + kind + "'; one of " + String.join(", ", KINDS) + " would be valid");
        }
        int limit = (int) Query.integer(context, "limit", 1, MAX_EVENTS, 200);
        long after = Query.integer(context, "cursor", -1, Long.MAX_VALUE, -1);
        withRun(
                context,
                log -> answer(context, () -> {
                    List<RunLog.Landmark> found = log.landmarks(kind, after, limit + 1);
                    return StreamJson.text(json -> {
                        json.writeStartObject();
                        json.writeArrayFieldStart("events");
                        for (RunLog.Landmark landmark : found.subList(0, Math.min(limit, found.size()))) {
                            EventJson.write(json, log.header().id(), landmark.event());
                        }
                        json.writeEndArray();
                        if (found.size() > limit) {
                            json.writeStringField(
                                    "next", Long.toString(found.get(limit - 1).index()));
                        }
                        json.writeEndObject();
                    });
                }));
    }

    private void start(RoutingContext context) throws InvalidRequest {
        JsonNode body = Json.object("the body", body(context));
        boolean registers = Registrations.concerns(body);
        Caller caller = Gate.caller(context);
        if (!registers && !Gate.allowed(context, caller, Role.CONTROL)) {
            return;
        }
        Callable<String> doing = registers ? registering(body) : starting(body);
        String key = context.request().getHeader("Idempotency-Key");
        Supplier<Future<String>> made = () -> vertx.executeBlocking(doing, false);
        // One caller's key tells nobody else of its run.
        (key == null ? made.get() : madeRuns.of(caller.name() + ' ' + key, made))
                .onSuccess(id -> context.response()
                        .setStatusCode(201)
                        .putHeader("Location", "/api/v1/runs/" + id)
                        .putHeader("Content-Type", JSON)
                        .end(Json.text(Map.of("id", id))))
                .onFailure(error -> fail(context, error));
    }

    private Callable<String> registering(JsonNode body) throws InvalidRequest {
        ExternalDesk.Registration registration = Registrations.read(body);
        return () -> external.register(registration);
    }

    private Callable<String> starting(JsonNode body) throws InvalidRequest {
        List<InvalidRequest.FieldError> errors = new ArrayList<>();
        Map<String, Object> options = new LinkedHashMap<>();
        String problem = "";
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            switch (field.getKey()) {
                case "problem" -> problem = field.getValue().asText();
                case "options" -> options(field.getValue(), options, errors);
                default ->
                    errors.add(new InvalidRequest.FieldError(
                            field.getKey(),
                            field.getKey()
                                    + " is not known here; problem and options would be, or \"source\":\"external\" to"
                                    + " register a run of another program"));
            }
        }
        if (problem.isBlank()) {
            errors.add(new InvalidRequest.FieldError("problem", "problem is absent; the name of a problem is needed"));
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors.subList(0, Math.min(MAX_ERRORS, errors.size())));
        }
        String name = problem;
        return () -> desk.start(name, options);
    }

    private static void options(JsonNode given, Map<String, Object> options, List<InvalidRequest.FieldError> errors) {
        if (!given.isObject()) {
            errors.add(new InvalidRequest.FieldError(
                    "options", "options is not an object; one like {\"n\":11} would be valid"));
            return;
        }
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            JsonNode value = field.getValue();
            if (value.isTextual()) {
                options.put(field.getKey(), value.textValue());
            } else if (value.isBoolean()) {
                options.put(field.getKey(), value.booleanValue());
            } else if (value.isIntegralNumber() && value.canConvertToLong()) {
                options.put(field.getKey(), value.longValue());
            } else if (value.isNumber()) {
                options.put(field.getKey(), value.doubleValue());
            } else {
                errors.add(new InvalidRequest.FieldError(
                        "options." + field.getKey(),
                        "options." + field.getKey()
                                + " is neither text nor number nor true or false, and one of them is" + " needed"));
            }
        }
    }

    private void command(RoutingContext context) throws InvalidRequest {
        JsonNode body = Json.object("the body", body(context));
        String command = body.path("command").asText();
        if (!COMMANDS.contains(command)) {
            throw new InvalidRequest(
                    "command",
                    "command is '" + command + "'; one of " + String.join(", ", COMMANDS) + " would be valid");
        }
        String by = commander(context);
        withRun(context, log -> {
            // What was lost or stopped may be taken up again.
            if (log.ended() && !command.equals("resume")) {
                Problem.of(409, "the run has ended, so it cannot " + command).answer(context);
                return;
            }
            vertx.executeBlocking(() -> desk.command(log.header().id(), command, by), false)
                    .onSuccess(outcome -> {
                        if (outcome.isAccepted()) {
                            context.response()
                                    .setStatusCode(202)
                                    .putHeader("Content-Type", JSON)
                                    .end("{}");
                        } else {
                            Problem.of(409, outcome.refusal()).answer(context);
                        }
                    })
                    .onFailure(error -> fail(context, error));
        });
    }

    /** "the dashboard", "the API at 192.0.2.7", "ops through the dashboard": to be read after "stopped by". */
    private static String commander(RoutingContext context) {
        String name = Gate.caller(context).name();
        String what = (name.isEmpty() ? "" : name + " through ")
                + (context.request().getHeader("Origin") == null ? "the API" : "the dashboard");
        String address = context.request().remoteAddress().hostAddress();
        boolean here = address == null || address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1");
        return here ? what : what + " at " + address;
    }

    static String body(RoutingContext context) {
        String text = context.body().asString();
        return text == null ? "" : text;
    }

    private void withRun(RoutingContext context, Consumer<RunLog> action) {
        String id = context.pathParam("id");
        Optional<RunLog> known = catalogue.inMemory(id);
        if (known.isPresent()) {
            action.accept(known.get());
            return;
        }
        workers.executeBlocking(() -> catalogue.find(id), false)
                .onSuccess(log -> {
                    if (log.isPresent()) {
                        action.accept(log.get());
                    } else {
                        Problem.of(404, "there is no run '" + id + "' here").answer(context);
                    }
                })
                .onFailure(error -> fail(context, error));
    }

    private void answer(RoutingContext context, Callable<String> text) {
        workers.executeBlocking(text, false)
                .onSuccess(json -> context.response()
                        .putHeader("Content-Type", JSON)
                        .putHeader("Cache-Control", "no-store")
                        .end(json))
                .onFailure(error -> fail(context, error));
    }

    static void fail(RoutingContext context, Throwable error) {
        if (error instanceof InvalidRequest invalid) {
            Problem.of(invalid).answer(context);
        } else if (error instanceof ExternalDesk.TooMany full) {
            context.response().putHeader("Retry-After", RETRY_SECONDS);
            Problem.of(429, full.getMessage()).answer(context);
        } else {
            context.fail(500, error);
        }
    }
}
