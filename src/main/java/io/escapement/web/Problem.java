package io.escapement.web;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * An error as application/problem+json (RFC 9457).
 *
 * @param errors what is wrong with which field; null where it is not about fields
 */
record Problem(String type, String title, int status, String detail, List<InvalidRequest.FieldError> errors) {

    static Problem of(int status, String detail) {
        return new Problem("about:blank", reason(status), status, detail, null);
    }

    static Problem of(InvalidRequest invalid) {
        return new Problem("about:blank", reason(400), 400, invalid.getMessage(), invalid.errors());
    }

    private static String reason(int status) {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    void answer(RoutingContext context) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(Json.text(this));
    }
}
