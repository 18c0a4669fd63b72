package io.escapement.landscape.plane;

import io.escapement.problem.PlaneLoss;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * h on a square grid over a window, size×size points for a size of 2^k + 1, so that each grid holds every point of the coarser ones: a
 * picture is shown coarse and made finer, and no value is computed twice. Immutable.
 */
public final class PlaneGrid {

    /** What a grid may be. */
    public static final int LEAST = 9;

    public static final int MOST = 257;

    private final Window window;
    private final int size;
    private final double[] values;

    private PlaneGrid(Window window, int size, double[] values) {
        this.window = window;
        this.size = size;
        this.values = values;
    }

    /** Whether a grid can be of this size: 9, 17, 33, 65, 129 or 257. */
    public static boolean possible(int size) {
        return size >= LEAST && size <= MOST && Integer.bitCount(size - 1) == 1;
    }

    /**
     * @param coarser of the same window, whose values are taken over; or null
     * @param stop asked once a row
     * @throws IllegalArgumentException if a size does not fit
     * @throws CancellationException if it was broken off
     */
    public static PlaneGrid of(PlaneLoss loss, Window window, int size, PlaneGrid coarser, BooleanSupplier stop) {
        if (!possible(size)) {
            throw new IllegalArgumentException(
                    "size is " + size + "; 9, 17, 33, 65, 129 or 257 would be valid, so that grids nest");
        }
        if (coarser != null && (!coarser.window.equals(window) || coarser.size > size)) {
            throw new IllegalArgumentException("the coarser grid is of size " + coarser.size + " on " + coarser.window
                    + "; one of at most " + size + " on " + window + " is needed");
        }
        double[] values = new double[size * size];
        int step = coarser == null ? 0 : (size - 1) / (coarser.size - 1);
        for (int j = 0; j < size; j++) {
            if (stop.getAsBoolean()) {
                throw new CancellationException("the grid was not wanted any longer");
            }
            for (int i = 0; i < size; i++) {
                boolean known = step > 0 && i % step == 0 && j % step == 0;
                values[j * size + i] = known
                        ? coarser.values[(j / step) * coarser.size + i / step]
                        : loss.at(window.alpha(i, size), window.beta(j, size));
            }
        }
        return new PlaneGrid(window, size, values);
    }

    /** Every second, fourth, … point of it. */
    public PlaneGrid coarsened(int smaller) {
        if (!possible(smaller) || smaller > size) {
            throw new IllegalArgumentException("size is " + smaller + "; that of a grid up to " + size + " is needed");
        }
        int step = (size - 1) / (smaller - 1);
        double[] some = new double[smaller * smaller];
        for (int j = 0; j < smaller; j++) {
            for (int i = 0; i < smaller; i++) {
                some[j * smaller + i] = values[j * step * size + i * step];
            }
        }
        return new PlaneGrid(window, smaller, some);
    }

    public Window window() {
        return window;
    }

    public int size() {
        return size;
    }

    /** h by rows of constant β, the lowest β first, and in a row the lowest α first; a copy. */
    public double[] values() {
        return Arrays.copyOf(values, values.length);
    }

    /** Of column i and row j. */
    public double value(int i, int j) {
        return values[j * size + i];
    }
}
