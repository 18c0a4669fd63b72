package io.escapement.store;

import io.escapement.event.Names;
import io.escapement.event.Point3;
import io.escapement.event.RunEvent;
import io.escapement.event.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Series in buckets of 2^level iterations, one row per bucket that holds any, in order of bucket number, one array per
 * column. At level 0 a row is one iteration and only its last values are stored; above, first, minimum, maximum and last.
 * When a row more than the cap would be needed the level rises and rows merge. Not thread-safe.
 *
 * <p>Over the usual length because rows are written, inserted, merged and copied column by column, and all of these must
 * agree on what the columns are.
 */
final class SeriesTable {

    /** Names beyond these are not kept: presence is one bit each of a long. */
    static final int MAX_LINES = Values.MOST_SERIES;

    private static final long POINT = 1L << 63;
    private static final int MAX_LEVEL = 62;
    private static final int FIRST_CAPACITY = 64;

    private final int maxRows;

    int level;
    int rows;
    long[] bucket;
    long[] iteration;
    int[] segment;
    double[] elapsed;

    /** Bit i: the row has series i; the highest bit: it has a point. */
    long[] present;

    /** Index in the log of the event that last changed the row. */
    long[] changed;

    /** Null until the first point. */
    PointColumns points;

    SeriesLine[] lines = new SeriesLine[0];

    /** Whether {@link #changed} ascends: no iteration was ever sent again. */
    private boolean ordered = true;

    private Names mapped = Names.of();
    private int[] slots = new int[0];

    /** @param maxRows at which the level rises; at least 2 */
    SeriesTable(int maxRows) {
        if (maxRows < 2) {
            throw new IllegalArgumentException("maxRows is " + maxRows + "; at least 2 are needed to merge pairs");
        }
        this.maxRows = maxRows;
        allocate(Math.min(FIRST_CAPACITY, maxRows));
    }

    /** An empty table at a level, that grows as it must and rises only when told to. */
    static SeriesTable unbounded(int level) {
        SeriesTable table = new SeriesTable(Integer.MAX_VALUE);
        table.level = level;
        return table;
    }

