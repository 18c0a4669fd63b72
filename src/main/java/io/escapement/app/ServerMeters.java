package io.escapement.app;

import io.escapement.meter.RunMeters;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.Set;

/** The registry of a server's meters, and Vert.x' own with labels that have few values. */
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

    /** Of Micrometer's, whose names promtool finds fault with; the other meters of the processor tell the same. */
    private static final Set<String> LEFT_OUT = Set.of("process.cpu.time", "system.cpu.count");

    private ServerMeters() {}

    static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = RunMeters.registry();
        registry.config().meterFilter(MeterFilter.deny(id -> LEFT_OUT.contains(id.getName())));
        return registry;
    }

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
