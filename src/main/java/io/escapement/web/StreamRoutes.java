package io.escapement.web;

import io.escapement.web.access.Role;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/stream}: hands those who ask for a WebSocket to the hub of the live stream, up to its number of viewers. */
final class StreamRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(StreamRoutes.class);

    private final StreamHub hub;
    private final Gate gate;
    private final int viewers;

    /** @param viewers at most, as the hub counts them */
    StreamRoutes(StreamHub hub, Gate gate, int viewers) {
        this.hub = hub;
        this.gate = gate;
        this.viewers = viewers;
    }

    void mount(Routes routes) {
        routes.get(Role.READ, "/api/v1/stream").handler(this::connect);
    }

    private void connect(RoutingContext context) {
        if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
            context.response().putHeader("Upgrade", "websocket");
            Problem.of(426, "this is a WebSocket; ask with Upgrade: websocket").answer(context);
        } else if (hub.full()) {
            Problem.of(503, "there are " + viewers + " viewers already, which is the most")
                    .answer(context);
        } else {
            Caller caller = Gate.caller(context);
            context.request()
                    .toWebSocket()
                    .onSuccess(socket -> hub.connected(socket, () -> gate.goesOn(caller)))
                    .onFailure(error -> LOG.debug("a WebSocket could not be opened", error));
        }
    }
}
