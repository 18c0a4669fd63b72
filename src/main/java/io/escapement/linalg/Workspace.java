package io.escapement.linalg;

import java.util.ArrayList;
import java.util.List;

/**
 * Scratch arrays of one run, so that a step allocates only what it returns. A slot's content lives until the slot is
 * asked for again. Not thread-safe: one run, one workspace.
 */
public final class Workspace {

    private final List<double[]> slots = new ArrayList<>();

    /** The array of a slot, at least {@code length} long, with unspecified content. */
    public double[] array(int slot, int length) {
        while (slots.size() <= slot) {
            slots.add(new double[0]);
        }
        double[] array = slots.get(slot);
        if (array.length < length) {
            array = new double[length];
            slots.set(slot, array);
        }
        return array;
    }
}
