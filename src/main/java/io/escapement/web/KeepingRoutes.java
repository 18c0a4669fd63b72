package io.escapement.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.event.RunHeader;
import io.escapement.store.StreamJson;
import io.escapement.web.access.Role;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What people do with runs that are there: name and tag them, delete them, take them away as a file. */
final class KeepingRoutes {

    private static final long BODY_LIMIT = 1 << 16;
    private static final int MAX_NAME = 200;
    private static final int MAX_NOTE = 10_000;
    private static final int MAX_TAGS = 50;
    private static final Map<String, String> TYPES = Map.of(
            "csv", "text/csv; charset=utf-8",
            "ndjson", "application/x-ndjson",
            "parquet", "application/vnd.apache.parquet");

    private final Vertx vertx;
    private final RunKeeper keeper;

    KeepingRoutes(Vertx vertx, RunKeeper keeper) {
        this.vertx = vertx;
        this.keeper = keeper;
    }

    void mount(Routes routes) {
        routes.patch(Role.CONTROL, "/api/v1/runs/:id").handler(ApiRoutes::needJson);
        routes.patch(Role.CONTROL, "/api/v1/runs/:id")
                .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT))
                .handler(this::label);
        routes.delete(Role.CONTROL, "/api/v1/runs/:id").handler(this::delete);
        routes.get(Role.READ, "/api/v1/runs/:id/export", "format").handler(this::export);
    }

    private void label(RoutingContext context) {
        UnaryOperator<RunHeader> change;
        try {
            change = change(Json.object("the body", ApiRoutes.body(context)));
        } catch (InvalidRequest e) {
            Problem.of(e).answer(context);
            return;
        }
        vertx.executeBlocking(() -> keeper.label(context.pathParam("id"), change), false)
                .onSuccess(header -> header.ifPresentOrElse(
                        labelled -> context.response()
                                .putHeader("Content-Type", "application/json")
                                .end(StreamJson.text(json -> StreamJson.header(json, labelled))),
                        () -> unknown(context)))
                .onFailure(error -> ApiRoutes.fail(context, error));
    }

    /** A field that is absent stays, one that is null or empty goes. */
    private static UnaryOperator<RunHeader> change(JsonNode body) throws InvalidRequest {
        List<InvalidRequest.FieldError> errors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            wrong(field.getKey(), field.getValue())
                    .ifPresent(why -> errors.add(new InvalidRequest.FieldError(field.getKey(), why)));
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
        return header -> header.labelled(
                body.has("name") ? body.get("name").textValue().strip() : header.name(),
                body.has("tags") ? tags(body.get("tags")) : header.tags(),
                body.has("note") ? body.get("note").asText("").strip() : header.note());
    }

    private static List<String> tags(JsonNode given) {
        List<String> tags = new ArrayList<>();
        given.forEach(tag -> tags.add(tag.textValue().strip()));
        return tags.stream().distinct().toList();
    }

    private static Optional<String> wrong(String field, JsonNode value) {
        return switch (field) {
            case "name" ->
                value.isTextual()
                                && !value.textValue().isBlank()
                                && value.textValue().length() <= MAX_NAME
                        ? Optional.empty()
                        : Optional.of("name is " + value + "; a text of 1 to " + MAX_NAME + " characters is needed");
            case "note" ->
                value.isNull() || (value.isTextual() && value.textValue().length() <= MAX_NOTE)
                        ? Optional.empty()
                        : Optional.of("note is no text of at most " + MAX_NOTE + " characters, which is needed");
            case "tags" -> wrongTags(value);
            default -> Optional.of(field + " is not known here, or cannot be changed; name, tags and note would be");
        };
    }

    private static Optional<String> wrongTags(JsonNode value) {
        if (value.isNull()) {
            return Optional.empty();
        }
        boolean fine = value.isArray() && value.size() <= MAX_TAGS;
        for (JsonNode tag : value) {
            fine &= tag.isTextual() && Registrations.tag(tag.textValue());
        }
        return fine
                ? Optional.empty()
                : Optional.of("tags is " + value + "; a list of at most " + MAX_TAGS
                        + " words without a comma, of 1 to 50 characters each, is needed");
    }

    private void delete(RoutingContext context) {
        vertx.executeBlocking(() -> keeper.delete(context.pathParam("id")), false)
                .onSuccess(deletion -> {
                    switch (deletion) {
                        case DONE -> context.response().setStatusCode(204).end();
                        case LIVE ->
                            Problem.of(409, "the run goes on; stop it first, and delete it when it has ended")
                                    .answer(context);
                        default -> unknown(context);
                    }
                })
                .onFailure(error -> ApiRoutes.fail(context, error));
    }

    private static void unknown(RoutingContext context) {
        Problem.of(404, "there is no run '" + context.pathParam("id") + "' here")
                .answer(context);
    }

    /** By way of a file, because a run may be large and a client slow. */
    private void export(RoutingContext context) {
        String asked = Query.text(context, "format");
        String format = asked == null ? "csv" : asked;
        if (!TYPES.containsKey(format)) {
            Problem.of(new InvalidRequest(
                            "format", "format is '" + format + "'; csv, ndjson or parquet would be valid"))
                    .answer(context);
            return;
        }
        String run = context.pathParam("id");
        vertx.executeBlocking(() -> written(run, format), false)
                .onSuccess(file -> file.ifPresentOrElse(
                        path -> context.response()
                                .putHeader("Content-Type", TYPES.get(format))
                                .putHeader("Content-Disposition", "attachment; filename=\"" + run + "." + format + "\"")
                                .sendFile(path.toString())
                                .onComplete(sent -> vertx.fileSystem().delete(path.toString())),
                        () -> unknown(context)))
                .onFailure(error -> ApiRoutes.fail(context, error));
    }

    private Optional<Path> written(String run, String format) throws IOException {
        Path file = Files.createTempFile("escapement-export", "." + format);
        boolean done = false;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            done = keeper.export(run, format, out);
        } finally {
            if (!done) {
                Files.delete(file);
            }
        }
        return done ? Optional.of(file) : Optional.empty();
    }
}
