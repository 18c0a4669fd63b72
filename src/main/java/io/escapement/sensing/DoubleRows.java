package io.escapement.sensing;

/** Rows in double precision, one array each: C2 makes vector code of loops over several arrays with one index. */
final class DoubleRows implements DenseRows {

    private final RowKernel kernel;
    private final int length;
    private final double[][] rows;

    DoubleRows(RowKernel kernel, int count, int length) {
        this.kernel = kernel;
        this.length = length;
        this.rows = new double[DenseRows.groups(count) * GROUP][length];
    }

    @Override
    public void set(int k, double[] row) {
        System.arraycopy(row, 0, rows[k], 0, length);
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
        return (long) Double.BYTES * length * rows.length;
    }
}
