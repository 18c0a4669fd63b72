package io.escapement.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Lets through what comes from this server's own pages or from programs, and sets the headers that tell a browser what the
 * pages may do. A server on the loopback answers only to names of the loopback, because a page of somebody else's whose
 * name resolves to 127.0.0.1 sends its own name as Host. A request that changes anything, and the stream, must have no
 * Origin or this server's.
 */
final class HostGuard implements Handler<RoutingContext> {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private final boolean onlyKnownHosts;
    private final Set<String> knownHosts;
    private final String contentSecurity;

    /**
     * @param bind address the server listens on
     * @param moreHosts names it answers to besides those of the loopback
     */
    HostGuard(String bind, Set<String> moreHosts, String contentSecurity) {
        onlyKnownHosts = loopback(bind);
        knownHosts = new HashSet<>(LOOPBACK);
        knownHosts.add(plain(bind));
        moreHosts.forEach(host -> knownHosts.add(plain(host)));
        this.contentSecurity = contentSecurity;
    }

    @Override
    public void handle(RoutingContext context) {
        context.response()
                .putHeader("Content-Security-Policy", contentSecurity)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        HostAndPort host = context.request().authority();
        if (host == null || !knows(host.host())) {
            Problem.of(
                            421,
                            host == null
                                    ? "the Host header is absent or not valid"
                                    : "host is '" + host.host() + "'; this server answers to localhost and 127.0.0.1"
                                            + " only, unless it is told of other names")
                    .answer(context);
        } else if (changes(context.request()) && foreign(context.request(), host)) {
            Problem.of(
                            403,
                            "origin is '" + context.request().getHeader("Origin")
                                    + "'; only this server's own pages, and"
                                    + " programs that send no Origin, may do this")
                    .answer(context);
        } else {
            context.next();
        }
    }

    private boolean knows(String host) {
        String name = plain(host);
        return !onlyKnownHosts || knownHosts.contains(name);
    }

    /** An address that cannot be resolved counts as one of the loopback; the server will not be able to listen on it. */
    private static boolean loopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }

    /** In lower case, and an IPv6 address without its brackets. */
    private static String plain(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    private static boolean changes(HttpServerRequest request) {
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        return !reads || request.getHeader("Upgrade") != null;
    }

    private static boolean foreign(HttpServerRequest request, HostAndPort host) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        }
        try {
            URI uri = new URI(origin);
            int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
            int own = host.port() >= 0 ? host.port() : "https".equals(uri.getScheme()) ? 443 : 80;
            return uri.getHost() == null || !plain(uri.getHost()).equals(plain(host.host())) || port != own;
        } catch (URISyntaxException e) {
            return true;
        }
    }
}
