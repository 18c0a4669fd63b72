package io.escapement.web;

import io.escapement.web.access.FailureLimit;
import io.escapement.web.access.Role;
import io.escapement.web.access.Sessions;
import io.escapement.web.access.Token;
import io.escapement.web.access.TokenBook;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks who sends a request, and lets through who may. A program shows its token as {@code Authorization: Bearer TOKEN}; a
 * browser the cookie that it got for one. A cookie, which a browser sends by itself, counts only where the browser says that
 * the request is of this server's own page. Nothing of a token gets into an answer or the log. On the event loop.
 */
final class Gate {

    private static final String CALLER = "escapement.caller";
    private static final String BEARER = "bearer ";
    private static final String REALM = "Bearer realm=\"escapement\"";

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final TokenBook tokens;
    private final boolean tls;
    private final Sessions sessions = new Sessions(Clock.systemUTC(), new SecureRandom());
    private final FailureLimit failures = new FailureLimit(System::nanoTime);

    /** @param tls whether this server itself speaks it, so that a browser keeps the cookie to that */
    Gate(TokenBook tokens, boolean tls) {
        this.tokens = tokens;
        this.tls = tls;
    }

    boolean open() {
        return tokens.isEmpty();
    }

    /** Lets through whoever has the role, and answers everybody else. */
    Handler<RoutingContext> require(Role role) {
        return role == Role.ANYBODY ? RoutingContext::next : context -> {
            Optional<Caller> caller = identify(context);
            if (caller.isPresent() && allowed(context, caller.get(), role)) {
                context.next();
            }
        };
    }

    /** Who it is, where {@link #require} has let somebody through. */
    static Caller caller(RoutingContext context) {
        Caller caller = context.get(CALLER);
        return caller == null ? Caller.NOBODY : caller;
    }

    /** Whether the caller may do what needs a role; answers if not. */
    static boolean allowed(RoutingContext context, Caller caller, Role role) {
        if (caller.role().allows(role)) {
            return true;
        }
        if (caller.role() == Role.ANYBODY) {
            context.response().putHeader("WWW-Authenticate", REALM);
            Parting.refuse(
                    context,
                    Problem.of(
                            401,
                            "a token with the role " + role.label() + " is needed: send it as 'Authorization: Bearer"
                                    + " TOKEN', or sign in at the dashboard"));
        } else {
            context.response()
                    .putHeader("WWW-Authenticate", REALM + ", error=\"insufficient_scope\", scope=\"" + role.label() + "\"");
            Parting.refuse(
                    context,
                    Problem.of(
                            403,
                            "this needs the role " + role.label() + ", and this token has "
                                    + caller.role().label()));
        }
        return false;
    }

    /** Who sends the request, perhaps nobody; empty if what was shown has been refused and answered. */
    Optional<Caller> identify(RoutingContext context) {
        if (open()) {
            return found(context, Caller.OWNER);
        }
        String shown = context.request().getHeader("Authorization");
        if (shown == null) {
            return found(context, session(context).map(Caller::of).orElse(Caller.NOBODY));
        }
        if (!shown.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            context.response().putHeader("WWW-Authenticate", REALM);
            Parting.refuse(context, Problem.of(401, "Authorization is not of the kind Bearer; 'Bearer TOKEN' is needed"));
            return Optional.empty();
        }
        return check(context, shown.substring(BEARER.length()).strip())
                .flatMap(token -> found(context, Caller.of(token)));
    }

    private static Optional<Caller> found(RoutingContext context, Caller caller) {
        context.put(CALLER, caller);
        return Optional.of(caller);
    }

    /** The token with a secret; empty if there is none, or the address has failed too often, which has been answered. */
    Optional<Token> check(RoutingContext context, String secret) {
        String address = address(context.request());
        Optional<Token> token = tokens.find(secret);
        long wait = failures.secondsToWait(address);
        if (wait > 0 && token.filter(known -> failures.knows(address, known)).isEmpty()) {
            context.response().putHeader("Retry-After", Long.toString(wait));
            Parting.refuse(
                    context,
                    Problem.of(429, "too many wrong tokens came from this address; try again in " + wait + " s"));
            return Optional.empty();
        }
        if (token.isPresent()) {
            failures.accepted(address, token.get());
            return token;
        }
        failures.failed(address);
        LOG.warn(
                "a token from {} is not known ({} {})",
                address,
                context.request().method(),
                context.normalizedPath());
        context.response().putHeader("WWW-Authenticate", REALM + ", error=\"invalid_token\"");
        Parting.refuse(context, Problem.of(401, "this token is not known here"));
        return Optional.empty();
    }

    private static String address(HttpServerRequest request) {
        String address = request.remoteAddress().hostAddress();
        return address == null ? "unknown" : address;
    }

    private Optional<Sessions.Session> session(RoutingContext context) {
        return cookie(context.request())
                .filter(cookie -> ownPage(context.request()))
                .flatMap(cookie -> sessions.find(cookie.getValue()));
    }

    /**
     * Whether a browser says that the request is of this server's own page, or of nobody's, such as an address that was typed.
     * {@link HostGuard} has compared an Origin with the host already.
     */
    private static boolean ownPage(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (HostGuard.changes(request)) {
            return request.getHeader("Origin") != null || "same-origin".equals(site);
        }
        return site == null || site.equals("same-origin") || site.equals("none");
    }

    /** Gives the browser a session for a token. */
    void signIn(RoutingContext context, Token token) {
        Sessions.Begun begun = sessions.begin(token);
        context.put(CALLER, Caller.of(begun.session()));
        String origin = context.request().getHeader("Origin");
        boolean secure = tls || (origin != null && origin.startsWith("https:"));
        context.response()
                .addCookie(cookie(cookieName(context.request(), secure), begun.id(), secure)
                        .setMaxAge(Sessions.LONGEST.toSeconds()));
    }

    void signOut(RoutingContext context) {
        for (boolean secure : new boolean[] {true, false}) {
            String name = cookieName(context.request(), secure);
            Cookie cookie = context.request().getCookie(name);
            if (cookie != null) {
                sessions.end(cookie.getValue());
                context.response().addCookie(cookie(name, "", secure).setMaxAge(0));
            }
        }
    }

    /** Whether a caller may still be served: a session may have ended since. */
    boolean goesOn(Caller caller) {
        return caller.session() == null || sessions.use(caller.session());
    }

    private static Cookie cookie(String name, String value, boolean secure) {
        return Cookie.cookie(name, value)
                .setHttpOnly(true)
                .setSecure(secure)
                .setSameSite(CookieSameSite.STRICT)
                .setPath("/");
    }

    private Optional<Cookie> cookie(HttpServerRequest request) {
        Cookie secure = request.getCookie(cookieName(request, true));
        return Optional.ofNullable(secure != null || tls ? secure : request.getCookie(cookieName(request, false)));
    }

    /**
     * Browsers do not keep cookies apart by port, so that its name does. The prefix has them refuse one that another host of
     * the domain, or a page without TLS, tries to set.
     */
    private static String cookieName(HttpServerRequest request, boolean secure) {
        int port = request.authority() == null ? -1 : request.authority().port();
        return (secure ? "__Host-" : "") + "escapement" + (port < 0 ? "" : "-" + port);
    }
}
