package io.escapement.store;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What is kept of one run for its readers: header, status, landmark events and series in buckets. One thread appends at a
 * time, any number read. A reader holds up the writer for the copy of what it has not seen, in chunks of a few
 * microseconds.
 */
public final class RunLog {

    /** Rows copied while the writer waits. */
    private static final int CHUNK = 256;

    private static final int MAX_ROWS = 4096;
    private static final int MAX_LANDMARKS = 20_000;

    /** Copies in chunks that a writer may spoil by moving rows, before one is made in a single piece. */
    private static final int TRIES = 4;

    private final RunHeader header;
    private final Object lock = new Object();
    private final SeriesTable table;
    private final Landmarks landmarks;
    private final StatusTracker tracker = new StatusTracker();

    /** Indices of the newest heartbeats, which are neither rows nor landmarks. */
    private final long[] heartbeats = new long[64];

    private int heartbeatCount;

    /** Index of the event that last moved rows or added a series: who has read less needs everything. */
    private long reshaped = -1;

    private volatile long last = -1;
    private volatile boolean ended;

    public RunLog(RunHeader header) {
        this(header, MAX_ROWS, MAX_LANDMARKS);
    }

    /** @param maxRows buckets kept before they are merged */
    RunLog(RunHeader header, int maxRows, int maxLandmarks) {
        this.header = Objects.requireNonNull(header, "header");
        table = new SeriesTable(maxRows);
        landmarks = new Landmarks(maxLandmarks);
        Arrays.fill(heartbeats, -1);
    }

    public RunHeader header() {
        return header;
    }

    /** Index of the newest event, counting from 0; −1 before the first. */
    public long last() {
        return last;
    }

    /** Whether the newest attempt has given its verdict. */
    public boolean ended() {
        return ended;
    }

    /** Adds the next event. One thread at a time; cheap enough for the solver's own. */
    public void append(RunEvent event) {
        synchronized (lock) {
            long index = last + 1;
            if (event instanceof RunEvent.Iteration iteration) {
                double elapsed = iteration.stamp().elapsedSeconds();
                if (table.put(index, iteration, elapsed)) {
                    reshaped = index;
                }
                tracker.iteration(iteration, elapsed);
            } else {
                other(index, event);
            }
            if (ended != (tracker.verdict != null)) {
                ended = tracker.verdict != null;
            }
            last = index;
        }
    }

    private void other(long index, RunEvent event) {
        tracker.other(event);
        if (event.landmark()) {
            landmarks.add(index, event);
        } else {
            heartbeats[heartbeatCount++ % heartbeats.length] = index;
        }
        if (event instanceof RunEvent.Verdict) {
            table.trim();
        }
    }

    public RunStatus status() {
        StatusTracker facts;
        synchronized (lock) {
            facts = tracker.copy();
        }
        return facts.status();
    }

    /** Everything, for a reader who knows nothing. */
    public Change snapshot() {
        for (int attempt = 1; ; attempt++) {
            long seq;
            long dropped;
            List<Landmarks.Entry> marks;
            StatusTracker facts;
            Cut cut;
            synchronized (lock) {
                seq = last;
                dropped = landmarks.dropped();
                marks = landmarks.between(-1, seq);
                facts = tracker.copy();
                cut = new Cut(0, table.rows, attempt == TRIES);
            }
            SeriesTable rows = cut.rows();
            if (rows != null) {
                return new Change(seq, true, 0, facts.status(), new Columns(rows), events(marks), dropped);
            }
        }
    }

    /** A range of rows to be copied, a chunk at a time. */
    private final class Cut {
        private final int start;
        private final int end;
        private final long shapeAt = reshaped;
        private final SeriesTable.Shape shape = table.shape();
        private final SeriesTable inOnePiece;

        /** With the lock held. */
        Cut(int start, int end, boolean now) {
            this.start = start;
            this.end = Math.max(start, end);
            inOnePiece = now ? new SeriesTable(shape, this.end - start) : null;
            if (now) {
                inOnePiece.appendRange(table, start, this.end);
            }
        }

