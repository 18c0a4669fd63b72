package io.escapement.store;

import io.escapement.event.Arrivals;
import java.util.ArrayList;
import java.util.List;

/**
 * What a store must write to be up to date with a log, or reads to make one again.
 *
 * @param last index of the newest event
 * @param reshaped index of the event that last moved rows
 * @param level rows are buckets of 2^level iterations
 * @param whole whether the pieces replace all that were written before
 * @param pieces of {@link #PIECE} buckets each; one with a known number replaces it
 * @param spark what a list shows of it, see {@link Listed#spark}
 * @param sparkEscapes where in it the escapes are, see {@link Listed#sparkEscapes}
 * @param landmarks that were not written before, in order
 * @param dropped landmarks no longer in memory
 * @param missed of them, those that were never written
 * @param rewinds what of the detail that was written before holds no longer
 * @param replaced what was taken out of the overview since then
 * @param recent the newest iterations, each in a row of its own, since the last increment; none while the pieces have them so
 * @param arrivals which events have come, of a run that another program feeds; null of others
 */
public record Increment(
        long last,
        long reshaped,
        int level,
        boolean whole,
        List<Piece> pieces,
        List<RunLog.Landmark> landmarks,
        RunStatus status,
        SparkLine spark,
        List<Integer> sparkEscapes,
        long dropped,
        long missed,
        List<Rewind> rewinds,
        List<Replaced> replaced,
        List<SeriesBlock> recent,
        Arrivals.State arrivals) {

    /** Buckets in a piece: piece p holds the buckets from 256p to 256p + 255. */
    static final int PIECE = 256;

    /** What has happened after {@code from}; −1 for everything. Takes the newest iterations. Without the contents' monitor. */
    static Increment of(RunContents contents, long from, Outlook outlook) {
        List<SeriesBlock> recent = new ArrayList<>();
        for (int attempt = 1; ; attempt++) {
            RunContents.Excerpt excerpt;
            RowCopy copy;
            long reshaped;
            long missed;
            List<Rewind> rewinds;
            List<Replaced> replaced;
            Arrivals.State arrivals;
            synchronized (contents) {
                excerpt = contents.excerpt(from, contents.last());
                reshaped = contents.reshaped();
                missed = contents.landmarks().missed();
                rewinds = contents.attempts().rewinds(from);
                replaced = contents.attempts().replaced(from);
                arrivals = contents.arrivals();
                contents.recent().take().ifPresent(recent::add);
                SeriesTable table = contents.table();
                int start = from < 0 || from < reshaped ? 0 : firstRow(table, from);
                copy = new RowCopy(contents, start, table.rows, attempt);
            }
            SeriesTable rows = copy.rows();
            if (rows != null) {
                return new Increment(
                        excerpt.to(),
                        reshaped,
                        rows.level,
                        from < 0 || from < reshaped,
                        pieces(rows),
                        excerpt.landmarks(),
                        excerpt.facts().status(outlook),
                        Spark.line(contents, Spark.POINTS),
                        Spark.escapes(contents, Spark.POINTS),
                        excerpt.dropped(),
                        missed,
                        rewinds,
                        replaced,
                        recent,
                        arrivals);
            }
        }
    }

    /** First row of the piece with the first row that an event after {@code from} changed. */
    private static int firstRow(SeriesTable table, long from) {
        int changed = table.firstChanged(from);
        if (changed == 0 || changed == table.rows) {
            return changed;
        }
        long number = table.bucket[changed] / PIECE;
        return table.rowFrom((number * PIECE) << table.level);
    }

    /** Rows that begin with a piece's first, as pieces. */
    private static List<Piece> pieces(SeriesTable rows) {
        List<Piece> pieces = new ArrayList<>();
        int start = 0;
        while (start < rows.rows) {
            long number = rows.bucket[start] / PIECE;
            int end = start;
            while (end < rows.rows && rows.bucket[end] / PIECE == number) {
                end++;
            }
            pieces.add(new Piece(number, SeriesCodec.write(rows, start, end)));
            start = end;
        }
        return pieces;
    }

    /** The pieces as rows, in a table that holds so many at least. */
    SeriesTable table(int most) {
        SeriesTable rows = new SeriesTable(Math.max(most, pieces.size() * PIECE));
        rows.level = level;
        for (Piece piece : pieces) {
            SeriesMerge.into(rows, SeriesCodec.read(piece.data()));
        }
        rows.trim();
        return rows;
    }

    /** Rows of a run as bytes. */
    public static final class Piece {
        private final long number;
        private final byte[] data;

        /** @param data taken over */
        public Piece(long number, byte[] data) {
            this.number = number;
            this.data = data;
        }

        public long number() {
            return number;
        }

        /** Not a copy. */
        public byte[] data() {
            return data;
        }
    }
}
