package io.escapement.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.web.access.Role;
import io.escapement.web.access.Token;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signing in and out, and what somebody may do here. */
final class SessionRoutes {

    private static final String PATH = "/api/v1/session";
    private static final long BODY_LIMIT = 1 << 12;

    private final Gate gate;

    SessionRoutes(Gate gate) {
        this.gate = gate;
    }

    void mount(Routes routes) {
        routes.get(Role.ANYBODY, PATH)
                .handler(context -> gate.identify(context).ifPresent(caller -> answer(context, caller)));
        ApiRoutes.post(
                routes, Role.ANYBODY, PATH, BodyHandler.create(false).setBodyLimit(BODY_LIMIT), this::signIn);
        routes.delete(Role.ANYBODY, PATH).handler(context -> {
            gate.signOut(context);
            context.response().setStatusCode(204).end();
        });
    }

    private void signIn(RoutingContext context) {
        JsonNode given;
        try {
            given = Json.object("the body", ApiRoutes.body(context)).path("token");
        } catch (InvalidRequest e) {
            // Not said what was wrong with it: the message might repeat a part.
            Problem.of(400, "the body is not a JSON object; {\"token\":…} is needed").answer(context);
            return;
        }
        if (gate.open()) {
            answer(context, Caller.OWNER);
            return;
        }
        Optional<Token> token = gate.check(context, given.asText().strip());
        if (token.isEmpty()) {
            return;
        }
        if (!token.get().role().allows(Role.READ)) {
            Problem.of(
                            403,
                            "this token has the role " + token.get().role().label()
                                    + ", which shows nothing; one with read or control is needed here")
                    .answer(context);
            return;
        }
        gate.signIn(context, token.get());
        answer(context, Gate.caller(context));
    }

    /** The role is absent for somebody who has not signed in, where that is needed. */
    private void answer(RoutingContext context, Caller caller) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tokens", !gate.open());
        if (caller.role() != Role.ANYBODY) {
            json.put("role", caller.role().label());
            json.put("name", caller.name());
            json.put(
                    "may",
                    List.of(Role.READ, Role.INGEST, Role.CONTROL).stream()
                            .filter(caller.role()::allows)
                            .map(Role::label)
                            .toList());
        }
        json.put("signedIn", caller.session() != null);
        context.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(Json.text(json));
    }
}
