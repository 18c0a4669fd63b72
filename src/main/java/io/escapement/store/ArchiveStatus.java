package io.escapement.store;

import java.util.Objects;

/**
 * How an archive does.
 *
 * @param place where it is, for people
 * @param state "writing", "failing" or "none"
 * @param sentence that says so, and what to do if it fails
 * @param bytes on the disk
 * @param runs kept
 * @param runsMissed that ended while nothing could be written and had to be given up
 * @param eventsMissed landmark events that had to be given up for the same reason
 * @param more null of a process that keeps its runs in memory
 */
public record ArchiveStatus(
        String place,
        String state,
        String sentence,
        long bytes,
        long runs,
        long runsMissed,
        long eventsMissed,
        More more) {

    public ArchiveStatus {
        Objects.requireNonNull(place, "place");
    }

    /**
     * What is asked for seldom. Moments are ISO-8601, UTC, or null where there was none.
     *
     * @param lastWrite when something was last written
     * @param lastError why something could not be, in words, or null
     * @param lastErrorAt when that was
     * @param lastMissedAt when something had last to be given up
     * @param runsWaiting that are being written or wait for it
     * @param mostWaiting of which beyond this the oldest ended ones are given up
     * @param eventsWaiting of those runs that are not written yet
     * @param maxAgeSeconds after which an ended run goes
     * @param maxBytes on the disk, beyond which the oldest ended runs go
     * @param oldestRun when the oldest run began that is kept
     */
    public record More(
            String lastWrite,
            String lastError,
            String lastErrorAt,
            String lastMissedAt,
            long runsWaiting,
            long mostWaiting,
            long eventsWaiting,
            long maxAgeSeconds,
            long maxBytes,
            String oldestRun) {}

    /** Of a process that keeps its runs in memory. */
    public static ArchiveStatus none() {
        return new ArchiveStatus("", "none", "Runs are kept in memory and end with the process.", 0, 0, 0, 0, null);
    }
}
