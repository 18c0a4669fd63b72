package io.escapement.web;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of the server, none of which costs much, but all of which cost something. There are at most so many, of
 * which one address other than this machine's has at most half. One on which no request is under way must begin one in time:
 * its head, however slowly its bytes drip, has {@link Limits#head} from when the connection was opened, and {@link
 * Limits#between} from the answer before. So has the body of a request, but for one of events, which may go on for days and
 * is {@link IngestRoutes}' concern. On one thread.
 */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** How the path of a request of events ends. */
    private static final String EVENTS = "/events";

    private final Limits limits;
    private final LongSupplier nanos;
    private final Map<HttpConnection, Use> open = new HashMap<>();
    private final Map<String, Integer> byAddress = new HashMap<>();
    private boolean full;

    /**
     * @param most connections at once
     * @param head for the first request's head, and the handshake of TLS before it
     * @param between the end of an answer and the next request
     */
    record Limits(int most, Duration head, Duration between) {
        static final Limits DEFAULT =
                new Limits(Protection.MOST_CONNECTIONS, Duration.ofSeconds(20), Duration.ofMinutes(2));

        Limits withMost(int other) {
            return new Limits(other, head, between);
        }
    }

    private static final class Use {
        final String address;
        int requests;
        boolean used;

        /** The newest, and when its head had come. */
        HttpServerRequest newest;

        long begunAt;
        long idleSince;

        Use(String address, long now) {
            this.address = address;
            this.idleSince = now;
        }
    }

    Connections(Limits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    void opened(HttpConnection connection) {
        String address = String.valueOf(connection.remoteAddress().hostAddress());
        int ofAddress = byAddress.getOrDefault(address, 0);
        boolean tooMany = open.size() >= limits.most() || (ofAddress >= limits.most() / 2 && !local(address));
        if (tooMany) {
            if (!full) {
                LOG.warn(
                        "{} connections are open, {} of them from {}; more are closed until there are fewer",
                        open.size(),
                        ofAddress,
                        address);
            }
            full = true;
            connection.close();
            return;
        }
        open.put(connection, new Use(address, nanos.getAsLong()));
        byAddress.merge(address, 1, Integer::sum);
        connection.closeHandler(closed -> closed(connection));
    }

    private void closed(HttpConnection connection) {
        Use use = open.remove(connection);
        if (use != null) {
            byAddress.computeIfPresent(use.address, (address, count) -> count == 1 ? null : count - 1);
            full = false;
        }
    }

    /** A request's head has come. */
    void began(RoutingContext context) {
        Use use = open.get(context.request().connection());
        if (use != null) {
            use.requests++;
            use.used = true;
            use.newest = context.request();
            use.begunAt = nanos.getAsLong();
            context.addEndHandler(end -> {
                use.requests--;
                use.idleSince = nanos.getAsLong();
            });
        }
        context.next();
    }

    /** Closes those that have waited too long; to be called now and then. */
    void sweep() {
        long now = nanos.getAsLong();
        List<HttpConnection> late = new ArrayList<>();
        open.forEach((connection, use) -> {
            Duration limit = use.used ? limits.between() : limits.head();
            boolean waits = use.requests == 0 && now - use.idleSince > limit.toNanos();
            boolean drips = use.requests > 0 && late(use, now);
            if (waits || drips) {
                late.add(connection);
            }
        });
        late.forEach(HttpConnection::close);
    }

    /** Whether the body of its newest request should have come by now. */
    private boolean late(Use use, long now) {
        return !use.newest.isEnded()
                && !use.newest.path().endsWith(EVENTS)
                && now - use.begunAt > limits.between().toNanos();
    }

    int size() {
        return open.size();
    }

    private static boolean local(String address) {
        return address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1");
    }
}
