package io.escapement.sensing;

/**
 * Rows in single precision, every sum in double: half the memory for a relative error of 2⁻²⁴ an entry. The operator is then
 * that of the rounded entries, exactly: measurement and backprojection remain adjoint. C2 of JDK 17 makes no vector code of
 * conversions, so sums are in registers, four rows at once.
 */
final class FloatRows implements DenseRows {

    private final Stretches layout;
    private final int stretches;
    /** Stretch s of row i of group g is at (g·stretches + s)·4 + i. */
    private final float[][] cut;

    FloatRows(int rows, Stretches layout) {
        this.layout = layout;
        this.stretches = layout.count();
        this.cut = new float[Math.multiplyExact(DenseRows.groups(rows) * GROUP, stretches)][];
        for (int at = 0; at < cut.length; at++) {
            cut[at] = new float[layout.width(at / GROUP % stretches)];
        }
    }

    private int at(int group, int stretch) {
        return (group * stretches + stretch) * GROUP;
    }

    @Override
    public void set(int k, double[] row) {
        for (int s = 0; s < stretches; s++) {
            float[] stretch = cut[at(k / GROUP, s) + k % GROUP];
            for (int j = 0; j < stretch.length; j++) {
                stretch[j] = (float) row[s * Stretches.WIDTH + j];
            }
        }
    }

    @Override
    public void dots(int group, double[][] image, double[][] partial, double[] out) {
        double[] sums = partial[0];
        sums[0] = 0;
        sums[1] = 0;
        sums[2] = 0;
        sums[3] = 0;
        for (int s = 0; s < stretches; s++) {
            int at = at(group, s);
            multiply(cut[at], cut[at + 1], cut[at + 2], cut[at + 3], image[s], sums);
        }
        System.arraycopy(sums, 0, out, 0, GROUP);
    }

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
        return (long) Float.BYTES * layout.length() * (cut.length / stretches);
    }

    private static void multiply(float[] a0, float[] a1, float[] a2, float[] a3, double[] m, double[] sums) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int j = 0; j < m.length; j++) {
            double entry = m[j];
            s0 += a0[j] * entry;
            s1 += a1[j] * entry;
            s2 += a2[j] * entry;
            s3 += a3[j] * entry;
        }
        sums[0] += s0;
        sums[1] += s1;
        sums[2] += s2;
        sums[3] += s3;
    }

    private static void combine(float[] a0, float[] a1, float[] a2, float[] a3, double[] w, double[] g) {
        double w0 = w[0];
        double w1 = w[1];
        double w2 = w[2];
        double w3 = w[3];
        for (int j = 0; j < g.length; j++) {
            g[j] += (w0 * a0[j] + w1 * a1[j]) + (w2 * a2[j] + w3 * a3[j]);
        }
    }

    private static double sum(float[] a) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 3 < a.length; j += 4) {
            s0 += a[j];
            s1 += a[j + 1];
            s2 += a[j + 2];
            s3 += a[j + 3];
        }
        for (; j < a.length; j++) {
            s0 += a[j];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
