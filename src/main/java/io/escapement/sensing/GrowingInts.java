package io.escapement.sensing;

import java.util.Arrays;

/** A growing array of ints: a boxed list of ten million would take five times the memory. */
public final class GrowingInts {

    private int[] data = new int[64];
    private int size;

    public void add(int value) {
        if (size == data.length) {
            data = Arrays.copyOf(data, GrowingDoubles.grown(size));
        }
        data[size++] = value;
    }

    public int get(int index) {
        return data[index];
    }

    public int size() {
        return size;
    }

    /** The storage itself; entries from {@code size()} on are unspecified. */
    public int[] array() {
        return data;
    }

    public int[] toArray() {
        return Arrays.copyOf(data, size);
    }
}
