package io.escapement.store;

import java.util.Arrays;

/**
 * The columns of one series in a {@link SeriesTable}: first, minimum, maximum and last value of each row, and how many
 * were not finite. Minimum and maximum ignore NaN unless there is nothing else. What a row without the series holds is
 * left over from earlier and never read.
 */
final class SeriesLine {
    final String name;

    /** This and the next two are null at level 0, where a row is one iteration. */
    double[] first;

    double[] min;
    double[] max;
    double[] last;

    /** Null until a number is not finite, and at level 0. */
    int[] nonFinite;

    SeriesLine(String name, int capacity, boolean extremes) {
        this.name = name;
        last = new double[capacity];
        if (extremes) {
            first = new double[capacity];
            min = new double[capacity];
            max = new double[capacity];
        }
    }

    void resize(int capacity) {
        last = Arrays.copyOf(last, capacity);
        if (first != null) {
            first = Arrays.copyOf(first, capacity);
            min = Arrays.copyOf(min, capacity);
            max = Arrays.copyOf(max, capacity);
        }
        if (nonFinite != null) {
            nonFinite = Arrays.copyOf(nonFinite, capacity);
        }
    }

    void put(int row, double value, boolean has) {
        last[row] = value;
        if (first == null) {
            return;
        }
        if (has) {
            min[row] = lesser(min[row], value);
            max[row] = greater(max[row], value);
        } else {
            first[row] = value;
            min[row] = value;
            max[row] = value;
        }
        boolean finite = Math.abs(value) <= Double.MAX_VALUE;
        if (nonFinite != null) {
            nonFinite[row] = (has ? nonFinite[row] : 0) + (finite ? 0 : 1);
        } else if (!finite) {
            nonFinite = new int[last.length];
            nonFinite[row] = 1;
        }
    }

    /** Level 0 keeps only the last value, which is also the first and both extremes. */
    void storeExtremes(int rows, long[] present, long bit) {
        first = last.clone();
        min = last.clone();
        max = last.clone();
        for (int r = 0; r < rows; r++) {
            if ((present[r] & bit) != 0 && !(Math.abs(last[r]) <= Double.MAX_VALUE)) {
                if (nonFinite == null) {
                    nonFinite = new int[last.length];
                }
                nonFinite[r] = 1;
            }
        }
    }

    /** Merges row {@code b} into the earlier row {@code a}. */
    void merge(int a, int b, boolean hasA, boolean hasB) {
        if (!hasB) {
            return;
        }
        if (!hasA) {
            move(a, b);
            return;
        }
        min[a] = lesser(min[a], min[b]);
        max[a] = greater(max[a], max[b]);
        last[a] = last[b];
        if (nonFinite != null) {
            nonFinite[a] += nonFinite[b];
        }
    }

    void move(int to, int from) {
        last[to] = last[from];
        if (first != null) {
            first[to] = first[from];
            min[to] = min[from];
            max[to] = max[from];
        }
        if (nonFinite != null) {
            nonFinite[to] = nonFinite[from];
        }
    }

    /** Makes room for a row by moving those from {@code row} on. */
    void open(int row, int rows) {
        System.arraycopy(last, row, last, row + 1, rows - row);
        if (first != null) {
            System.arraycopy(first, row, first, row + 1, rows - row);
            System.arraycopy(min, row, min, row + 1, rows - row);
            System.arraycopy(max, row, max, row + 1, rows - row);
        }
        if (nonFinite != null) {
            System.arraycopy(nonFinite, row, nonFinite, row + 1, rows - row);
        }
    }

    void copy(SeriesLine from, int start, int at, int count) {
        System.arraycopy(from.last, start, last, at, count);
        if (first != null) {
            System.arraycopy(from.first, start, first, at, count);
            System.arraycopy(from.min, start, min, at, count);
            System.arraycopy(from.max, start, max, at, count);
        }
        if (from.nonFinite != null) {
            if (nonFinite == null) {
                nonFinite = new int[last.length];
            }
            System.arraycopy(from.nonFinite, start, nonFinite, at, count);
        }
    }

    /** Takes a row of the same series from another table of the same level; {@code has}: into what is there already. */
    void take(int row, SeriesLine from, int r, boolean has) {
        last[row] = from.last[r];
        if (first == null) {
            return;
        }
        if (has) {
            min[row] = lesser(min[row], from.min[r]);
            max[row] = greater(max[row], from.max[r]);
        } else {
            first[row] = from.first[r];
            min[row] = from.min[r];
            max[row] = from.max[r];
        }
        if (nonFinite == null && from.nonFinite != null) {
            nonFinite = new int[last.length];
        }
        if (nonFinite != null) {
            nonFinite[row] = (has ? nonFinite[row] : 0) + (from.nonFinite == null ? 0 : from.nonFinite[r]);
        }
    }

    private static double lesser(double a, double b) {
        return b < a || Double.isNaN(a) ? b : a;
    }

    private static double greater(double a, double b) {
        return b > a || Double.isNaN(a) ? b : a;
    }
}
