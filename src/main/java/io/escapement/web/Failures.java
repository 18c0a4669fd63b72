package io.escapement.web;

import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is answered where no route has an answer, or one failed. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static void mount(Router router) {
        for (int status : new int[] {400, 404, 413}) {
            router.errorHandler(
                    status,
                    context -> Problem.of(status, detail(status, context)).answer(context));
        }
        router.errorHandler(405, new WrongMethod(router));
        router.errorHandler(500, Failures::own);
    }

    private static void own(RoutingContext context) {
        LOG.error("{} {} failed", context.request().method(), context.request().path(), context.failure());
        Problem.of(500, "the server failed at this; its log says why").answer(context);
    }

    /** Whose connection is gone needs no answer, and it is no error of ours that it went. */
    static void unlessGone(RoutingContext context) {
        if (context.failure() instanceof HttpClosedException) {
            LOG.debug("{} went in the middle of a request", context.request().remoteAddress());
        } else {
            context.next();
        }
    }

    private static String detail(int status, RoutingContext context) {
        return switch (status) {
            case 404 -> "there is nothing at " + context.request().path();
            case 413 -> "the body is larger than it may be here; " + PageRoutes.DOCUMENT + " says how large that is";
            default -> "the request cannot be read";
        };
    }
}
