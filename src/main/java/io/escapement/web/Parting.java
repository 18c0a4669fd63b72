package io.escapement.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Answers a request before all of it has come. */
final class Parting {

    /** For a program to read its answer while it is not heard any more. */
    private static final long LINGER_MILLIS = 1000;

    private Parting() {}

    /** The rest of the request is passed over, but not for long. */
    static void refuse(RoutingContext context, Problem problem) {
        HttpMethod method = context.request().method();
        boolean more = !context.request().isEnded() && !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
        if (more) {
            context.response().putHeader("Connection", "close");
        }
        problem.answer(context);
        if (more) {
            from(context.vertx(), context.request());
        }
    }

    /** To close at once would take the answer from a program that is still sending. */
    static void from(Vertx vertx, HttpServerRequest request) {
        request.handler(passedOver -> {});
        request.resume();
        vertx.setTimer(LINGER_MILLIS, later -> request.connection().close());
    }
}
