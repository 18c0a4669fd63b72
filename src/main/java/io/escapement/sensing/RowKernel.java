package io.escapement.sensing;

/**
 * The loops that {@link DenseRows} spends its time in, over four rows of one length at once. What a kernel computes depends on its arguments
 * alone, bit for bit; two kernels differ by rounding.
 */
interface RowKernel {

    /** out_i = Σ_j a_i[j]·m[j]. */
    void dots(double[] a0, double[] a1, double[] a2, double[] a3, double[] m, double[] out);

    /** g[j] += Σ_i w_i·a_i[j] for lo ≤ j &lt; hi. */
    void add(double[] a0, double[] a1, double[] a2, double[] a3, double[] w, int lo, int hi, double[] g);

    /** Σ_j a[j]: as little as can be done with what is read. */
    double total(double[] a);

    /** out_i = Σ_j a_i[j]·m[j], products and sums in double precision. */
    void dots(float[] a0, float[] a1, float[] a2, float[] a3, double[] m, double[] out);

    /** g[j] += Σ_i w_i·a_i[j] for lo ≤ j &lt; hi, in double precision. */
    void add(float[] a0, float[] a1, float[] a2, float[] a3, double[] w, int lo, int hi, double[] g);

    /** Σ_j a[j], in single precision. */
    double total(float[] a);

    /** The fastest that this Java has. */
    static RowKernel fastest() {
        return Fastest.KERNEL;
    }
}
