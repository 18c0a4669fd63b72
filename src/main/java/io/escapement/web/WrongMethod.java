package io.escapement.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.TreeSet;

/** Answers a request whose path is known and whose method is not, with the methods that would be valid. */
final class WrongMethod implements Handler<RoutingContext> {

    private final Router router;

    WrongMethod(Router router) {
        this.router = router;
    }

    @Override
    public void handle(RoutingContext context) {
        String path = context.normalizedPath();
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : router.getRoutes()) {
            if (route.methods() != null && matches(route, path)) {
                route.methods().stream().map(HttpMethod::name).forEach(allowed::add);
            }
        }
        String allow = String.join(", ", allowed);
        context.response().putHeader("Allow", allow);
        Problem.of(405, context.request().method() + " is not a method of " + path + "; " + allow + " would be")
                .answer(context);
    }

    /** A route's name is its pattern where it was made from one; its path has parameters such as ":id". */
    private static boolean matches(Route route, String path) {
        String given =
                route.getPath() == null ? route.getName() : route.getPath().replaceAll(":[^/]+", "[^/]+");
        return route.isExactPath() ? path.matches(given) : path.startsWith(given);
    }
}
