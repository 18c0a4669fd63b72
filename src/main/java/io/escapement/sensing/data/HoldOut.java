package io.escapement.sensing.data;

import io.escapement.sensing.EntryPattern;
import io.escapement.sensing.GrowingDoubles;
import io.escapement.sensing.GrowingInts;
import io.escapement.sensing.ObservedMatrix;
import java.util.random.RandomGenerator;

/**
 * Known entries divided in two at random: those to fit, and those held out to see how well the others are predicted.
 *
 * <p>An entry is held out only while its row and its column (of a symmetric matrix: its two rows) keep another entry to fit: a
 * row with nothing in it could not be predicted at all, and its error would say nothing of the model. So fewer may be
 * held out than were asked for; {@code heldOut.entries().size()} says how many.
 *
 * @param training entries to fit
 * @param heldOut the others, of the same matrix
 */
public record HoldOut(ObservedMatrix training, ObservedMatrix heldOut) {

    /**
     * @param fraction of the entries to hold out, at least 0 and below 1
     * @param random draws the same split for the same generator state
     */
    public static HoldOut split(ObservedMatrix matrix, double fraction, RandomGenerator random) {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new IllegalArgumentException("hold-out is " + fraction + "; at least 0 and below 1 is needed");
        }
        EntryPattern entries = matrix.entries();
        int size = entries.size();
        long wanted = Math.round(fraction * size);
        boolean[] out = new boolean[size];
        if (wanted > 0) {
            choose(matrix, wanted, random, out);
        }
        return new HoldOut(part(matrix, out, false), part(matrix, out, true));
    }

    private static void choose(ObservedMatrix matrix, long wanted, RandomGenerator random, boolean[] out) {
        EntryPattern entries = matrix.entries();
        int[][] counts = entries.counts();
        int[] inRow = counts[0];
        int[] inColumn = counts[1];
        if (matrix.symmetric()) {
            // Entry (i, j) with i < j is in rows i and j; the diagonal was counted on both sides.
            for (int i = 0; i < inRow.length; i++) {
                int first = entries.rowStart(i);
                boolean diagonal = first < entries.rowStart(i + 1) && entries.column(first) == i;
                inRow[i] += inColumn[i] - (diagonal ? 1 : 0);
            }
            inColumn = inRow;
        }
        int[] row = new int[entries.size()];
        int[] order = new int[entries.size()];
        for (int i = 0; i < entries.rows(); i++) {
            for (int k = entries.rowStart(i); k < entries.rowStart(i + 1); k++) {
                row[k] = i;
                order[k] = k;
            }
        }
        long held = 0;
        for (int p = 0; p < order.length && held < wanted; p++) {
            int q = p + random.nextInt(order.length - p);
            int k = order[q];
            order[q] = order[p];
            int i = row[k];
            int j = entries.column(k);
            if (inRow[i] > 1 && inColumn[j] > 1) {
                out[k] = true;
                held++;
                inRow[i]--;
                if (!matrix.symmetric() || i != j) {
                    inColumn[j]--;
                }
            }
        }
    }

    private static ObservedMatrix part(ObservedMatrix matrix, boolean[] out, boolean which) {
        EntryPattern entries = matrix.entries();
        int[] rowStart = new int[entries.rows() + 1];
        GrowingInts column = new GrowingInts();
        GrowingDoubles values = new GrowingDoubles();
        for (int i = 0; i < entries.rows(); i++) {
            rowStart[i] = column.size();
            for (int k = entries.rowStart(i); k < entries.rowStart(i + 1); k++) {
                if (out[k] == which) {
                    column.add(entries.column(k));
                    values.add(matrix.values()[k]);
                }
            }
        }
        rowStart[entries.rows()] = column.size();
        return new ObservedMatrix(
                new EntryPattern(entries.columns(), rowStart, column.toArray()),
                values.toArray(),
                matrix.symmetric(),
                matrix.rowLabels(),
                matrix.columnLabels());
    }
}
