package io.escapement.sensing.file;

import io.escapement.sensing.EntrySort;
import io.escapement.sensing.GrowingDoubles;
import io.escapement.sensing.GrowingInts;
import io.escapement.sensing.ObservedMatrix;

/** Entries of a matrix as a text lists them, in any order, with the lines they stood on. */
final class EntryList {

    /** Rows and columns per entry beyond which a size is taken for a mistake, and the floor of that rule. */
    static final long MOST_EMPTY = 100;

    /** Of a row or a column, so that sums of a few sizes fit an int. */
    static final int LARGEST_INDEX = Integer.MAX_VALUE / 4;

    private static final long ALWAYS_POSSIBLE = 1_000_000;

    private final boolean symmetric;
    private final int base;
    private final GrowingInts row = new GrowingInts();
    private final GrowingInts column = new GrowingInts();
    private final GrowingDoubles values = new GrowingDoubles();
    private final LineIndex lines = new LineIndex();

    /**
     * @param symmetric whether (i, j) and (j, i) are one entry
     * @param base index of the first row and column in the text
     */
    EntryList(boolean symmetric, int base) {
        this.symmetric = symmetric;
        this.base = base;
    }

    /**
     * @param i from 0
     * @param j from 0
     * @param value NaN where it is missing
     */
    void add(int i, int j, double value, long line) {
        if (!Double.isNaN(value)) {
            lines.add(row.size(), line);
        }
        add(i, j, value);
    }

    /** Where the order of the text alone keeps an entry from being listed twice. */
    void add(int i, int j, double value) {
        if (!Double.isNaN(value)) {
            row.add(symmetric ? Math.min(i, j) : i);
            column.add(symmetric ? Math.max(i, j) : j);
            values.add(value);
        }
    }

    int size() {
        return values.size();
    }

    /** Whether so few entries cannot be meant for so large a matrix. */
    static boolean nearlyEmpty(long rows, long columns, long entries) {
        return rows + columns > ALWAYS_POSSIBLE && rows + columns > MOST_EMPTY * entries;
    }

    /** @throws MalformedInput if an entry is listed twice */
    ObservedMatrix matrix(TextSource source, int rows, int columns) throws MalformedInput {
        int[] order = EntrySort.rowMajor(rows, columns, row.array(), column.array(), row.size());
        for (int p = 1; p < order.length; p++) {
            int one = order[p - 1];
            int two = order[p];
            if (row.get(one) == row.get(two) && column.get(one) == column.get(two)) {
                throw source.malformed(
                        lines.line(two),
                        1,
                        "entry (" + (row.get(two) + base) + ", " + (column.get(two) + base) + ")"
                                + (symmetric ? " or its mirror image" : "") + " is on line " + lines.line(one)
                                + " already; each entry may be listed once");
            }
        }
        return ordered(rows, columns, order);
    }

    /** Where no entry can be listed twice. */
    ObservedMatrix matrix(int rows, int columns) {
        return ordered(rows, columns, EntrySort.rowMajor(rows, columns, row.array(), column.array(), row.size()));
    }

    private ObservedMatrix ordered(int rows, int columns, int[] order) {
        return ObservedMatrix.ordered(rows, columns, row.array(), column.array(), values.array(), order, symmetric);
    }
}
