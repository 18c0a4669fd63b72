package io.escapement.sensing;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * In vectors of four doubles. The r columns are taken in chunks of 4 to 12, one to three vectors each; where a chunk is no multiple of
 * four, its last vector overlaps the one before it, for masked loads are slow on Java 17. Fewer than four columns, and what is not in a
 * gradient, are left to the scalar loops. Each number of vectors is written out: a loop over an array of vectors would put them on the
 * heap, and makes the file longer than usual. Made by {@link Fastest} only where the module is there.
 */
final class VectorMaskKernel implements MaskKernel {

    private static final VectorSpecies<Double> FOUR = DoubleVector.SPECIES_256;
    private static final int LANES = 4;
    private static final int MOST = 3 * LANES;

    /** Factors that keep all lanes, all but the first, all but two, all but three. */
    private static final double[] KEPT = {1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 1};

    private final int[] segmentRow;
    private final int[] segmentStart;
    private final int[] column;
    private final MaskKernel scalar;

    VectorMaskKernel(MaskTiles tiles, MaskKernel scalar) {
        segmentRow = tiles.segmentRow;
        segmentStart = tiles.segmentStart;
        column = tiles.column;
        this.scalar = scalar;
    }

    /** Columns of the chunk that begins at {@code t}: from 4 to 12, and never so that fewer than 4 are left. */
    private static int chunk(int t, int r) {
        return r - t <= MOST ? r - t : 2 * LANES;
    }

    /** Four numbers from {@code at}, the first {@code skipped} of them times 0. */
    private static DoubleVector tail(double[] a, int at, int skipped) {
        return at(a, at).mul(at(KEPT, LANES * skipped));
    }

    private static DoubleVector at(double[] a, int index) {
        return DoubleVector.fromArray(FOUR, a, index);
    }

    @Override
    public void inner(int from, int to, double[] x, int r, double[] out) {
        if (r < LANES) {
            scalar.inner(from, to, x, r, out);
            return;
        }
        for (int t = 0; t < r; t += chunk(t, r)) {
            int size = chunk(t, r);
            for (int s = from; s < to; s++) {
                if (size <= LANES) {
                    inner1(s, x, r, out, t);
                } else if (size <= 2 * LANES) {
                    inner2(s, x, r, out, t, size);
                } else {
                    inner3(s, x, r, out, t, size);
                }
            }
        }
    }

    private void inner1(int s, double[] x, int r, double[] out, int t) {
        int row = segmentRow[s] * r + t;
        DoubleVector x0 = at(x, row);
        int end = segmentStart[s + 1];
        for (int k = segmentStart[s]; k < end; k++) {
            int j = column[k] * r + t;
            double sum = at(x, j).mul(x0).reduceLanes(VectorOperators.ADD);
            out[k] = t == 0 ? sum : out[k] + sum;
        }
    }

    private void inner2(int s, double[] x, int r, double[] out, int t, int size) {
        int row = segmentRow[s] * r + t;
        int last = size - LANES;
        DoubleVector x0 = at(x, row);
        DoubleVector x1 = tail(x, row + last, 4 - last);
        int end = segmentStart[s + 1];
        for (int k = segmentStart[s]; k < end; k++) {
            int j = column[k] * r + t;
            double sum = at(x, j + last).fma(x1, at(x, j).mul(x0)).reduceLanes(VectorOperators.ADD);
            out[k] = t == 0 ? sum : out[k] + sum;
        }
    }

    private void inner3(int s, double[] x, int r, double[] out, int t, int size) {
        int row = segmentRow[s] * r + t;
        int last = size - LANES;
        DoubleVector x0 = at(x, row);
        DoubleVector x1 = at(x, row + 4);
        DoubleVector x2 = tail(x, row + last, 8 - last);
        int end = segmentStart[s + 1];
        for (int k = segmentStart[s]; k < end; k++) {
            int j = column[k] * r + t;
            double sum = at(x, j + last)
                    .fma(x2, at(x, j + 4).fma(x1, at(x, j).mul(x0)))
                    .reduceLanes(VectorOperators.ADD);
            out[k] = t == 0 ? sum : out[k] + sum;
        }
    }

    @Override
    public void cross(int from, int to, double[] x, double[] y, int r, double[] out) {
        scalar.cross(from, to, x, y, r, out);
    }

    @Override
    public void scatterBoth(int from, int to, double[] w, double[] half, double[] v, int r, double[] out) {
        if (r < LANES) {
            scalar.scatterBoth(from, to, w, half, v, r, out);
            return;
        }
        for (int t = 0; t < r; t += chunk(t, r)) {
            int size = chunk(t, r);
            for (int s = from; s < to; s++) {
                if (size <= LANES) {
                    scatterBoth1(s, w, half, v, r, out, t);
                } else if (size <= 2 * LANES) {
                    scatterBoth2(s, w, half, v, r, out, t, size);
                } else {
                    scatterBoth3(s, w, half, v, r, out, t, size);
                }
            }
        }
    }

