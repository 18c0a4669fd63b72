package io.escapement.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.Marker;

/**
 * Keeps a warning out of the log that means nothing: Vert.x registers its gauges anew for every connection and every request, and by design
 * counts in the one that is there (vert-x3/vertx-micrometer-metrics#259, open). Micrometer warns of it as of a mistake. The
 * warning is passed over for meters of Vert.x alone. Named in logback.xml.
 */
public final class RegisteredAgain extends TurboFilter {

    private static final String LOGGER = "io.micrometer.core.instrument.MeterRegistry";
    private static final String WARNING = "has been already registered (MeterId{name='vertx.";

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String message, Object[] arguments, Throwable error) {
        boolean harmless =
                message != null && message.contains(WARNING) && logger.getName().equals(LOGGER);
        return harmless ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
