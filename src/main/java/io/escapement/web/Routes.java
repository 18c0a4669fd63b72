package io.escapement.web;

import io.escapement.web.access.Role;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.function.Supplier;

/**
 * The router, which takes no route without the role that it needs. A route is two of Vert.x': the first asks for the role, the
 * second is whoever adds its handlers. {@link #ROLE} in a route's metadata tells which role it needs.
 */
final class Routes {

    static final String ROLE = "role";

    private final Router router;
    private final Gate gate;

    Routes(Router router, Gate gate) {
        this.router = router;
        this.gate = gate;
    }

    Route get(Role role, String path) {
        return guarded(role, () -> router.get(path));
    }

    Route head(Role role, String path) {
        return guarded(role, () -> router.head(path));
    }

    Route post(Role role, String path) {
        return guarded(role, () -> router.post(path));
    }

    Route patch(Role role, String path) {
        return guarded(role, () -> router.patch(path));
    }

    Route delete(Role role, String path) {
        return guarded(role, () -> router.delete(path));
    }

    /** GET and HEAD of every path that a pattern matches. */
    Route files(Role role, String pattern) {
        return guarded(role, () -> router.routeWithRegex(pattern)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD));
    }

    private Route guarded(Role role, Supplier<Route> made) {
        made.get().putMetadata(ROLE, role).handler(gate.require(role));
        return made.get().putMetadata(ROLE, role);
    }
}