    /** An empty table of a known shape, to copy rows into. */
    SeriesTable(Shape shape, int capacity) {
        maxRows = Math.max(2, capacity);
        level = shape.level;
        allocate(capacity);
        lines = new SeriesLine[shape.lines.length];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new SeriesLine(shape.lines[i].name, capacity, level > 0);
        }
        points = shape.points ? new PointColumns(capacity) : null;
    }

    /** What a copy must agree on with the table whose rows it takes. */
    static final class Shape {
        private final int level;
        private final SeriesLine[] lines;
        private final boolean points;

        private Shape(int level, SeriesLine[] lines, boolean points) {
            this.level = level;
            this.lines = lines;
            this.points = points;
        }
    }

    Shape shape() {
        return new Shape(level, lines, points != null);
    }

    /**
     * Stores one iteration. Allocates nothing while names, points and capacity stay as they are.
     *
     * @return whether rows or lines are no longer where a reader knew them
     */
    boolean put(long index, RunEvent.Iteration event, double elapsedSeconds) {
        boolean reshaped = map(event.values().names());
        long i = event.stamp().iteration();
        int row = rows - 1;
        if (row < 0 || i >> level != bucket[row]) {
            int levelBefore = level;
            int rowsBefore = rows;
            boolean ascending = row < 0 || i >> level > bucket[row];
            row = ascending ? append(i) : rewrite(i);
            reshaped |= level != levelBefore || (!ascending && rows != rowsBefore);
        }
        iteration[row] = i;
        segment[row] = event.stamp().segment();
        elapsed[row] = elapsedSeconds;
        changed[row] = index;
        long bits = present[row];
        Values values = event.values();
        for (int v = 0; v < slots.length; v++) {
            int slot = slots[v];
            if (slot >= 0) {
                long bit = 1L << slot;
                lines[slot].put(row, values.get(v), (bits & bit) != 0);
                bits |= bit;
            }
        }
        Point3 point = event.point();
        if (point != null) {
            if (points == null) {
                needPoints();
                reshaped |= rows > 1;
            }
            points.put(row, point);
            bits |= POINT;
        }
        present[row] = bits;
        return reshaped;
    }

    /** Whether the next iteration, of this number, would make rows merge. */
    boolean fullFor(long i) {
        return rows >= maxRows && i >> level > bucket[rows - 1];
    }

    /** Copies of all rows, in a table that holds up to {@code most} of them before it rises. */
    SeriesTable copy(int most) {
        SeriesTable copy = new SeriesTable(most);
        copy.level = level;
        copy.ordered = ordered;
        SeriesMerge.into(copy, this);
        return copy;
    }

    /** Copies of the rows that a later attempt rewrites. */
    SeriesTable taken(Rewind rewind) {
        int count = 0;
        for (int r = 0; r < rows; r++) {
            count += rewind.takes(iteration[r], changed[r]) ? 1 : 0;
        }
        SeriesTable copy = new SeriesTable(shape(), count);
        for (int r = 0; r < rows; r++) {
            if (rewind.takes(iteration[r], changed[r])) {
                copy.appendRange(this, r, r + 1);
            }
        }
        return copy;
    }

    /** Forgets the rows that a later attempt rewrites; whether there were any. A bucket that reaches beyond goes whole. */
    boolean rewind(Rewind rewind) {
        int kept = 0;
        for (int r = 0; r < rows; r++) {
            if (rewind.takes(iteration[r], changed[r])) {
                continue;
            }
            if (kept < r) {
                long number = bucket[r];
                move(kept, r);
                bucket[kept] = number;
            }
            kept++;
        }
        boolean any = kept < rows;
        rows = kept;
        return any;
    }

    /** First row that an event after {@code from} changed; {@link #rows} if none has. */
    int firstChanged(long from) {
        int row = rows;
        if (ordered) {
            while (row > 0 && changed[row - 1] > from) {
                row--;
            }
            return row;
        }
        for (int r = 0; r < rows; r++) {
            if (changed[r] > from) {
                return r;
            }
        }
        return rows;
    }

    /** The row of a bucket, which is made if it is not there. Only where {@code maxRows} leaves room. */
    int rowOf(long number, long index) {
        int row = rows - 1;
        if (row < 0 || number > bucket[row]) {
            ordered &= row < 0 || index >= changed[row];
            return append(number << level);
        }
        if (number == bucket[row]) {
            return row;
        }
        return rewrite(number << level);
    }

    /** Position of the series, which is added if there is room for one more; −1 if not. */
    int lineOrNew(String name) {
        int line = line(name);
        if (line < 0 && lines.length < MAX_LINES) {
            line = lines.length;
            lines = Arrays.copyOf(lines, line + 1);
            lines[line] = new SeriesLine(name, bucket.length, level > 0);
        }
        return line;
    }

    void needPoints() {
        if (points == null) {
            points = new PointColumns(bucket.length);
        }
    }

    /** Takes the point of a row of another table, where there is room for points. */
    void takePoint(int row, SeriesTable from, int r) {
        points.take(row, from.points, r);
        present[row] |= POINT;
    }

    boolean hasPoint(int row) {
        return (present[row] & POINT) != 0;
    }

    boolean has(int line, int row) {
        return (present[row] & (1L << line)) != 0;
    }

    /** The lowest number of a series; +∞ where there is none. */
    double least(String name) {
        int line = line(name);
        double least = Double.POSITIVE_INFINITY;
        for (int row = 0; line >= 0 && row < rows; row++) {
            double[] lowest = level == 0 ? lines[line].last : lines[line].min;
            least = has(line, row) && lowest[row] < least ? lowest[row] : least;
        }
        return least;
    }

    /** Position of the series, or −1. */
    int line(String name) {
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].name.equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Row of the first bucket that ends at or after the iteration; {@link #rows} if there is none. */
    int rowFrom(long iteration) {
        int found = Arrays.binarySearch(bucket, 0, rows, iteration >> level);
        return found >= 0 ? found : -found - 1;
    }

    /** Row after the bucket that holds the iteration, or before which it would be; {@link #rows} for {@link Long#MAX_VALUE}. */
    int rowAfter(long iteration) {
        if (iteration == Long.MAX_VALUE) {
            return rows;
        }
        int row = rowFrom(iteration);
        return row < rows && bucket[row] == iteration >> level ? row + 1 : row;
    }

    /** The rows changed after the event {@code from}, in a table of their own. */
    SeriesTable changedSince(long from) {
        if (ordered) {
            int start = firstChanged(from);
            SeriesTable copy = new SeriesTable(shape(), rows - start);
            copy.appendRange(this, start, rows);
            return copy;
        }
        int count = 0;
        for (int r = 0; r < rows; r++) {
            count += changed[r] > from ? 1 : 0;
        }
        SeriesTable copy = new SeriesTable(shape(), count);
        for (int r = 0; r < rows; r++) {
            if (changed[r] > from) {
                copy.appendRange(this, r, r + 1);
            }
        }
        return copy;
    }

    /** Rows that have news of events up to {@code to}; where rows are buckets, one may have newer news as well. */
    int changedUpTo(long to) {
        int count = 0;
        for (int r = 0; r < rows; r++) {
            count += changed[r] <= to ? 1 : 0;
        }
        return level > 0 && count < rows ? count + 1 : count;
    }

    /** Appends copies of another table's rows; there must be room. */
    void appendRange(SeriesTable from, int start, int end) {
        int count = end - start;
        System.arraycopy(from.bucket, start, bucket, rows, count);
        System.arraycopy(from.iteration, start, iteration, rows, count);
        System.arraycopy(from.segment, start, segment, rows, count);
        System.arraycopy(from.elapsed, start, elapsed, rows, count);
        System.arraycopy(from.present, start, present, rows, count);
        System.arraycopy(from.changed, start, changed, rows, count);
        if (points != null) {
            points.copy(from.points, start, rows, count);
        }
        for (int i = 0; i < lines.length; i++) {
            lines[i].copy(from.lines[i], start, rows, count);
        }
        rows += count;
    }

    /** Merges pairs of buckets into buckets twice as long. */
    void raise() {
        if (level == 0) {
            for (int i = 0; i < lines.length; i++) {
                lines[i].storeExtremes(rows, present, 1L << i);
            }
        }
        level++;
        int kept = 0;
        for (int r = 0; r < rows; r++) {
            long b = bucket[r] >> 1;
            if (kept > 0 && bucket[kept - 1] == b) {
                merge(kept - 1, r);
            } else {
                move(kept, r);
                bucket[kept++] = b;
            }
        }
        rows = kept;
    }

    /** Forgets all series but these. */
    void keep(Set<String> names) {
        List<SeriesLine> kept = new ArrayList<>();
        long[] bits = new long[rows];
        for (int i = 0; i < lines.length; i++) {
            if (names.contains(lines[i].name)) {
                long bit = 1L << kept.size();
                for (int r = 0; r < rows; r++) {
                    bits[r] |= has(i, r) ? bit : 0;
                }
                kept.add(lines[i]);
            }
        }
        for (int r = 0; r < rows; r++) {
            present[r] = bits[r] | (present[r] & POINT);
        }
        lines = kept.toArray(SeriesLine[]::new);
        mapped = Names.of();
        slots = new int[0];
    }

    /** Gives back the room that was kept for more rows. */
    void trim() {
        resize(Math.max(1, rows));
    }

    long bytes() {
        long perLine = level == 0 ? Double.BYTES : 4 * Double.BYTES + Integer.BYTES;
        return bucket.length
                * (5L * Long.BYTES + Integer.BYTES + (points == null ? 0 : 3 * Double.BYTES) + lines.length * perLine);
    }

    private int append(long i) {
        while (rows >= maxRows && level < MAX_LEVEL) {
            raise();
            if (rows > 0 && bucket[rows - 1] == i >> level) {
                return rows - 1;
            }
        }
        if (rows == bucket.length) {
            resize(Math.max(rows + 1, Math.min(2 * rows, maxRows)));
        }
        bucket[rows] = i >> level;
        present[rows] = 0;
        return rows++;
    }

    /** The row of an iteration below the newest one, as a second attempt sends them. */
    private int rewrite(long i) {
        ordered = false;
        int found = Arrays.binarySearch(bucket, 0, rows, i >> level);
        if (found >= 0) {
            return found;
        }
        while (rows >= maxRows && level < MAX_LEVEL) {
            raise();
        }
        found = Arrays.binarySearch(bucket, 0, rows, i >> level);
        if (found >= 0) {
            return found;
        }
        int row = -found - 1;
        if (rows == bucket.length) {
            resize(Math.max(rows + 1, Math.min(2 * rows, maxRows)));
        }
        int after = rows - row;
        System.arraycopy(bucket, row, bucket, row + 1, after);
        System.arraycopy(iteration, row, iteration, row + 1, after);
        System.arraycopy(segment, row, segment, row + 1, after);
        System.arraycopy(elapsed, row, elapsed, row + 1, after);
        System.arraycopy(present, row, present, row + 1, after);
        System.arraycopy(changed, row, changed, row + 1, after);
        if (points != null) {
            points.open(row, rows);
        }
        for (SeriesLine line : lines) {
            line.open(row, rows);
        }
        rows++;
        bucket[row] = i >> level;
        present[row] = 0;
        return row;
    }

    private void merge(int a, int b) {
        iteration[a] = iteration[b];
        segment[a] = segment[b];
        elapsed[a] = elapsed[b];
        changed[a] = Math.max(changed[a], changed[b]);
        for (int i = 0; i < lines.length; i++) {
            lines[i].merge(a, b, has(i, a), has(i, b));
        }
        if (hasPoint(b)) {
            points.move(a, b);
        }
        present[a] |= present[b];
    }

    private void move(int to, int from) {
        if (to == from) {
            return;
        }
        iteration[to] = iteration[from];
        segment[to] = segment[from];
        elapsed[to] = elapsed[from];
        changed[to] = changed[from];
        present[to] = present[from];
        if (points != null) {
            points.move(to, from);
        }
        for (SeriesLine line : lines) {
            line.move(to, from);
        }
    }

    /** Finds the line of each name, adding lines for new ones; whether any was added while there were rows. */
    private boolean map(Names names) {
        if (names.equals(mapped)) {
            return false;
        }
        int before = lines.length;
        if (slots.length != names.size()) {
            slots = new int[names.size()];
        }
        for (int i = 0; i < slots.length; i++) {
            slots[i] = lineOrNew(names.get(i));
        }
        mapped = names;
        return rows > 0 && lines.length > before;
    }

    private void allocate(int capacity) {
        bucket = new long[capacity];
        iteration = new long[capacity];
        segment = new int[capacity];
        elapsed = new double[capacity];
        present = new long[capacity];
        changed = new long[capacity];
    }

    private void resize(int capacity) {
        bucket = Arrays.copyOf(bucket, capacity);
        iteration = Arrays.copyOf(iteration, capacity);
        segment = Arrays.copyOf(segment, capacity);
        elapsed = Arrays.copyOf(elapsed, capacity);
        present = Arrays.copyOf(present, capacity);
        changed = Arrays.copyOf(changed, capacity);
        if (points != null) {
            points.resize(capacity);
        }
        for (SeriesLine line : lines) {
            line.resize(capacity);
        }
    }
}
