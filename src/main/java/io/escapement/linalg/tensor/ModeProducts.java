package io.escapement.linalg.tensor;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * A⊗…⊗A times a tensor, one mode after the other: l·n^{l+1} multiplications instead of n^{2l}.
 *
 * <p>Each mode is a product of A with a matrix of n rows, in tiles of columns that stay in the second-level cache, eight rows
 * at a time so that a sum is written once for eight terms. A power takes the first mode each time and moves it to the end, so that
 * the columns are always many: with modes of 11, whose rows would be 11 numbers, half the time. Tiles are worked on by several threads where that pays; a number
 * is summed by one thread in one order, so the result does not depend on how many there are, bit for bit.
 */
public final class ModeProducts {

    /** Columns of a tile. */
    private static final int TILE = 256;

    /** Multiplications from which handing tiles to other threads pays. */
    private static final long WORTH_SHARING = 1L << 20;

    private ModeProducts() {}

    /**
     * out = A^{⊗l} v for v of shape n×…×n×batch.
     *
     * @param a n×n
     * @param batch numbers at each index, at least 1: that many tensors side by side
     * @param v n^l·batch long; unchanged
     * @param scratch as long; overwritten
     * @param out as long; must not be {@code v} nor {@code scratch}
     */
    public static void power(DMatrixRMaj a, int order, int batch, double[] v, double[] scratch, double[] out) {
        int n = a.numRows;
        if (a.numCols != n) {
            throw new IllegalArgumentException("A is " + n + "×" + a.numCols + "; a square matrix is needed");
        }
        int size = size(n, order, batch);
        if (v.length < size
                || scratch.length < size
                || out.length < size
                || v == out
                || v == scratch
                || out == scratch) {
            throw new IllegalArgumentException("v, scratch and out are " + v.length + ", " + scratch.length + " and "
                    + out.length + " long; three arrays of " + size + " are needed for A " + n + "×" + n + ", order "
                    + order + " and batch " + batch);
        }
        double[] from = v;
        for (int mode = 0; mode < order; mode++) {
            double[] to = (order - mode) % 2 == 1 ? out : scratch;
            rotated(a, size / n, batch, from, to);
            from = to;
        }
    }

    /** A times the first mode, which becomes the last before the batch. */
    private static void rotated(DMatrixRMaj a, int after, int batch, double[] v, double[] out) {
        int n = a.numRows;
        int tiles = (after + TILE - 1) / TILE;
        tasks(tiles, (long) after * n * n).forEach(task -> {
            int first = task * TILE;
            int width = Math.min(TILE, after - first);
            double[] sum = new double[width];
            for (int row = 0; row < n; row++) {
                row(a, row, v, first, after, sum, 0, width);
                if (batch == 1) {
                    for (int j = 0; j < width; j++) {
                        out[(first + j) * n + row] = sum[j];
                    }
                } else {
                    for (int j = 0; j < width; j++) {
                        int column = first + j;
                        out[(column / batch * n + row) * batch + column % batch] = sum[j];
                    }
                }
            }
        });
    }

    /**
     * A times one mode: out_{p i' q} = Σ_i A_{i'i} v_{p i q}, for v of shape before×n×after.
     *
     * @param a n×n
     * @param out must not be {@code v}
     */
    public static void mode(DMatrixRMaj a, int before, int after, double[] v, double[] out) {
        int n = a.numRows;
        if (after == 1) {
            last(a, before, v, out);
            return;
        }
        int tiles = (after + TILE - 1) / TILE;
        tasks(before * tiles, (long) before * after * n * n).forEach(task -> {
            int base = task / tiles * n * after;
            int first = task % tiles * TILE;
            tile(a, base + first, after, Math.min(TILE, after - first), v, out);
        });
    }

    private static void tile(DMatrixRMaj a, int start, int stride, int width, double[] v, double[] out) {
        for (int row = 0; row < a.numRows; row++) {
            row(a, row, v, start, stride, out, start + row * stride, width);
        }
    }

    /** A row of A times a tile of v that starts at {@code start}. */
    private static void row(
            DMatrixRMaj a, int row, double[] v, int start, int stride, double[] out, int to, int width) {
        int n = a.numRows;
        Arrays.fill(out, to, to + width, 0);
        for (int i = 0; i < n; i += 8) {
            addEight(a.data, row * n + i, v, start + i * stride, stride, out, to, width, Math.min(8, n - i));
        }
    }

    /** Up to eight terms; those that there are not count 0 times the first. */
    private static void addEight(
            double[] a, int at, double[] v, int from, int stride, double[] out, int to, int width, int terms) {
        double a0 = a[at];
        double a1 = terms > 1 ? a[at + 1] : 0;
        double a2 = terms > 2 ? a[at + 2] : 0;
        double a3 = terms > 3 ? a[at + 3] : 0;
        double a4 = terms > 4 ? a[at + 4] : 0;
        double a5 = terms > 5 ? a[at + 5] : 0;
        double a6 = terms > 6 ? a[at + 6] : 0;
        double a7 = terms > 7 ? a[at + 7] : 0;
        int f1 = terms > 1 ? from + stride : from;
        int f2 = terms > 2 ? from + 2 * stride : from;
        int f3 = terms > 3 ? from + 3 * stride : from;
        int f4 = terms > 4 ? from + 4 * stride : from;
        int f5 = terms > 5 ? from + 5 * stride : from;
        int f6 = terms > 6 ? from + 6 * stride : from;
        int f7 = terms > 7 ? from + 7 * stride : from;
        for (int j = 0; j < width; j++) {
            out[to + j] += (a0 * v[from + j] + a1 * v[f1 + j])
                    + (a2 * v[f2 + j] + a3 * v[f3 + j])
                    + (a4 * v[f4 + j] + a5 * v[f5 + j])
                    + (a6 * v[f6 + j] + a7 * v[f7 + j]);
        }
    }

    /** The last mode: rows of v times Aᵀ. */
    private static void last(DMatrixRMaj a, int before, double[] v, double[] out) {
        int n = a.numRows;
        double[] transposed = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                transposed[i * n + j] = a.data[j * n + i];
            }
        }
        int tiles = (before + TILE - 1) / TILE;
        tasks(tiles, (long) before * n * n).forEach(task -> {
            int end = Math.min(before, (task + 1) * TILE);
            for (int p = task * TILE; p < end; p++) {
                int to = p * n;
                Arrays.fill(out, to, to + n, 0);
                for (int i = 0; i < n; i += 8) {
                    addEight(v, to + i, transposed, i * n, n, out, to, n, Math.min(8, n - i));
                }
            }
        });
    }

    private static IntStream tasks(int count, long work) {
        IntStream tasks = IntStream.range(0, count);
        return count > 1 && work >= WORTH_SHARING ? tasks.parallel() : tasks;
    }

    private static int size(int n, int order, int batch) {
        if (n < 1 || order < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "n is " + n + ", the order " + order + " and the batch " + batch + "; each must be at least 1");
        }
        return Math.multiplyExact(TensorSize.entries(n, order), batch);
    }
}
