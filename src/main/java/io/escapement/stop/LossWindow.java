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

    /** @param ring shared with nobody */
    @SuppressWarnings("ArrayRecordComponent") // written and read, never compared
    record Memory(double[] ring, long seen) {}

    Memory memory() {
        return new Memory(ring.clone(), seen);
    }

    /** @throws IllegalArgumentException if it is of a window of another size */
    void recall(Memory memory) {
        if (memory.ring.length != ring.length) {
            throw new IllegalArgumentException("the memory is of a window of " + (memory.ring.length - 1)
                    + " iterations; one of " + (ring.length - 1) + " is needed");
        }
        System.arraycopy(memory.ring, 0, ring, 0, ring.length);
        seen = memory.seen;
    }
}
