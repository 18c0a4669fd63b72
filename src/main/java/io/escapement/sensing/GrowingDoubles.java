package io.escapement.sensing;

import java.util.Arrays;

/** A growing array of doubles. */
public final class GrowingDoubles {

    private static final int LIMIT = Integer.MAX_VALUE - 8;

    private double[] data = new double[64];
    private int size;

    static int grown(int size) {
        if (size >= LIMIT) {
            throw new IllegalArgumentException("more than " + LIMIT + " entries cannot be held");
        }
        return (int) Math.min(LIMIT, size * 2L);
    }

    public void add(double value) {
        if (size == data.length) {
            data = Arrays.copyOf(data, grown(size));
        }
        data[size++] = value;
    }

    public int size() {
        return size;
    }

    /** The storage itself; entries from {@code size()} on are unspecified. */
    public double[] array() {
        return data;
    }

    public double[] toArray() {
        return Arrays.copyOf(data, size);
    }
}
