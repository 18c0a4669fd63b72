package io.escapement.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.alert.Alert;
import io.escapement.alert.AlertBoard;
import io.escapement.alert.Rule;
import io.escapement.alert.Silence;
import io.escapement.alert.webhook.Webhook;
import io.escapement.alert.webhook.WebhookState;
import io.escapement.store.RunCatalogue;
import io.escapement.web.access.Role;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The API's alerts: those that fire and fired lately, silences, how the webhooks do. All of it is in memory and small, and
 * is answered on the event loop; only whether a run that a silence names is in the store is not.
 */
final class AlertRoutes {

    private static final String ROOT = "/api/v1/alerts";
    private static final long BODY_LIMIT = 1 << 14;
    private static final int MOST_RECENT = 200;
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final List<String> FIELDS = List.of("run", "rule", "until", "seconds");

    private final AlertDesk desk;
    private final RunCatalogue catalogue;
    private final WorkerExecutor workers;

    /** @param catalogue of the runs that a silence may name */
    AlertRoutes(AlertDesk desk, WorkerExecutor workers, RunCatalogue catalogue) {
        this.desk = desk;
        this.workers = workers;
        this.catalogue = catalogue;
    }

    void mount(Routes routes) {
        routes.get(Role.READ, ROOT, "limit").handler(context -> {
            try {
                list(context);
            } catch (InvalidRequest e) {
                Problem.of(e).answer(context);
            }
        });
        routes.get(Role.READ, ROOT + "/webhooks")
                .handler(context -> answer(context, 200, Map.of("webhooks", webhooks())));
        BodyHandler body = BodyHandler.create(false).setBodyLimit(BODY_LIMIT);
        ApiRoutes.post(routes, Role.CONTROL, ROOT + "/webhooks/test", body, this::test);
        ApiRoutes.post(routes, Role.CONTROL, ROOT + "/silences", body, context -> {
            try {
                silence(context);
            } catch (InvalidRequest e) {
                Problem.of(e).answer(context);
            }
        });
        routes.delete(Role.CONTROL, ROOT + "/silences/:id").handler(this::lift);
    }

    private void list(RoutingContext context) throws InvalidRequest {
        int limit = (int) Query.integer(context, "limit", 1, MOST_RECENT, 50);
        AlertBoard board = desk.board();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("on", desk.on());
        all.put("firing", board.firing().stream().map(this::alert).toList());
        all.put("recent", board.recent().stream().limit(limit).map(this::alert).toList());
        all.put("silences", board.silences().stream().map(AlertRoutes::silence).toList());
        all.put("webhooks", webhooks());
        all.put("rules", Arrays.stream(Rule.values()).map(this::rule).toList());
        answer(context, 200, all);
    }

    private Map<String, Object> rule(Rule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", rule.label());
        json.put("severity", rule.severity().label());
        json.put("summary", rule.summary());
        json.put("forSeconds", desk.board().patience(rule).toMillis() / 1000.0);
        return json;
    }

