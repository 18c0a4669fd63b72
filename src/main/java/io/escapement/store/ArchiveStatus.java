package io.escapement.store;

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
 */
public record ArchiveStatus(
        String place, String state, String sentence, long bytes, long runs, long runsMissed, long eventsMissed) {

    /** Of a process that keeps its runs in memory. */
    public static ArchiveStatus none() {
        return new ArchiveStatus("", "none", "Runs are kept in memory and end with the process.", 0, 0, 0, 0);
    }
}