    private void scatterBoth1(int s, double[] w, double[] half, double[] v, int r, double[] out, int t) {
        int row = segmentRow[s] * r + t;
        DoubleVector v0 = at(v, row);
        DoubleVector s0 = DoubleVector.zero(FOUR);
        int end = segmentStart[s + 1];
        for (int k = segmentStart[s]; k < end; k++) {
            int j = column[k] * r + t;
            DoubleVector q = DoubleVector.broadcast(FOUR, half == null ? w[k] : w[k] * half[k]);
            s0 = at(v, j).fma(q, s0);
            DoubleVector o0 = v0.fma(q, at(out, j));
            o0.intoArray(out, j);
        }
        at(out, row).add(s0).intoArray(out, row);
    }

    private void scatterBoth2(int s, double[] w, double[] half, double[] v, int r, double[] out, int t, int size) {
        int row = segmentRow[s] * r + t;
        int last = size - LANES;
        DoubleVector v0 = at(v, row);
        DoubleVector v1 = at(v, row + last);
        DoubleVector s0 = DoubleVector.zero(FOUR);
        DoubleVector s1 = DoubleVector.zero(FOUR);
        int end = segmentStart[s + 1];
        for (int k = segmentStart[s]; k < end; k++) {
            int j = column[k] * r + t;
            DoubleVector q = DoubleVector.broadcast(FOUR, half == null ? w[k] : w[k] * half[k]);
            s0 = at(v, j).fma(q, s0);
            s1 = at(v, j + last).fma(q, s1);
            DoubleVector o0 = v0.fma(q, at(out, j));
            DoubleVector o1 = v1.fma(q, at(out, j + last));
            o0.intoArray(out, j);
            o1.intoArray(out, j + last);
        }
        at(out, row).add(s0).intoArray(out, row);
        add(s1, 4 - last, out, row + last);
    }

    private void scatterBoth3(int s, double[] w, double[] half, double[] v, int r, double[] out, int t, int size) {
        int row = segmentRow[s] * r + t;
        int last = size - LANES;
        DoubleVector v0 = at(v, row);
        DoubleVector v1 = at(v, row + 4);
        DoubleVector v2 = at(v, row + last);
        DoubleVector s0 = DoubleVector.zero(FOUR);
        DoubleVector s1 = DoubleVector.zero(FOUR);
        DoubleVector s2 = DoubleVector.zero(FOUR);
        int end = segmentStart[s + 1];
        for (int k = segmentStart[s]; k < end; k++) {
            int j = column[k] * r + t;
            DoubleVector q = DoubleVector.broadcast(FOUR, half == null ? w[k] : w[k] * half[k]);
            s0 = at(v, j).fma(q, s0);
            s1 = at(v, j + 4).fma(q, s1);
            s2 = at(v, j + last).fma(q, s2);
            DoubleVector o0 = v0.fma(q, at(out, j));
            DoubleVector o1 = v1.fma(q, at(out, j + 4));
            DoubleVector o2 = v2.fma(q, at(out, j + last));
            o0.intoArray(out, j);
            o1.intoArray(out, j + 4);
            o2.intoArray(out, j + last);
        }
        at(out, row).add(s0).intoArray(out, row);
        at(out, row + 4).add(s1).intoArray(out, row + 4);
        add(s2, 8 - last, out, row + last);
    }

    @Override
    public void scatterRows(int from, int to, double[] w, double[] half, double[] v, int r, double[] out) {
        if (r < LANES) {
            scalar.scatterRows(from, to, w, half, v, r, out);
            return;
        }
        for (int t = 0; t < r; t += chunk(t, r)) {
            int size = chunk(t, r);
            for (int s = from; s < to; s++) {
                if (size <= LANES) {
                    scatterRows1(s, w, half, v, r, out, t);
                } else if (size <= 2 * LANES) {
                    scatterRows2(s, w, half, v, r, out, t, size);
                } else {
                    scatterRows3(s, w, half, v, r, out, t, size);
                }
            }
        }
    }

    private void scatterRows1(int s, double[] w, double[] half, double[] v, int r, double[] out, int t) {
        int row = segmentRow[s] * r + t;
        DoubleVector s0 = DoubleVector.zero(FOUR);
        int end = segmentStart[s + 1];
        for (int k = segmentStart[s]; k < end; k++) {
            int j = column[k] * r + t;
            DoubleVector q = DoubleVector.broadcast(FOUR, half == null ? w[k] : w[k] * half[k]);
            s0 = at(v, j).fma(q, s0);
        }
        at(out, row).add(s0).intoArray(out, row);
    }

