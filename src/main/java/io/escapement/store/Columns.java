package io.escapement.store;

import io.escapement.event.Point3;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Rows of a run's series at one moment: a copy that nobody changes any more. */
public final class Columns {

    /** Which number of a bucket. */
    public enum Of {
        FIRST,
        MIN,
        MAX,
        LAST
    }

    final SeriesTable table;

    /** @param table taken over */
    Columns(SeriesTable table) {
        this.table = table;
    }

    /** A row is a bucket of 2^level iterations. */
    public int level() {
        return table.level;
    }

    public int rows() {
        return table.rows;
    }

    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (SeriesLine line : table.lines) {
            names.add(line.name);
        }
        return names;
    }

    /** Bucket b covers the iterations b·2^level … (b + 1)·2^level − 1. */
    public long bucket(int row) {
        return table.bucket[row];
    }

    /** Last iteration in the bucket. */
    public long iteration(int row) {
        return table.iteration[row];
    }

    /** Stretch between escapes at the last iteration. */
    public int segment(int row) {
        return table.segment[row];
    }

    /** Seconds since the run began, at the last iteration. */
    public double elapsed(int row) {
        return table.elapsed[row];
    }

    /** The last iterate that was projected; empty where the bucket has none. */
    public Optional<Point3> point(int row) {
        return table.hasPoint(row) ? Optional.of(table.points.get(row)) : Optional.empty();
    }

    /** Whether any bucket has a projected iterate. */
    public boolean hasPoints() {
        return table.points != null;
    }

    /** A number of a series, empty where the bucket has none. */
    public OptionalDouble value(String name, Of of, int row) {
        int i = table.line(name);
        if (i < 0 || !table.has(i, row)) {
            return OptionalDouble.empty();
        }
        SeriesLine line = table.lines[i];
        double[] column = line.first == null
                ? line.last
                : switch (of) {
                    case FIRST -> line.first;
                    case MIN -> line.min;
                    case MAX -> line.max;
                    case LAST -> line.last;
                };
        return OptionalDouble.of(column[row]);
    }

    /** How many numbers of the series in the bucket are NaN or infinite. */
    public int nonFinite(String name, int row) {
        int i = table.line(name);
        if (i < 0 || !table.has(i, row)) {
            return 0;
        }
        SeriesLine line = table.lines[i];
        if (line.first == null) {
            return Double.isFinite(line.last[row]) ? 0 : 1;
        }
        return line.nonFinite == null ? 0 : line.nonFinite[row];
    }
}
