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
        long arrived) {

    /** Everything. Without the contents' monitor, as {@link #since}. */
    static Change whole(RunContents contents, Outlook outlook) {
        for (int attempt = 1; ; attempt++) {
            RunContents.Excerpt excerpt;
            RowCopy copy;
            synchronized (contents) {
                excerpt = contents.excerpt(-1, contents.last());
                copy = new RowCopy(contents, 0, contents.table().rows, attempt);
            }
            SeriesTable rows = copy.rows();
            if (rows != null) {
                return of(excerpt, true, 0, rows, 0, outlook);
            }
        }
    }

    /** What happened between two positions; everything where rows have moved since the first, or there is no such position. */
    static Change since(RunContents contents, long from, long to, Outlook outlook) {
        SeriesTable rows = null;
        RunContents.Excerpt excerpt = null;
        long beats = 0;
        long arrived;
        synchronized (contents) {
            arrived = contents.arrival().look(from, to);
            if (from >= 0 && from >= contents.reshaped() && from <= to && to <= contents.last()) {
                rows = contents.table().changedSince(from);
                excerpt = contents.excerpt(from, to);
                beats = contents.heartbeats().between(from, to);
            }
        }
        if (rows == null) {
            return whole(contents, outlook);
        }
        long iterations = to - from - excerpt.landmarks().size() - beats;
        long conflated = Math.max(0, iterations - rows.changedUpTo(to));
        return of(excerpt, false, conflated, rows, arrived, outlook);
    }

    private static Change of(
            RunContents.Excerpt excerpt,
            boolean whole,
            long conflated,
            SeriesTable rows,
            long arrived,
            Outlook outlook) {
        return new Change(
                excerpt.to(),
                whole,
                conflated,
                excerpt.facts().status(outlook),
                new Columns(rows),
                excerpt.landmarks().stream().map(RunLog.Landmark::event).toList(),
                excerpt.dropped(),
                arrived);
    }
}
