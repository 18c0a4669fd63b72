package io.escapement.store;

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
 */
public record Increment(
        long last,
        long reshaped,
        int level,
        boolean whole,
        List<Piece> pieces,
        List<RunLog.Landmark> landmarks,
        RunStatus status,
        List<Double> spark,
        List<Integer> sparkEscapes,
        long dropped,
        long missed,
        List<Rewind> rewinds,
        List<Replaced> replaced,
        List<SeriesBlock> recent) {

    /** Buckets in a piece: piece p holds the buckets from 256p to 256p + 255. */
    static final int PIECE = 256;

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
