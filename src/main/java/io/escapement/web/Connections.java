package io.escapement.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes leave of connections that hold a place and bring no request: those that say nothing, those between two requests, and
 * those that bring a request a byte at a time ("slow loris"), for whom a timer that every byte sets anew is no limit. From the
 * opening or the last answer a whole request must have come within the patience; only events may take longer, and
 * {@link IngestRoutes} looks after those. On the event loop only.
 */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final Vertx vertx;
    private final long patienceNanos;
    private final Map<HttpConnection, Standing> open = new HashMap<>();
    private final long timer;

    private static final class Standing {
        /** Of the opening, the beginning of the request or the end of the last answer, whichever is the latest. */
        long since = StreamHub.now();

        /** Null between requests. */
        HttpServerRequest request;

        /** A WebSocket now, or a request that may take its time. */
        boolean exempt;
    }

    Connections(Vertx vertx, Duration patience) {
        this.vertx = vertx;
        patienceNanos = patience.toNanos();
        timer = vertx.setPeriodic(Math.max(10, Math.min(1000, patience.toMillis() / 4)), tick -> look());
    }

    void opened(HttpConnection connection) {
        open.put(connection, new Standing());
        connection.closeHandler(closed -> open.remove(connection));
    }

    /** A request's head is whole. */
    void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        Standing standing = open.get(request.connection());
        if (standing != null) {
            standing.request = request;
            standing.since = StreamHub.now();
            context.addEndHandler(done -> {
                if (standing.request == request) {
                    standing.request = null;
                    standing.exempt = false;
                    standing.since = StreamHub.now();
                }
            });
        }
        context.next();
    }

    /** The request may go on for as long as it likes. */
    void exempt(HttpServerRequest request) {
        Standing standing = open.get(request.connection());
        if (standing != null) {
            standing.exempt = true;
        }
    }

    /** The connection is a WebSocket now, for good. */
    void upgraded(HttpConnection connection) {
        open.remove(connection);
    }

    int count() {
        return open.size();
    }

    private void look() {
        long now = StreamHub.now();
        List<HttpConnection> late = new ArrayList<>();
        open.forEach((connection, standing) -> {
            boolean waiting = standing.request == null || (!standing.exempt && !standing.request.isEnded());
            if (waiting && now - standing.since > patienceNanos) {
                late.add(connection);
            }
        });
        for (HttpConnection connection : late) {
            LOG.debug("{} brought no whole request in time", connection.remoteAddress());
            open.remove(connection);
            connection.close();
        }
    }

    void close() {
        vertx.cancelTimer(timer);
    }
}
