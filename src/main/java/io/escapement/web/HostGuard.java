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
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets through what comes from this server's own pages or from programs, and sets the headers that tell a browser what the
 * pages may do. A server on the loopback answers only to names of the loopback, because a page of somebody else's whose
 * name resolves to 127.0.0.1 sends its own name as Host. A request that changes anything, and the stream, must have no
 * Origin or this server's.
 */
final class HostGuard implements Handler<RoutingContext> {

    /** What no page here uses, also none that gets in by a mistake. */
    private static final String PERMISSIONS = Stream.of(
                    "accelerometer", "bluetooth", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer",
                    "microphone", "midi", "payment", "publickey-credentials-get", "serial", "usb")
            .map(feature -> feature + "=()")
            .collect(Collectors.joining(", "));

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private final boolean onlyKnownHosts;
    private final Set<String> knownHosts;
    private final boolean tls;
    private final Map<String, String> headers = new LinkedHashMap<>();

    HostGuard(Dashboard.Settings settings, String contentSecurity) {
        onlyKnownHosts = loopback(settings.bind()) || !settings.hosts().isEmpty();
        knownHosts = new HashSet<>(LOOPBACK);
        knownHosts.add(plain(settings.bind()));
        settings.hosts().forEach(host -> knownHosts.add(plain(host)));
        tls = settings.protection().tls() != null;
        headers.put("Content-Security-Policy", contentSecurity);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "same-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Permissions-Policy", PERMISSIONS);
        // Files say otherwise; what they do not is of runs, and nobody's but the asker's.
        headers.put("Cache-Control", "no-store");
        int days = settings.protection().hstsDays();
        if (tls && days > 0) {
            headers.put("Strict-Transport-Security", "max-age=" + Duration.ofDays(days).toSeconds());
        }
    }

    @Override
    public void handle(RoutingContext context) {
        context.response().headers().setAll(headers);
        HostAndPort host = context.request().authority();
        if (host == null || !knows(host.host())) {
            Problem.of(
                            421,
                            host == null
                                    ? "the Host header is absent or not valid"
                                    : "host is '" + host.host() + "'; this server answers to localhost and 127.0.0.1"
                                            + " only; --allowed-host NAME adds another name")
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

    /** Whether the request may do more than read: the stream is asked for by GET. */
    static boolean changes(HttpServerRequest request) {
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        return !reads || request.getHeader("Upgrade") != null;
    }

    private boolean foreign(HttpServerRequest request, HostAndPort host) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        }
        try {
            URI uri = new URI(origin);
            int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
            int own = host.port() >= 0 ? host.port() : "https".equals(uri.getScheme()) ? 443 : 80;
            return uri.getHost() == null
                    || (tls && !"https".equals(uri.getScheme()))
                    || !plain(uri.getHost()).equals(plain(host.host())) || port != own;
        } catch (URISyntaxException e) {
            return true;
        }
    }
}
