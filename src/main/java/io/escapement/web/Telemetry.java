package io.escapement.web;

import java.time.Duration;

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

    /** A text and what kind it is. */
    record Page(String contentType, String body) {}
}
