package io.escapement.linalg.tensor;

/** n^l. */
public final class TensorSize {

    private TensorSize() {}

    /**
     * n^l.
     *
     * @throws ArithmeticException if it is no int
     */
    public static int entries(int n, int order) {
        int size = 1;
        for (int mode = 0; mode < order; mode++) {
            size = Math.multiplyExact(size, n);
        }
        return size;
    }

    /** n^l as far as a double can tell: for what may be too large to be held. */
    public static double count(double n, int order) {
        return Math.pow(n, order);
    }
}
