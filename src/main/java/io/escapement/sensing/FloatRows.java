package io.escapement.sensing;

/**
 * Rows in single precision, every sum in double: half the memory for a relative error of 2⁻²⁴ an entry. The operator is then
 * that of the rounded entries, exactly: measurement and backprojection remain adjoint.
 */
final class FloatRows implements DenseRows {

    private final RowKernel kernel;
    private final int length;
    private final float[][] rows;

    FloatRows(RowKernel kernel, int count, int length) {
        this.kernel = kernel;
        this.length = length;
        this.rows = new float[DenseRows.groups(count) * GROUP][length];
    }

    @Override
    public void set(int k, double[] row) {
        for (int j = 0; j < length; j++) {
            rows[k][j] = (float) row[j];
        }
    }

    @Override
    public void dots(int group, double[] image, double[] out) {
        int at = group * GROUP;
        kernel.dots(rows[at], rows[at + 1], rows[at + 2], rows[at + 3], image, out);
    }

    @Override
    public void add(int group, double[] weights, double[] sum) {
        int at = group * GROUP;
        for (int hi = length; hi > 0; hi -= SEGMENT) {
            int lo = Math.max(0, hi - SEGMENT);
            kernel.add(rows[at], rows[at + 1], rows[at + 2], rows[at + 3], weights, lo, hi, sum);
        }
    }

    @Override
    public double total(int group) {
        double total = 0;
        for (int i = 0; i < GROUP; i++) {
            total += kernel.total(rows[group * GROUP + i]);
        }
        return total;
    }

    @Override
    public long bytes() {
        return (long) Float.BYTES * length * rows.length;
    }
}
