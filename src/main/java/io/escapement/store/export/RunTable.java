package io.escapement.store.export;

import io.escapement.event.Point3;
import io.escapement.store.Columns;
import io.escapement.store.EventJson;
import io.escapement.store.RunLog;
import io.escapement.store.SeriesBlock;
import io.escapement.store.StreamJson;
import io.escapement.store.disk.RunStore;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A run's series as one table, each stretch as fine as it is kept: a row is one iteration, or a bucket of several. Columns:
 * the last iteration of the row, how many iterations its bucket covers, segment, elapsed seconds, and each figure's last
 * value; where there are buckets of several iterations, its first, minimum and maximum too; the projected iterate.
 */
public final class RunTable {

    private static final List<String> WHERE = List.of("iteration", "bucket", "segment", "elapsed");
    private static final List<String> POINT = List.of("x", "y", "z");

    /** Null where there is only what is in memory. */
    private final RunStore store;

    private final RunLog log;
    private final Columns overview;
    private final List<String> figures;
    private final boolean buckets;

    /** @param store that may have the run in more detail, or null */
    public RunTable(RunStore store, RunLog log) {
        this.store = store;
        this.log = log;
        overview = log.series(Set.of(), 0, Long.MAX_VALUE, Integer.MAX_VALUE);
        figures = overview.names();
        buckets = overview.level() > 0;
    }

    public RunLog log() {
        return log;
    }

    /** Of one row. The numbers are in the order of {@link #names}; absent ones are null. */
    public record Row(long iteration, long bucket, int segment, double elapsed, List<Double> numbers) {}

    /** Names of all columns, in order; the first three hold whole numbers. */
    public List<String> columns() {
        List<String> all = new ArrayList<>(WHERE);
        all.addAll(names());
        return all;
    }

    /** Names of the columns behind the elapsed seconds. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (String figure : figures) {
            names.add(figure);
            if (buckets) {
                names.addAll(List.of(figure + "_first", figure + "_min", figure + "_max"));
            }
        }
        if (overview.hasPoints()) {
            names.addAll(POINT);
        }
        return names;
    }

    List<String> figures() {
        return figures;
    }

    boolean hasPoints() {
        return overview.hasPoints();
    }

    /** Columns that a figure has. */
    int perFigure() {
        return buckets ? 4 : 1;
    }

    /** Every row, in order. */
    public void rows(Consumer<Row> reader) {
        Splice splice = new Splice(reader);
        if (buckets && store != null) {
            store.detail(log.header().id(), splice::detail);
        }
        splice.overviewBefore(Long.MAX_VALUE);
    }

    /** Detail where there is some, and the overview before it. */
    private final class Splice {
        private final Consumer<Row> reader;
        private int next;
        private boolean detailed;

        Splice(Consumer<Row> reader) {
            this.reader = reader;
        }

        void detail(SeriesBlock block) {
            if (!detailed) {
                overviewBefore(block.firstIteration());
                detailed = true;
            }
            Columns columns = block.columns(Set.of());
            for (int row = 0; row < columns.rows(); row++) {
                reader.accept(row(columns, row));
            }
        }

        void overviewBefore(long iteration) {
            while (!detailed && next < overview.rows() && overview.iteration(next) < iteration) {
                reader.accept(row(overview, next++));
            }
        }
    }

    private Row row(Columns columns, int row) {
        List<Double> numbers = new ArrayList<>();
        for (String figure : figures) {
            numbers.add(boxed(columns.value(figure, Columns.Of.LAST, row)));
            if (buckets) {
                numbers.add(boxed(columns.value(figure, Columns.Of.FIRST, row)));
                numbers.add(boxed(columns.value(figure, Columns.Of.MIN, row)));
                numbers.add(boxed(columns.value(figure, Columns.Of.MAX, row)));
            }
        }
        if (overview.hasPoints()) {
            Point3 point = columns.point(row).orElse(null);
            numbers.add(point == null ? null : point.x());
            numbers.add(point == null ? null : point.y());
            numbers.add(point == null ? null : point.z());
        }
        return new Row(
                columns.iteration(row), 1L << columns.level(), columns.segment(row), columns.elapsed(row), numbers);
    }

    private static Double boxed(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }

    /** The run's landmarks, in order, as they were written, or as they are in memory where none were. */
    void landmarks(Consumer<String> reader) {
        String run = log.header().id();
        boolean[] any = {false};
        if (store != null) {
            store.landmarks(run, landmark -> {
                any[0] = true;
                reader.accept(landmark);
            });
        }
        if (!any[0]) {
            for (RunLog.Landmark landmark : log.landmarks(null, -1, Integer.MAX_VALUE)) {
                reader.accept(StreamJson.text(json -> EventJson.write(json, run, landmark.event())));
            }
        }
    }
}