        /** Without the lock. Null if the writer moved rows meanwhile. */
        SeriesTable rows() {
            if (inOnePiece != null) {
                return inOnePiece;
            }
            SeriesTable copy = new SeriesTable(shape, end - start);
            for (int chunk = start; chunk < end; chunk += CHUNK) {
                synchronized (lock) {
                    if (reshaped != shapeAt) {
                        return null;
                    }
                    copy.appendRange(table, chunk, Math.min(chunk + CHUNK, end));
                }
            }
            return copy;
        }
    }

    /**
     * What changed after position {@code from}: a delta, or everything where that is not enough. Readers that name the same
     * two positions get the same answer up to rows and status that are newer still.
     *
     * @param to position the reader shall be at afterwards; at most {@link #last}
     */
    public Change since(long from, long to) {
        SeriesTable rows;
        List<Landmarks.Entry> marks;
        StatusTracker facts;
        long dropped;
        long beats = 0;
        synchronized (lock) {
            if (from < 0 || from < reshaped || from > to || to > last) {
                rows = null;
                marks = null;
                facts = null;
                dropped = 0;
            } else {
                rows = table.changedSince(from);
                marks = landmarks.between(from, to);
                facts = tracker.copy();
                dropped = landmarks.dropped();
                for (long beat : heartbeats) {
                    beats += beat > from && beat <= to ? 1 : 0;
                }
            }
        }
        if (rows == null) {
            return snapshot();
        }
        long iterations = to - from - marks.size() - beats;
        long conflated = Math.max(0, iterations - rows.changedUpTo(to));
        return new Change(to, false, conflated, facts.status(), new Columns(rows), events(marks), dropped);
    }

    /**
     * Series over a range of iterations, in buckets long enough that there are at most {@code points}.
     *
     * @param names wanted; empty for all
     * @param points at least 1
     */
    public Columns series(Set<String> names, long fromIteration, long toIteration, int points) {
        if (points < 1) {
            throw new IllegalArgumentException("points is " + points + "; at least 1 is needed");
        }
        SeriesTable copy = null;
        for (int attempt = 1; copy == null; attempt++) {
            Cut cut;
            synchronized (lock) {
                int end = toIteration == Long.MAX_VALUE ? table.rows : table.rowFrom(toIteration);
                boolean holds = end < table.rows && table.bucket[end] == toIteration >> table.level;
                cut = new Cut(table.rowFrom(Math.max(0, fromIteration)), holds ? end + 1 : end, attempt == TRIES);
            }
            copy = cut.rows();
        }
        if (!names.isEmpty()) {
            copy.keep(names);
        }
        while (copy.rows > points) {
            copy.raise();
        }
        return new Columns(copy);
    }

    /** A landmark event and its index in the log. */
    public record Landmark(long index, RunEvent event) {}

    /** The first {@code limit} landmarks after the index, in order. */
    public List<Landmark> landmarks(String kind, long after, int limit) {
        List<Landmarks.Entry> entries;
        synchronized (lock) {
            entries = landmarks.between(after, last);
        }
        return entries.stream()
                .filter(entry -> kind == null || entry.event().kind().equals(kind))
                .limit(limit)
                .map(entry -> new Landmark(entry.index(), entry.event()))
                .toList();
    }

    /** log₁₀ of the gradient norm along the run, at most {@code points} of them, NaN where there is none. */
    public double[] spark(int points) {
        double[] spark;
        synchronized (lock) {
            int line = table.line(Values.GRADIENT_NORM);
            spark = new double[line < 0 ? 0 : Math.min(points, table.rows)];
            for (int i = 0; i < spark.length; i++) {
                int row = (int) ((long) (i + 1) * table.rows / spark.length) - 1;
                spark[i] = table.has(line, row) ? table.lines[line].last[row] : Double.NaN;
            }
        }
        for (int i = 0; i < spark.length; i++) {
            spark[i] = Math.log10(spark[i]);
        }
        return spark;
    }

    /** About how much memory the log holds. */
    long bytes() {
        synchronized (lock) {
            return table.bytes() + 500L * landmarks.size();
        }
    }

    private static List<RunEvent> events(List<Landmarks.Entry> entries) {
        List<RunEvent> events = new ArrayList<>(entries.size());
        for (Landmarks.Entry entry : entries) {
            events.add(entry.event());
        }
        return Collections.unmodifiableList(events);
    }
}
