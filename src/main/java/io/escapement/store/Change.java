package io.escapement.store;

import io.escapement.event.RunEvent;
import java.util.List;

/**
 * What a reader must be told to be up to date with a log.
 *
 * @param seq position the reader is at afterwards: index of the newest event it then knows, −1 for none
 * @param whole whether this replaces everything the reader knew, or adds to it
 * @param conflated iteration events since the reader's last position that have no row of their own here
 * @param status after the newest event
 * @param columns rows; one with the number of a bucket the reader knows replaces it. They may be newer than {@code seq},
 *     in which case the next change has them again
 * @param landmarks in order
 * @param landmarksDropped landmark events of the run that are no longer kept
 * @param arrived when one of the events that are new here was appended, by {@link System#nanoTime}: the first after somebody last looked,
 *     so the one that waited longest; 0 if that is not known
 */
public record Change(
        long seq,
        boolean whole,
        long conflated,
        RunStatus status,
        Columns columns,
        List<RunEvent> landmarks,
        long landmarksDropped,
        long arrived) {}
