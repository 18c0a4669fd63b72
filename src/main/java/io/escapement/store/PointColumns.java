package io.escapement.store;

import io.escapement.event.Point3;
import java.util.Arrays;

/**
 * The columns of projected iterates in a {@link SeriesTable}: the last one of each row. What a row without one holds is left over from
 * earlier and never read.
 */
final class PointColumns {

    double[] x;
    double[] y;
    double[] z;

    PointColumns(int capacity) {
        this(new double[capacity], new double[capacity], new double[capacity]);
    }

    /** Of the same length; taken over. */
    PointColumns(double[] x, double[] y, double[] z) {
        this.x = x;
        this.y = y;
        this.z = z;
    }

    void resize(int capacity) {
        x = Arrays.copyOf(x, capacity);
        y = Arrays.copyOf(y, capacity);
        z = Arrays.copyOf(z, capacity);
    }

    void put(int row, Point3 point) {
        x[row] = point.x();
        y[row] = point.y();
        z[row] = point.z();
    }

    Point3 get(int row) {
        return new Point3(x[row], y[row], z[row]);
    }

    void move(int to, int from) {
        take(to, this, from);
    }

    /** Makes room for a row by moving those from {@code row} on. */
    void open(int row, int rows) {
        System.arraycopy(x, row, x, row + 1, rows - row);
        System.arraycopy(y, row, y, row + 1, rows - row);
        System.arraycopy(z, row, z, row + 1, rows - row);
    }

    void copy(PointColumns from, int start, int at, int count) {
        System.arraycopy(from.x, start, x, at, count);
        System.arraycopy(from.y, start, y, at, count);
        System.arraycopy(from.z, start, z, at, count);
    }

    /** Takes a row of another table's. */
    void take(int row, PointColumns from, int r) {
        x[row] = from.x[r];
        y[row] = from.y[r];
        z[row] = from.z[r];
    }
}
