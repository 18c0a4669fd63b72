package io.escapement.sensing;

/**
 * A long row of numbers cut into arrays of {@link #WIDTH}, the last one shorter. Loops over whole arrays, all indexed from 0,
 * are those that C2 turns into vector instructions; with an offset into one large array it did not (see package-info).
 *
 * @param length of the row
 */
record Stretches(int length) {

    /** 2 KB with the array's header, so that arrays allocated in a row start at the same place in a cache line. */
    static final int WIDTH = 254;

    int count() {
        return (length + WIDTH - 1) / WIDTH;
    }

    int width(int stretch) {
        return Math.min(WIDTH, length - stretch * WIDTH);
    }

    double[][] zeros() {
        double[][] cut = new double[count()][];
        for (int s = 0; s < cut.length; s++) {
            cut[s] = new double[width(s)];
        }
        return cut;
    }

    void cut(double[] row, double[][] cut) {
        for (int s = 0; s < cut.length; s++) {
            System.arraycopy(row, s * WIDTH, cut[s], 0, cut[s].length);
        }
    }

    void join(double[][] cut, double[] row) {
        for (int s = 0; s < cut.length; s++) {
            System.arraycopy(cut[s], 0, row, s * WIDTH, cut[s].length);
        }
    }
}
