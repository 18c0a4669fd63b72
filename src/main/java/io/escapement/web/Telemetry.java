package io.escapement.web;

import java.time.Duration;
import java.util.Map;

/** Where the server leaves its own numbers, and whom it asks for everybody's. Must not block. */
public interface Telemetry {

    /**
     * All meters as text.
     *
     * @param accept the Accept header, or null
     */
    Page scrape(String accept);

    /** A viewer has connected to the live stream. */
    void viewerJoined();

    /** A viewer has gone. */
    void viewerLeft();

    /** The viewer that is furthest behind is this far behind; told about once a second. */
    void lagging(Duration behind);

    /** A viewer got this many iterations as part of a bucket and not one by one. */
    void conflated(long iterations);

    /** What other programs have sent since this one began. */
    Intake intake();

    /** How far the meters go. */
    Reach reach();

    /**
     * What other programs have sent.
     *
     * @param accepted events
     * @param duplicates events that were there already
     * @param rejected lines, by reason; all reasons
     * @param lastReason why a line was last rejected, or null
     * @param lastRejected when that was, ISO-8601, or null
     */
    record Intake(long accepted, long duplicates, Map<String, Long> rejected, String lastReason, String lastRejected) {
        public Intake {
            rejected = Map.copyOf(rejected);
        }
    }

    /**
     * How far the meters go.
     *
     * @param lastScrape when somebody last read them, ISO-8601, or null
     * @param series that reader got; 0 before
     * @param meteredRuns runs that have gauges of their own
     * @param mostMeteredRuns that may have
     * @param refusedRuns that got none because too many had
     */
    record Reach(String lastScrape, long series, int meteredRuns, int mostMeteredRuns, long refusedRuns) {}

    /** A text and what kind it is. */
    record Page(String contentType, String body) {}
}
