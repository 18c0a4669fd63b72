package io.escapement.meter;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;

/** What a scraper reads. */
public record Scrape(String contentType, String body) {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";

    /**
     * Scrapes the registry.
     *
     * @param accept the request's Accept header, or null; OpenMetrics where it asks for that, otherwise Prometheus' text
     */
    public static Scrape of(PrometheusMeterRegistry registry, RunMeters meters, String accept) {
        meters.sweep();
        boolean open = accept != null && accept.toLowerCase(Locale.ROOT).contains("application/openmetrics-text");
        String contentType = open ? OPEN_METRICS : PLAIN;
        return new Scrape(contentType, registry.scrape(contentType));
    }
}
