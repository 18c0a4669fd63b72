package io.escapement.stop;

/** The losses of the last iterations, as a ring. */
final class LossWindow {

    private final double[] ring;
    private long seen;

    /** @param size iterations to look back, at least 1 */
    LossWindow(int size) {
        this.ring = new double[size + 1];
    }

    static void requireSize(int window) {
        if (window < 1) {
            throw new IllegalArgumentException("window is " + window + " iterations; at least 1 is needed");
        }
    }

    void add(double loss) {
        ring[(int) (seen++ % ring.length)] = loss;
    }

    boolean full() {
        return seen >= ring.length;
    }

    /** The loss {@code back} iterations before the newest. */
    double back(int back) {
        return ring[(int) ((seen - 1 - back) % ring.length)];
    }
}
