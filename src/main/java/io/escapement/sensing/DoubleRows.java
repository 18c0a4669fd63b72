package io.escapement.sensing;

import java.util.Arrays;

/**
 * Rows in double precision. A dot product is accumulated element by element into 254 partial sums, one row at a time: C2 makes
 * vector code of that, which it does not of a sum in a register.
 */
final class DoubleRows implements DenseRows {

    private final Stretches layout;
    private final int stretches;
    /** Stretch s of row i of group g is at (g·stretches + s)·4 + i. */
    private final double[][] cut;

    DoubleRows(int rows, Stretches layout) {
        this.layout = layout;
        this.stretches = layout.count();
        this.cut = new double[Math.multiplyExact(DenseRows.groups(rows) * GROUP, stretches)][];
        for (int at = 0; at < cut.length; at++) {
            cut[at] = new double[layout.width(at / GROUP % stretches)];
        }
    }

    private int at(int group, int stretch) {
        return (group * stretches + stretch) * GROUP;
    }

    @Override
    public void set(int k, double[] row) {
        for (int s = 0; s < stretches; s++) {
            double[] stretch = cut[at(k / GROUP, s) + k % GROUP];
            System.arraycopy(row, s * Stretches.WIDTH, stretch, 0, stretch.length);
        }
    }

    @Override
    public void dots(int group, double[][] image, double[][] partial, double[] out) {
        for (int i = 0; i < GROUP; i++) {
            Arrays.fill(partial[i], 0);
        }
        for (int s = 0; s < stretches; s++) {
            int at = at(group, s);
            for (int i = 0; i < GROUP; i++) {
                multiply(cut[at + i], image[s], partial[i]);
            }
        }
        for (int i = 0; i < GROUP; i++) {
            out[i] = sum(partial[i]);
        }
    }

    /** Last stretch first: it is the one that is still nearest in the cache. */
    @Override
    public void add(int group, double[] weights, double[][] sum) {
        for (int s = stretches - 1; s >= 0; s--) {
            int at = at(group, s);
            combine(cut[at], cut[at + 1], cut[at + 2], cut[at + 3], weights, sum[s]);
        }
    }

    @Override
    public double total(int group) {
        double total = 0;
        for (int at = at(group, 0); at < at(group + 1, 0); at++) {
            total += sum(cut[at]);
        }
        return total;
    }

    @Override
    public long bytes() {
        return (long) Double.BYTES * layout.length() * (cut.length / stretches);
    }

    private static void multiply(double[] a, double[] m, double[] partial) {
        for (int j = 0; j < a.length; j++) {
            partial[j] += a[j] * m[j];
        }
    }

    private static void combine(double[] a0, double[] a1, double[] a2, double[] a3, double[] w, double[] g) {
        double w0 = w[0];
        double w1 = w[1];
        double w2 = w[2];
        double w3 = w[3];
        for (int j = 0; j < g.length; j++) {
            g[j] += (w0 * a0[j] + w1 * a1[j]) + (w2 * a2[j] + w3 * a3[j]);
        }
    }

    private static double sum(double[] a) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int j = 0;
        for (; j + 7 < a.length; j += 8) {
            s0 += a[j];
            s1 += a[j + 1];
            s2 += a[j + 2];
            s3 += a[j + 3];
            s4 += a[j + 4];
            s5 += a[j + 5];
            s6 += a[j + 6];
            s7 += a[j + 7];
        }
        for (; j < a.length; j++) {
            s0 += a[j];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }
}
