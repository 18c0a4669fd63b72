package io.escapement.store;

import java.util.List;

/**
 * What a later attempt took out of a run's series: it happened, and holds no longer.
 *
 * @param attempt that rewrites it
 * @param index in the log of the event with which it begins to
 * @param rows to be read, not changed; coarse enough to be drawn
 */
public record Replaced(int attempt, long index, SeriesBlock rows) {

    /** Attempts of a run of which this is kept, the newest ones. */
    public static final int KEPT = 16;

    /** Rows of one. */
    static final int MOST_ROWS = 512;

    /** Name under which it is kept beside the events. */
    public static String name(int attempt) {
        return "replaced-" + attempt;
    }

    /** Of an attempt that goes back once more. */
    Replaced and(SeriesTable more, long at) {
        return of(attempt, at, SeriesBlock.joined(List.of(new SeriesBlock(more), rows), 0));
    }

    static Replaced of(int attempt, long index, SeriesBlock rows) {
        rows.fit(MOST_ROWS);
        return new Replaced(attempt, index, rows);
    }
}
