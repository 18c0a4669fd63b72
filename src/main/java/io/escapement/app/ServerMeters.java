package io.escapement.app;

import io.micrometer.core.instrument.Tags;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.Set;

/** Vert.x' own meters, with labels that have few values. */
final class ServerMeters {

    /** A request may call its method anything; what is not among these is counted as "other". */
    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    private ServerMeters() {}

    static MicrometerMetricsOptions options() {
        return new MicrometerMetricsOptions()
                .setEnabled(true)
                .setLabels(EnumSet.of(Label.HTTP_CODE, Label.POOL_TYPE, Label.POOL_NAME, Label.EB_SIDE))
                .setServerRequestTagsProvider(ServerMeters::tags);
    }

    private static Tags tags(HttpRequest request) {
        return Tags.of(
                "method", METHODS.contains(request.method()) ? request.method().name() : "other");
    }
}
