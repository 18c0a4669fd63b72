package io.escapement.web;

import io.escapement.web.access.Role;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The router, which takes no route without the role that it needs. A route of the API is three of Vert.x': the first asks for the role, the
 * second refuses query parameters other than those that the route is mounted with, and to the third whoever mounts it adds its handlers. A
 * route's metadata tell its role ({@link #ROLE}) and its parameters ({@link #QUERY}).
 */
final class Routes {

    static final String ROLE = "role";

    /** A set of names. Routes of pages and files have none in their metadata and take any. */
    static final String QUERY = "query";

    private final Router router;
    private final Gate gate;

    Routes(Router router, Gate gate) {
        this.router = router;
        this.gate = gate;
    }

    /**
     * GET, and HEAD, which is answered as GET is without the body.
     *
     * @param query names of the parameters that it takes
     */
    Route get(Role role, String path, String... query) {
        return guarded(
                role,
                Set.of(query),
                () -> router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD));
    }

    Route post(Role role, String path) {
        return guarded(role, Set.of(), () -> router.post(path));
    }

    Route put(Role role, String path) {
        return guarded(role, Set.of(), () -> router.put(path));
    }

    Route patch(Role role, String path) {
        return guarded(role, Set.of(), () -> router.patch(path));
    }

    Route delete(Role role, String path) {
        return guarded(role, Set.of(), () -> router.delete(path));
    }

    /** GET and HEAD of a page, whose parameters are its own affair. */
    Route page(Role role, String path) {
        return guarded(role, () -> router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD));
    }

    /** GET and HEAD of every path that a pattern matches, with any parameters. */
    Route files(Role role, String pattern) {
        return guarded(
                role,
                () -> router.routeWithRegex(pattern).method(HttpMethod.GET).method(HttpMethod.HEAD));
    }

    private Route guarded(Role role, Set<String> known, Supplier<Route> made) {
        guarded(role, made).putMetadata(QUERY, known).handler(Query.only(known));
        return made.get().putMetadata(ROLE, role).putMetadata(QUERY, known);
    }

    private Route guarded(Role role, Supplier<Route> made) {
        made.get().putMetadata(ROLE, role).handler(gate.require(role));
        return made.get().putMetadata(ROLE, role);
    }
}