    private void scatterRows2(int s, double[] w, double[] half, double[] v, int r, double[] out, int t, int size) {
        int row = segmentRow[s] * r + t;
        int last = size - LANES;
        DoubleVector s0 = DoubleVector.zero(FOUR);
        DoubleVector s1 = DoubleVector.zero(FOUR);
        int end = segmentStart[s + 1];
        for (int k = segmentStart[s]; k < end; k++) {
            int j = column[k] * r + t;
            DoubleVector q = DoubleVector.broadcast(FOUR, half == null ? w[k] : w[k] * half[k]);
            s0 = at(v, j).fma(q, s0);
            s1 = at(v, j + last).fma(q, s1);
        }
        at(out, row).add(s0).intoArray(out, row);
        add(s1, 4 - last, out, row + last);
    }

    private void scatterRows3(int s, double[] w, double[] half, double[] v, int r, double[] out, int t, int size) {
        int row = segmentRow[s] * r + t;
        int last = size - LANES;
        DoubleVector s0 = DoubleVector.zero(FOUR);
        DoubleVector s1 = DoubleVector.zero(FOUR);
        DoubleVector s2 = DoubleVector.zero(FOUR);
        int end = segmentStart[s + 1];
        for (int k = segmentStart[s]; k < end; k++) {
            int j = column[k] * r + t;
            DoubleVector q = DoubleVector.broadcast(FOUR, half == null ? w[k] : w[k] * half[k]);
            s0 = at(v, j).fma(q, s0);
            s1 = at(v, j + 4).fma(q, s1);
            s2 = at(v, j + last).fma(q, s2);
        }
        at(out, row).add(s0).intoArray(out, row);
        at(out, row + 4).add(s1).intoArray(out, row + 4);
        add(s2, 8 - last, out, row + last);
    }

    @Override
    public void scatterColumns(int from, int to, double[] w, double[] half, double[] v, int r, double[] out) {
        if (r < LANES) {
            scalar.scatterColumns(from, to, w, half, v, r, out);
            return;
        }
        for (int t = 0; t < r; t += chunk(t, r)) {
            int size = chunk(t, r);
            for (int s = from; s < to; s++) {
                if (size <= LANES) {
                    scatterColumns1(s, w, half, v, r, out, t);
                } else if (size <= 2 * LANES) {
                    scatterColumns2(s, w, half, v, r, out, t, size);
                } else {
                    scatterColumns3(s, w, half, v, r, out, t, size);
                }
            }
        }
    }

    private void scatterColumns1(int s, double[] w, double[] half, double[] v, int r, double[] out, int t) {
        int row = segmentRow[s] * r + t;
        DoubleVector v0 = at(v, row);
        int end = segmentStart[s + 1];
        for (int k = segmentStart[s]; k < end; k++) {
            int j = column[k] * r + t;
            DoubleVector q = DoubleVector.broadcast(FOUR, half == null ? w[k] : w[k] * half[k]);
            DoubleVector o0 = v0.fma(q, at(out, j));
            o0.intoArray(out, j);
        }
    }

    private void scatterColumns2(int s, double[] w, double[] half, double[] v, int r, double[] out, int t, int size) {
        int row = segmentRow[s] * r + t;
        int last = size - LANES;
        DoubleVector v0 = at(v, row);
        DoubleVector v1 = at(v, row + last);
        int end = segmentStart[s + 1];
        for (int k = segmentStart[s]; k < end; k++) {
            int j = column[k] * r + t;
            DoubleVector q = DoubleVector.broadcast(FOUR, half == null ? w[k] : w[k] * half[k]);
            DoubleVector o0 = v0.fma(q, at(out, j));
            DoubleVector o1 = v1.fma(q, at(out, j + last));
            o0.intoArray(out, j);
            o1.intoArray(out, j + last);
        }
    }

    private void scatterColumns3(int s, double[] w, double[] half, double[] v, int r, double[] out, int t, int size) {
        int row = segmentRow[s] * r + t;
        int last = size - LANES;
        DoubleVector v0 = at(v, row);
        DoubleVector v1 = at(v, row + 4);
        DoubleVector v2 = at(v, row + last);
        int end = segmentStart[s + 1];
        for (int k = segmentStart[s]; k < end; k++) {
            int j = column[k] * r + t;
            DoubleVector q = DoubleVector.broadcast(FOUR, half == null ? w[k] : w[k] * half[k]);
            DoubleVector o0 = v0.fma(q, at(out, j));
            DoubleVector o1 = v1.fma(q, at(out, j + 4));
            DoubleVector o2 = v2.fma(q, at(out, j + last));
            o0.intoArray(out, j);
            o1.intoArray(out, j + 4);
            o2.intoArray(out, j + last);
        }
    }

    /** Adds all but the first {@code skipped} lanes. */
    private static void add(DoubleVector s, int skipped, double[] out, int at) {
        s.fma(at(KEPT, LANES * skipped), at(out, at)).intoArray(out, at);
    }
}
