package io.escapement.sensing;

/**
 * Inner loops of {@link MaskOperator} over the segments {@code from} to {@code to} − 1 of a tile, (i, j) the places of their entries k.
 * Factors are row-major n×r. What a kernel computes depends on its arguments alone, bit for bit; two kernels differ by rounding.
 */
interface MaskKernel {

    /** out_k = ⟨x_i, x_j⟩. */
    void inner(int from, int to, double[] x, int r, double[] out);

    /** out_k = ⟨x_i, y_j⟩ + ⟨y_i, x_j⟩. */
    void cross(int from, int to, double[] x, double[] y, int r, double[] out);

    /** out_i += q_k v_j and out_j += q_k v_i, q = w∘half: for a tile on the diagonal, whose output is one block. */
    void scatterBoth(int from, int to, double[] w, double[] half, double[] v, int r, double[] out);

    /** out_i += q_k v_j. */
    void scatterRows(int from, int to, double[] w, double[] half, double[] v, int r, double[] out);

    /** out_j += q_k v_i. */
    void scatterColumns(int from, int to, double[] w, double[] half, double[] v, int r, double[] out);
}
