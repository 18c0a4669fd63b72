package io.escapement.meter;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scraper reads. */
public record Scrape(String contentType, String body) {

    private static final String OPEN = "application/openmetrics-text";
    private static final String OPEN_METRICS = OPEN + "; version=1.0.0; charset=utf-8";
    private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";

    private static final Pattern QUALITY = Pattern.compile(";\\s*q=([01](\\.\\d{0,3})?)\\s*(;|$)");

    /**
     * Scrapes the registry.
     *
     * @param accept the request's Accept header, or null; OpenMetrics, which has exemplars, where it is asked for and not liked
     *     less than plain text, otherwise Prometheus' text
     */
    public static Scrape of(PrometheusMeterRegistry registry, RunMeters meters, String accept) {
        meters.sweep();
        String contentType = open(accept) ? OPEN_METRICS : PLAIN;
        return new Scrape(contentType, registry.scrape(contentType));
    }

    private static boolean open(String accept) {
        if (accept == null) {
            return false;
        }
        double open = 0;
        double plain = 0;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String type = range.split(";", -1)[0].strip();
            Matcher quality = QUALITY.matcher(range);
            double liking = quality.find() ? Double.parseDouble(quality.group(1)) : 1;
            if (type.equals(OPEN)) {
                open = Math.max(open, liking);
            } else if (type.equals("text/plain")) {
                plain = Math.max(plain, liking);
            }
        }
        return open > 0 && open >= plain;
    }
}
