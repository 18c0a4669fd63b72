package io.escapement.sensing;

import java.util.Arrays;

/**
 * Which entries of a matrix are listed: row-major, columns ascending within a row, each at most once. Four bytes an
 * entry and four a row; indices from 0.
 */
public final class EntryPattern {

    private final int columns;
    private final int[] rowStart;
    private final int[] column;

    /**
     * @param columns of the matrix
     * @param rowStart length rows + 1: entries rowStart[i] … rowStart[i + 1] − 1 are those of row i; kept
     * @param column of each entry; kept
     * @throws IllegalArgumentException if the arrays do not describe a pattern; a repeated entry is named
     */
    public EntryPattern(int columns, int[] rowStart, int[] column) {
        if (rowStart.length < 2 || columns < 1) {
            throw new IllegalArgumentException("a pattern of " + (rowStart.length - 1) + " rows and " + columns
                    + " columns is not possible; at least one of each is needed");
        }
        int rows = rowStart.length - 1;
        if (rowStart[0] != 0 || rowStart[rows] != column.length) {
            throw new IllegalArgumentException("row starts run from " + rowStart[0] + " to " + rowStart[rows]
                    + "; from 0 to the number of entries, " + column.length + ", is needed");
        }
        for (int i = 0; i < rows; i++) {
            if (rowStart[i] > rowStart[i + 1]) {
                throw new IllegalArgumentException("row " + i + " starts at entry " + rowStart[i] + " and ends at "
                        + rowStart[i + 1] + "; row starts must not decrease");
            }
            int previous = -1;
            for (int k = rowStart[i]; k < rowStart[i + 1]; k++) {
                requireNext(i, previous, column[k], columns);
                previous = column[k];
            }
        }
        this.columns = columns;
        this.rowStart = rowStart;
        this.column = column;
    }

    private static void requireNext(int row, int previous, int next, int columns) {
        if (next < 0 || next >= columns) {
            throw new IllegalArgumentException("column " + next + " of row " + row + " is outside the matrix; 0 to "
                    + (columns - 1) + " is possible");
        }
        if (next == previous) {
            throw new IllegalArgumentException(
                    "entry (" + row + ", " + next + ") is listed twice; each entry may be listed once");
        }
        if (next < previous) {
            throw new IllegalArgumentException("column " + next + " of row " + row + " follows column " + previous
                    + "; columns must ascend within a row");
        }
    }

    /** Every entry of the upper triangle, diagonal included, of an n×n matrix. */
    public static EntryPattern upperTriangle(int n) {
        long size = (long) n * (n + 1) / 2;
        if (n < 1 || size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "n is " + n + "; 1 to 65535 is possible where every entry of the triangle is listed");
        }
        int[] rowStart = new int[n + 1];
        int[] column = new int[(int) size];
        int k = 0;
        for (int i = 0; i < n; i++) {
            rowStart[i] = k;
            for (int j = i; j < n; j++) {
                column[k++] = j;
            }
        }
        rowStart[n] = k;
        return new EntryPattern(n, rowStart, column);
    }

    public int rows() {
        return rowStart.length - 1;
    }

    public int columns() {
        return columns;
    }

    /** Number of listed entries. */
    public int size() {
        return column.length;
    }

    /** First entry of row i; row {@code rows()} starts where the last row ends. */
    public int rowStart(int i) {
        return rowStart[i];
    }

    public int column(int k) {
        return column[k];
    }

    /** Number of entry (i, j), or a negative number if it is not listed. */
    public int find(int i, int j) {
        return Arrays.binarySearch(column, rowStart[i], rowStart[i + 1], j);
    }

    /** Listed entries per row and, in the second array, per column. */
    public int[][] counts() {
        int[] perRow = new int[rows()];
        int[] perColumn = new int[columns];
        for (int i = 0; i < perRow.length; i++) {
            perRow[i] = rowStart[i + 1] - rowStart[i];
        }
        for (int j : column) {
            perColumn[j]++;
        }
        return new int[][] {perRow, perColumn};
    }

    /** Whether every entry is on or above the diagonal of a square matrix. */
    public boolean isUpperTriangular() {
        if (rows() != columns) {
            return false;
        }
        for (int i = 0; i < rows(); i++) {
            if (rowStart[i] < rowStart[i + 1] && column[rowStart[i]] < i) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntryPattern that
                && columns == that.columns
                && Arrays.equals(rowStart, that.rowStart)
                && Arrays.equals(column, that.column);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * columns + Arrays.hashCode(rowStart)) + Arrays.hashCode(column);
    }

    @Override
    public String toString() {
        return size() + " entries of a " + rows() + "×" + columns + " matrix";
    }
}
