package io.escapement.sensing;

import java.util.Arrays;

/**
 * Listed entries (i, j), i ≤ j, of a symmetric n×n matrix, cut into tiles: 0…n−1 is divided into blocks, and tile (I, J)
 * holds the entries with i in block I and j in block J, row by row. A row's stretch inside a tile is a segment.
 *
 * <p>Why: each block of an output is written by one task only, in an order that depends on nothing but the layout, while the
 * factor rows that the task needs stay in cache and all else is read in sequence.
 *
 * <p>Entries are numbered tile by tile (I-major). Four bytes an entry, and eight a segment.
 */
final class MaskTiles {

    /** Most rows of a block: at r = 10 their factor rows fill 10 MB. Smaller blocks cut rows into shorter stretches. */
    private static final int BLOCK_ROWS = 1 << 17;

    /** Tables are quadratic in the number of blocks. */
    private static final int MAX_BLOCKS = 128;

    /** Below this many entries one tile is best: it needs a single pass and no second task. */
    private static final int WORTH_CUTTING = 1 << 15;

    /** Blocks that a large problem is cut into at least, so that several processors have something to do. */
    private static final int TASKS = 8;

    final int[] blockStart;
    final int[] tileSegment;
    final int[] segmentRow;
    final int[] segmentStart;
    final int[] column;

    MaskTiles(int n, EntryPattern pattern, int columnOffset) {
        this(n, pattern, columnOffset, cut(n, pattern, columnOffset));
    }

    /** With given block boundaries: 0 first, n last, ascending. */
    MaskTiles(int n, EntryPattern pattern, int columnOffset, int[] blockStart) {
        this.blockStart = blockStart;
        int blocks = blockStart.length - 1;
        int[] blockOf = new int[n];
        for (int b = 0; b < blocks; b++) {
            Arrays.fill(blockOf, blockStart[b], blockStart[b + 1], b);
        }
        int[] entries = new int[blocks * blocks + 1];
        int[] segments = new int[blocks * blocks + 1];
        int[] lastRow = new int[blocks * blocks];
        Arrays.fill(lastRow, -1);
        for (int i = 0; i < pattern.rows(); i++) {
            int first = blockOf[i] * blocks;
            for (int k = pattern.rowStart(i); k < pattern.rowStart(i + 1); k++) {
                int tile = first + blockOf[pattern.column(k) + columnOffset];
                entries[tile + 1]++;
                if (lastRow[tile] != i) {
                    lastRow[tile] = i;
                    segments[tile + 1]++;
                }
            }
        }
        for (int t = 0; t < blocks * blocks; t++) {
            entries[t + 1] += entries[t];
            segments[t + 1] += segments[t];
        }
        tileSegment = segments.clone();
        column = new int[pattern.size()];
        segmentRow = new int[segments[blocks * blocks]];
        segmentStart = new int[segmentRow.length + 1];
        segmentStart[segmentRow.length] = column.length;
        Arrays.fill(lastRow, -1);
        for (int i = 0; i < pattern.rows(); i++) {
            int first = blockOf[i] * blocks;
            for (int k = pattern.rowStart(i); k < pattern.rowStart(i + 1); k++) {
                int j = pattern.column(k) + columnOffset;
                int tile = first + blockOf[j];
                if (lastRow[tile] != i) {
                    lastRow[tile] = i;
                    segmentRow[segments[tile]] = i;
                    segmentStart[segments[tile]++] = entries[tile];
                }
                column[entries[tile]++] = j;
            }
        }
    }

    private static int[] cut(int n, EntryPattern pattern, int columnOffset) {
        if (pattern.size() < WORTH_CUTTING) {
            return new int[] {0, n};
        }
        int[] degree = new int[n];
        for (int i = 0; i < pattern.rows(); i++) {
            degree[i] += pattern.rowStart(i + 1) - pattern.rowStart(i);
        }
        for (int k = 0; k < pattern.size(); k++) {
            degree[pattern.column(k) + columnOffset]++;
        }
        int rows = Math.max(BLOCK_ROWS, n / (MAX_BLOCKS - TASKS) + 1);
        long share = 2L * pattern.size() / TASKS;
        int[] starts = new int[MAX_BLOCKS + 1];
        int blocks = 0;
        long load = 0;
        for (int i = 0; i < n; i++) {
            if (i - starts[blocks] >= rows || load >= share) {
                starts[++blocks] = i;
                load = 0;
            }
            load += degree[i];
        }
        starts[++blocks] = n;
        return Arrays.copyOf(starts, blocks + 1);
    }

    int blocks() {
        return blockStart.length - 1;
    }

    /** Number of tile (I, J). */
    int tile(int rowBlock, int columnBlock) {
        return rowBlock * blocks() + columnBlock;
    }

    /** Receives an entry: its number in the pattern's row-major order, in this layout's, and its place. */
    interface Visitor {
        void entry(int rowMajor, int number, int i, int j);
    }

    /** Visits every entry in row-major order. */
    void forEachRowMajor(Visitor visitor) {
        int rowMajor = 0;
        for (int rowBlock = 0; rowBlock < blocks(); rowBlock++) {
            int first = tile(rowBlock, rowBlock);
            int last = tile(rowBlock, blocks() - 1);
            int[] next = Arrays.copyOfRange(tileSegment, first, last + 1);
            for (int i = blockStart[rowBlock]; i < blockStart[rowBlock + 1]; i++) {
                for (int t = first; t <= last; t++) {
                    int s = next[t - first];
                    if (s < tileSegment[t + 1] && segmentRow[s] == i) {
                        next[t - first]++;
                        for (int k = segmentStart[s]; k < segmentStart[s + 1]; k++) {
                            visitor.entry(rowMajor++, k, i, column[k]);
                        }
                    }
                }
            }
        }
    }
}