    private Map<String, Object> alert(Alert alert) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", alert.status());
        json.put("rule", alert.rule().label());
        json.put("severity", alert.rule().severity().label());
        json.put("run", Map.of("id", alert.run(), "name", alert.runName()));
        json.put("sentence", alert.sentence());
        json.put("since", alert.since().toString());
        json.put("firedAt", alert.firedAt().toString());
        if (alert.firing()) {
            desk.board().silencedUntil(alert).ifPresent(until -> json.put("silencedUntil", until.toString()));
        } else {
            json.put("resolvedAt", alert.resolvedAt().toString());
            json.put("resolution", alert.resolution());
        }
        return json;
    }

    private static Map<String, Object> silence(Silence silence) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", silence.id());
        if (silence.run() != null) {
            json.put("run", silence.run());
        }
        if (silence.rule() != null) {
            json.put("rule", silence.rule().label());
        }
        json.put("until", silence.until().toString());
        return json;
    }

    private List<Map<String, Object>> webhooks() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Webhook webhook : desk.webhooks()) {
            all.add(webhook(webhook.state()));
        }
        return all;
    }

    static Map<String, Object> webhook(WebhookState state) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("address", state.address());
        json.put("format", state.format());
        json.put("queued", state.queued());
        json.put("sent", state.sent());
        json.put("givenUp", state.givenUp());
        if (state.lastSuccess() != null) {
            json.put("lastSuccess", state.lastSuccess().toString());
        }
        if (state.lastError() != null) {
            json.put("lastError", state.lastError());
            json.put("lastErrorAt", state.lastErrorAt().toString());
        }
        return json;
    }

    /** Tells every webhook of an alert that is none, and that it is over, to see whether it hears. */
    private void test(RoutingContext context) {
        Instant now = Instant.now();
        String sentence = "This is a test of Escapement's webhooks. No run is concerned.";
        Alert begins = new Alert(Rule.STALLED, "test", "A test", sentence, now, now, null, null);
        Alert ends = new Alert(Rule.STALLED, "test", "A test", sentence, now, now, now, "The test is over.");
        for (Webhook webhook : desk.webhooks()) {
            webhook.offer(begins);
            webhook.offer(ends);
        }
        answer(context, 202, Map.of("webhooks", desk.webhooks().size()));
    }

    private void silence(RoutingContext context) throws InvalidRequest {
        JsonNode body = Json.object("the body", ApiRoutes.body(context));
        for (String name : (Iterable<String>) body::fieldNames) {
            if (!FIELDS.contains(name)) {
                throw new InvalidRequest(name, name + " is not known here; " + String.join(", ", FIELDS) + " would be");
            }
        }
        String run = text(body, "run");
        String label = text(body, "rule");
        Rule rule = null;
        if (label != null) {
            String valid = Arrays.stream(Rule.values()).map(Rule::label).collect(Collectors.joining(", "));
            rule = Rule.of(label)
                    .orElseThrow(() ->
                            new InvalidRequest("rule", "rule is '" + label + "'; one of " + valid + " would be valid"));
        }
        if (run == null && rule == null) {
            throw new InvalidRequest("run", "run and rule are absent; at least one of them is needed");
        }
        Wanted wanted = new Wanted(run, rule, until(body));
        if (run == null || catalogue.inMemory(run).isPresent()) {
            silence(context, wanted);
            return;
        }
        workers.executeBlocking(() -> catalogue.find(run).isPresent(), false)
                .onSuccess(known -> {
                    if (known) {
                        silence(context, wanted);
                    } else {
                        Problem.of(
                                        404,
                                        "there is no run '" + run + "' here; the id of one, or no run and a rule, would"
                                                + " be valid")
                                .answer(context);
                    }
                })
                .onFailure(error -> ApiRoutes.fail(context, error));
    }

    /** @param run and {@code rule}: null for any */
    private record Wanted(String run, Rule rule, Instant until) {}

    private void silence(RoutingContext context, Wanted wanted) {
        try {
            answer(context, 201, silence(desk.board().silence(wanted.run, wanted.rule, wanted.until)));
        } catch (IllegalArgumentException e) {
            Problem.of(new InvalidRequest("until", e.getMessage())).answer(context);
        }
    }

    private static String text(JsonNode body, String name) throws InvalidRequest {
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new InvalidRequest(name, name + " is " + value + "; a text that is not empty would be valid");
        }
        return value.textValue();
    }

    private static Instant until(JsonNode body) throws InvalidRequest {
        JsonNode seconds = body.get("seconds");
        String time = text(body, "until");
        if ((seconds == null) == (time == null)) {
            throw new InvalidRequest(
                    "until", "either until, a time like 2026-11-22T08:00:00Z, or seconds from now is needed");
        }
        Instant now = Instant.now();
        Instant until;
        if (time != null) {
            try {
                until = Instant.parse(time);
            } catch (DateTimeException e) {
                throw new InvalidRequest(
                        "until", "until is '" + time + "'; a time like 2026-11-22T08:00:00Z would be valid");
            }
            if (until.isAfter(now.plus(LONGEST))) {
                throw new InvalidRequest(
                        "until", "until is " + time + "; at most " + LONGEST.toDays() + " days are possible");
            }
            return until;
        }
        if (!seconds.isNumber() || !(seconds.doubleValue() > 0 && seconds.doubleValue() <= LONGEST.toSeconds())) {
            throw new InvalidRequest(
                    "seconds",
                    "seconds is " + seconds + "; a number above 0, at most " + LONGEST.toSeconds()
                            + ", would be valid");
        }
        return now.plusMillis((long) (1000 * seconds.doubleValue()));
    }

    private void lift(RoutingContext context) {
        String id = context.pathParam("id");
        if (desk.board().lift(id)) {
            context.response().setStatusCode(204).end();
        } else {
            Problem.of(404, "there is no silence '" + id + "'").answer(context);
        }
    }

    private static void answer(RoutingContext context, int status, Object value) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(Json.text(value));
    }
}
