package io.escapement.sensing;

/**
 * Ω = {(i,i), (i,2k), (2k,i) : i ∈ [n], k ∈ [⌊n/2⌋]}, indices from 1 ([LEAC] eq. 18, [EMC] eq. 20): the diagonal, and every
 * row and column of even number. Completion from it alone has exponentially many spurious minima.
 */
final class StructuredMask {

    private StructuredMask() {}

    /** Whether (i, j), indices from 0, is in Ω. */
    static boolean contains(int i, int j) {
        return i == j || i % 2 == 1 || j % 2 == 1;
    }

    /** Ω on and above the diagonal. */
    static EntryPattern pattern(int n) {
        int[] rowStart = new int[n + 1];
        GrowingInts column = new GrowingInts();
        for (int i = 0; i < n; i++) {
            rowStart[i] = column.size();
            for (int j = i; j < n; j++) {
                if (contains(i, j)) {
                    column.add(j);
                }
            }
        }
        rowStart[n] = column.size();
        return new EntryPattern(n, rowStart, column.toArray());
    }

    /** z_i of z = (1, 0, 1, 0, …), i from 0. */
    static double truth(int i) {
        return i % 2 == 0 ? 1 : 0;
    }
}
