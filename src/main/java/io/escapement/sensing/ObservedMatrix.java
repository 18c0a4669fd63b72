package io.escapement.sensing;

import java.util.List;
import java.util.Objects;

/**
 * A matrix of which some entries are known.
 *
 * @param entries which; where {@code symmetric}, those on and above the diagonal
 * @param values of the entries, row-major, finite
 * @param symmetric whether entry (j, i) is known to be the same as (i, j)
 * @param rowLabels one per row, or empty
 * @param columnLabels one per column, or empty
 */
@SuppressWarnings("ArrayRecordComponent") // millions of values: compared by identity, never by value
public record ObservedMatrix(
        EntryPattern entries, double[] values, boolean symmetric, List<String> rowLabels, List<String> columnLabels) {

    public ObservedMatrix {
        Objects.requireNonNull(entries, "entries");
        rowLabels = List.copyOf(rowLabels);
        columnLabels = List.copyOf(columnLabels);
        if (values.length != entries.size()) {
            throw new IllegalArgumentException(
                    values.length + " values are given for " + entries.size() + " entries; one each is needed");
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a value is " + value + "; known entries must be finite");
            }
        }
        if (symmetric && !entries.isUpperTriangular()) {
            throw new IllegalArgumentException("the pattern, " + entries
                    + ", is not the upper triangle of a square matrix, as a symmetric matrix needs");
        }
        requireLabels(rowLabels, entries.rows(), "row");
        requireLabels(columnLabels, entries.columns(), "column");
    }

    private static void requireLabels(List<String> labels, int count, String what) {
        if (!labels.isEmpty() && labels.size() != count) {
            throw new IllegalArgumentException(
                    labels.size() + " " + what + " labels are given; none or " + count + " are needed");
        }
    }

    /** Without labels. */
    public ObservedMatrix(EntryPattern entries, double[] values, boolean symmetric) {
        this(entries, values, symmetric, List.of(), List.of());
    }

    /**
     * From entries in any order, without labels.
     *
     * @throws IllegalArgumentException if an entry is outside the matrix or listed twice
     */
    public static ObservedMatrix of(int rows, int columns, int[] row, int[] column, double[] value, boolean symmetric) {
        for (int i : row) {
            if (i < 0 || i >= rows) {
                throw new IllegalArgumentException(
                        "row " + i + " is outside the matrix; 0 to " + (rows - 1) + " is possible");
            }
        }
        for (int j : column) {
            if (j < 0 || j >= columns) {
                throw new IllegalArgumentException(
                        "column " + j + " is outside the matrix; 0 to " + (columns - 1) + " is possible");
            }
        }
        int[] order = EntrySort.rowMajor(rows, columns, row, column, row.length);
        return ordered(rows, columns, row, column, value, order, symmetric);
    }

    public static ObservedMatrix ordered(
            int rows, int columns, int[] row, int[] column, double[] value, int[] order, boolean symmetric) {
        int[] arranged = new int[order.length];
        double[] values = new double[order.length];
        for (int p = 0; p < order.length; p++) {
            arranged[p] = column[order[p]];
            values[p] = value[order[p]];
        }
        int[] rowStart = new int[rows + 1];
        for (int k : order) {
            rowStart[row[k] + 1]++;
        }
        for (int i = 0; i < rows; i++) {
            rowStart[i + 1] += rowStart[i];
        }
        return new ObservedMatrix(new EntryPattern(columns, rowStart, arranged), values, symmetric);
    }

    /** Both triangles of a symmetric matrix listed; any other matrix as it is. */
    public ObservedMatrix general() {
        if (!symmetric) {
            return this;
        }
        int n = rows();
        int total = (int) Math.min(Integer.MAX_VALUE, knownCells());
        if (total != knownCells()) {
            throw new IllegalArgumentException("both triangles have " + knownCells() + " entries; at most "
                    + Integer.MAX_VALUE + " can be held (use the symmetric model)");
        }
        int[] row = new int[total];
        int[] column = new int[total];
        double[] value = new double[total];
        int next = 0;
        for (int i = 0; i < n; i++) {
            for (int k = entries.rowStart(i); k < entries.rowStart(i + 1); k++) {
                int j = entries.column(k);
                row[next] = i;
                column[next] = j;
                value[next++] = values[k];
                if (i != j) {
                    row[next] = j;
                    column[next] = i;
                    value[next++] = values[k];
                }
            }
        }
        ObservedMatrix both = of(n, n, row, column, value, false);
        return new ObservedMatrix(both.entries, both.values, false, rowLabels, columnLabels);
    }

    /**
     * The same matrix as a symmetric one: an entry that is known on one side only is taken for both.
     *
     * @throws IllegalArgumentException if it is not square or two mirrored entries differ by more than 1e−9 of their size
     */
    public ObservedMatrix asSymmetric() {
        if (symmetric) {
            return this;
        }
        if (rows() != columns()) {
            throw new IllegalArgumentException(
                    "the matrix is " + rows() + "×" + columns() + "; a symmetric one must be square");
        }
        int size = entries.size();
        int[] row = new int[size];
        int[] column = new int[size];
        for (int i = 0; i < rows(); i++) {
            for (int k = entries.rowStart(i); k < entries.rowStart(i + 1); k++) {
                row[k] = Math.min(i, entries.column(k));
                column[k] = Math.max(i, entries.column(k));
            }
        }
        int[] order = EntrySort.rowMajor(rows(), rows(), row, column, size);
        int kept = 0;
        for (int p = 0; p < size; p++) {
            int k = order[p];
            int last = kept == 0 ? k : order[kept - 1];
            if (kept > 0 && row[last] == row[k] && column[last] == column[k]) {
                requireMirrored(row[k], column[k], values[last], values[k]);
            } else {
                order[kept++] = k;
            }
        }
        ObservedMatrix upper = ordered(rows(), rows(), row, column, values, java.util.Arrays.copyOf(order, kept), true);
        return new ObservedMatrix(upper.entries, upper.values, true, rowLabels, columnLabels);
    }

    private static void requireMirrored(int i, int j, double one, double other) {
        if (Math.abs(one - other) > 1e-9 * Math.max(Math.abs(one), Math.abs(other))) {
            throw new IllegalArgumentException("entry (" + (i + 1) + ", " + (j + 1) + ") and its mirror image are "
                    + one + " and " + other + "; in a symmetric matrix they must be the same");
        }
    }

    public int rows() {
        return entries.rows();
    }

    public int columns() {
        return entries.columns();
    }

    /** Known cells of the matrix: an entry off the diagonal of a symmetric one counts twice. */
    public long knownCells() {
        if (!symmetric) {
            return entries.size();
        }
        long diagonal = 0;
        for (int i = 0; i < rows(); i++) {
            int first = entries.rowStart(i);
            if (first < entries.rowStart(i + 1) && entries.column(first) == i) {
                diagonal++;
            }
        }
        return 2L * entries.size() - diagonal;
    }

    /** Known cells over all cells. */
    public double density() {
        return knownCells() / ((double) rows() * columns());
    }

    @Override
    public String toString() {
        return rows() + "×" + columns() + (symmetric ? " symmetric" : "") + " matrix with " + knownCells()
                + " known cells (" + String.format(java.util.Locale.ROOT, "%.3g", 100 * density()) + " %)"
                + (rowLabels.isEmpty() ? "" : ", row labels") + (columnLabels.isEmpty() ? "" : ", column names");
    }
}
