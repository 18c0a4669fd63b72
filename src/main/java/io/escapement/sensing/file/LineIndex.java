package io.escapement.sensing.file;

import java.util.Arrays;

/** On which line an entry stood. Only where the distance between entry and line numbers changes is something stored. */
final class LineIndex {

    private int[] entry = new int[4];
    private long[] offset = new long[4];
    private int size;

    /** Entries come in order. */
    void add(int number, long line) {
        if (size > 0 && offset[size - 1] == line - number) {
            return;
        }
        if (size == entry.length) {
            entry = Arrays.copyOf(entry, 2 * size);
            offset = Arrays.copyOf(offset, 2 * size);
        }
        entry[size] = number;
        offset[size++] = line - number;
    }

    long line(int number) {
        int at = Arrays.binarySearch(entry, 0, size, number);
        return number + offset[at >= 0 ? at : -at - 2];
    }
}
