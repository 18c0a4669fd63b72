package io.escapement.sensing;

import java.util.Arrays;

/** A growing array of ints: a boxed list of ten million would take five times the memory. */
final class GrowingInts {

    private int[] data = new int[64];
    private int size;

    void add(int value) {
        if (size == data.length) {
            data = Arrays.copyOf(data, GrowingDoubles.grown(size));
        }
        data[size++] = value;
    }

    int get(int index) {
        return data[index];
    }

    int size() {
        return size;
    }

    /** The storage itself; entries from {@code size()} on are unspecified. */
    int[] array() {
        return data;
    }

    int[] toArray() {
        return Arrays.copyOf(data, size);
    }
}
