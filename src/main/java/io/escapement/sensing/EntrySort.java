package io.escapement.sensing;

/** Brings unordered entries into row-major order by two stable counting sorts: time and memory O(entries + rows + columns). */
public final class EntrySort {

    private EntrySort() {}

    /**
     * @param row of each entry, from 0, below {@code rows}
     * @param column of each entry, from 0, below {@code columns}
     * @return order with order[p] the number of the entry that comes p-th; equal entries keep their order
     */
    public static int[] rowMajor(int rows, int columns, int[] row, int[] column, int count) {
        int[] byColumn = new int[count];
        int[] next = starts(columns, column, count);
        for (int k = 0; k < count; k++) {
            byColumn[next[column[k]]++] = k;
        }
        int[] order = new int[count];
        next = starts(rows, row, count);
        for (int p = 0; p < count; p++) {
            int k = byColumn[p];
            order[next[row[k]]++] = k;
        }
        return order;
    }

    /** Where the entries of each key begin, length keys + 1. */
    static int[] starts(int keys, int[] key, int count) {
        int[] start = new int[keys + 1];
        for (int k = 0; k < count; k++) {
            start[key[k] + 1]++;
        }
        for (int i = 0; i < keys; i++) {
            start[i + 1] += start[i];
        }
        return start;
    }
}
