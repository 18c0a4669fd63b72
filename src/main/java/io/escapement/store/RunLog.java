package io.escapement.store;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.Stamp;
import io.escapement.event.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of one run for its readers: header, status, landmark events and series in buckets. One thread appends at a
 * time, any number read. A reader holds up the writer for the copy of what it has not seen, in chunks of a few
 * microseconds.
 *
 * <p>A store is a reader too: it takes an {@link Increment} now and then, and with it the newest iterations as a
 * {@link SeriesBlock}, which are as fine as fits between two of its visits. A log read back from a store is told by it
 * what happened, not by events.
 *
 * <p>Over the usual length because appending, copying and mirroring share one lock and the order of what is done under it.
 */
public final class RunLog implements Listed {

    /** Rows copied while the writer waits. */
    private static final int CHUNK = 256;

    private static final int MAX_ROWS = 4096;
    private static final int MAX_LANDMARKS = 20_000;

    /** Of the newest iterations between two visits of a store; beyond that they merge in pairs. */
    private static final int RECENT_ROWS = 8192;

    static final int SPARK_POINTS = 60;

    /** Copies in chunks that a writer may spoil by moving rows, before one is made in a single piece. */
    private static final int TRIES = 4;

    private volatile RunHeader header;
    private volatile Attachment attachment;
    private final Outlook outlook;
    private final Object lock = new Object();
    private SeriesTable table;
    private Landmarks landmarks;
    private StatusTracker tracker = new StatusTracker();

    /** After the first, in order. */
    private List<Attempt> attempts = List.of();

    /** Whether the newest attempt has told of an iteration: from the first on it rewrites, and not before. */
    private boolean iterated;

    /** What a store has to rewrite, by the log's index; one for each attempt. */
    private final List<Rewind> rewinds = new ArrayList<>();

    /** What they took out of the overview, as far as this process did it; in order of attempt. */
    private final List<Replaced> replaced = new ArrayList<>();

    /** The newest that a store has, or null. */
    private Checkpointed checkpoint;

    private AcceptedEscapes escapes = new AcceptedEscapes();

    /** Indices of the newest heartbeats, which are neither rows nor landmarks. */
    private final long[] heartbeats = new long[64];

    private int heartbeatCount;

    /** Index of the event that last moved rows or added a series: who has read less needs everything. */
    private long reshaped = -1;

    /** Whether a store visits. */
    private boolean recorded;

    /** What the store has not yet taken, once the table has buckets of more than one iteration; null before. */
    private SeriesTable recent;

    /**
     * The first event after a reader's last look, and when it came, by {@link System#nanoTime}; −1 before there was one. One clock
     * reading for a look, not for an event.
     */
    private long arrivedIndex = -1;

    private long arrivedNanos;

    /** Whether the next event is to be noted. */
    private boolean noteArrival = true;

    /** Of a log read from a store; null where events tell. */
    private volatile RunStatus told;

    private volatile long last = -1;
    private volatile boolean ended;

    public RunLog(RunHeader header) {
        this(header, Outlook.NONE);
    }

    /** @param outlook adds to each status what events alone do not tell */
    public RunLog(RunHeader header, Outlook outlook) {
        this(header, outlook, MAX_ROWS, MAX_LANDMARKS);
    }

    /** As it was read from a store. */
    public static RunLog stored(RunHeader header, Increment whole) {
        RunLog log = new RunLog(header);
        log.mirror(whole);
        return log;
    }

    /** @param maxRows buckets kept before they are merged */
    RunLog(RunHeader header, int maxRows, int maxLandmarks) {
        this(header, Outlook.NONE, maxRows, maxLandmarks);
    }

    private RunLog(RunHeader header, Outlook outlook, int maxRows, int maxLandmarks) {
        this.header = Objects.requireNonNull(header, "header");
        this.outlook = Objects.requireNonNull(outlook, "outlook");
        table = new SeriesTable(maxRows);
        landmarks = new Landmarks(maxLandmarks);
        Arrays.fill(heartbeats, -1);
    }

    @Override
    public RunHeader header() {
        return header;
    }

    /** Gives the run another name, tags and note. */
    void label(RunHeader labelled) {
        header = labelled;
    }

    /** Gives the run something that is kept beside its events. Before the first event. */
    public void attach(Attachment other) {
        attachment = other;
    }

    /** What is kept beside the events, where that is in memory. */
    public Optional<Attachment> attachment() {
        return Optional.ofNullable(attachment);
    }

    @Override
    public long last() {
        return last;
    }

    @Override
    public boolean ages() {
        return outlook != Outlook.NONE && !ended;
    }

    /** Whether the newest attempt has given its verdict. */
    public boolean ended() {
        return ended;
    }

    /** Adds the next event. One thread at a time; cheap enough for the solver's own. */
    public void append(RunEvent event) {
        synchronized (lock) {
            long index = last + 1;
            takeUp(index, event);
            if (noteArrival) {
                noteArrival = false;
                arrivedIndex = index;
                arrivedNanos = System.nanoTime();
            }
            if (event instanceof RunEvent.Iteration iteration) {
                double elapsed = iteration.stamp().elapsedSeconds();
                if (recorded) {
                    keepRecent(index, iteration, elapsed);
                }
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

    /** A later attempt rewrites what it overlaps, from its first iteration on. */
    private void takeUp(long index, RunEvent event) {
        int newest = attempts.isEmpty() ? 1 : attempts.get(attempts.size() - 1).number();
        boolean iterates = event instanceof RunEvent.Iteration;
        if (event.stamp().attempt() > newest) {
            iterated = false;
            attempts = added(attempts, Attempt.by(event));
            supersede(index);
        } else if (iterates && !iterated && newest > 1 && event.stamp().attempt() == newest) {
            Attempt known = attempts.get(attempts.size() - 1);
            if (event.stamp().iteration() <= known.iteration()) {
                attempts = added(attempts.subList(0, attempts.size() - 1), Attempt.by(event));
                supersede(index);
            }
        }
        iterated |= iterates;
    }

    private static List<Attempt> added(List<Attempt> before, Attempt next) {
        List<Attempt> all = new ArrayList<>(before);
        all.add(next);
        return List.copyOf(all);
    }

    /** What the newest attempt takes up from elsewhere holds no longer. */
    private void supersede(long index) {
        Attempt newest = attempts.get(attempts.size() - 1);
        Rewind rewind = new Rewind(newest.iteration() + 1, index);
        SeriesTable taken = table.taken(rewind);
        if (table.rewind(rewind)) {
            reshaped = index;
            keep(newest.number(), index, taken);
        }
        if (recent != null) {
            recent.rewind(rewind);
        }
        rewinds.add(rewind);
        List<RunEvent> holding = new ArrayList<>();
        int counted = tracker.escapes;
        escapes = new AcceptedEscapes();
        List<Attempt> before = attempts.subList(0, attempts.size() - 1);
        for (Landmarks.Entry mark : landmarks.between(-1, last)) {
            Stamp stamp = mark.event().stamp();
            if (before.stream().anyMatch(attempt -> attempt.supersedes(stamp))) {
                continue;
            }
            boolean holds = !newest.supersedes(stamp);
            if (holds) {
                holding.add(mark.event());
            }
            if (accepted(mark.event())) {
                counted -= holds ? 0 : 1;
                if (holds) {
                    escapes.add(stamp.iteration(), stamp.time().toEpochMilli());
                }
            }
        }
        tracker = StatusTracker.after(counted, holding);
    }

    private void keep(int attempt, long index, SeriesTable taken) {
        int last = replaced.size() - 1;
        if (last >= 0 && replaced.get(last).attempt() == attempt) {
            replaced.set(last, replaced.get(last).and(taken, index));
            return;
        }
        replaced.add(Replaced.of(attempt, index, new SeriesBlock(taken)));
        if (replaced.size() > Replaced.KEPT) {
            replaced.remove(0);
        }
    }

    /** What attempts took out of the series, in order, as far as this process did it. */
    public List<Replaced> replaced() {
        synchronized (lock) {
            return List.copyOf(replaced);
        }
    }

    /**
     * A log that was read from a store goes on with another attempt, whose events follow here. Those that a reader of it has seen keep
     * their places.
     */
    public void takeUp(Attempt attempt) {
        synchronized (lock) {
            tracker.escapes = told == null ? tracker.escapes : told.escapes();
            attempts = added(told == null ? attempts : told.attempts(), attempt);
            checkpoint = told == null ? checkpoint : told.checkpoint();
            told = null;
            ended = false;
            recorded = true;
            landmarks.taken(last);
            if (table.level > 0) {
                recent = new SeriesTable(RECENT_ROWS);
            }
            supersede(last + 1);
            // Also for readers who have everything but were told that it had ended.
            reshaped = last + 1;
        }
    }

    /** Landmarks in memory that no later attempt has superseded, in order. */
    public List<RunEvent> holding() {
        synchronized (lock) {
            List<Attempt> all = told == null ? attempts : told.attempts();
            return landmarks.between(-1, last).stream()
                    .map(Landmarks.Entry::event)
                    .filter(event -> all.stream().noneMatch(attempt -> attempt.supersedes(event.stamp())))
                    .toList();
        }
    }

    /** A store has a checkpoint. */
    public void checkpointed(Checkpointed newest) {
        synchronized (lock) {
            checkpoint = newest;
        }
    }

    private void other(long index, RunEvent event) {
        tracker.other(event);
        if (accepted(event)) {
            escapes.add(event.stamp().iteration(), event.stamp().time().toEpochMilli());
        }
        if (event.landmark()) {
            landmarks.add(index, event);
        } else {
            heartbeats[heartbeatCount++ % heartbeats.length] = index;
        }
        if (event instanceof RunEvent.Verdict) {
            table.trim();
        }
    }

    private static boolean accepted(RunEvent event) {
        return event instanceof RunEvent.Escape escape && escape.outcome() == RunEvent.EscapeOutcome.ACCEPTED;
    }

    private void keepRecent(long index, RunEvent.Iteration event, double elapsed) {
        if (recent == null && table.level == 0 && table.fullFor(event.stamp().iteration())) {
            recent = table.copy(RECENT_ROWS);
        }
        if (recent != null) {
            recent.put(index, event, elapsed);
        }
    }

    /** From now on a store visits: nothing that it has not taken may be forgotten. Before the first event. */
    public void record() {
        synchronized (lock) {
            recorded = true;
            landmarks.taken(-1);
        }
    }

    /** A store has written everything up to here. */
    public void taken(long index) {
        synchronized (lock) {
            landmarks.taken(index);
        }
    }

    /** With the lock held: the newest iterations since the last call; none while {@link #table} has each in a row of its own. */
    private void takeRecent(List<SeriesBlock> taken) {
        if (recent != null && recent.rows > 0) {
            taken.add(new SeriesBlock(recent));
            recent = new SeriesTable(RECENT_ROWS);
        }
    }

    /**
     * What has happened since a store last wrote, all of it up to the same event. The newest iterations are handed over: the
     * next call has those that came later.
     *
     * @param from index of the newest event that it has; −1 for none
     */
    public Increment increment(long from) {
        List<SeriesBlock> detail = new ArrayList<>();
        for (int attempt = 1; ; attempt++) {
            Cut cut;
            long seq;
            long shape;
            boolean whole;
            long dropped;
            long missed;
            List<Landmarks.Entry> marks;
            Facts facts;
            List<Rewind> again;
            List<Replaced> gone;
            synchronized (lock) {
                seq = last;
                shape = reshaped;
                again = rewinds.stream().filter(rewind -> rewind.index() > from).toList();
                gone = replaced.stream().filter(rows -> rows.index() > from).toList();
                whole = from < 0 || from < reshaped;
                int start = whole ? 0 : table.firstChanged(from);
                if (start > 0 && start < table.rows) {
                    long piece = table.bucket[start] / Increment.PIECE;
                    start = table.rowFrom((piece * Increment.PIECE) << table.level);
                }
                dropped = landmarks.dropped();
                missed = landmarks.missed();
                marks = landmarks.between(from, seq);
                facts = facts();
                takeRecent(detail);
                cut = new Cut(start, table.rows, attempt == TRIES);
            }
            SeriesTable rows = cut.rows();
            if (rows != null) {
                List<Increment.Piece> pieces = pieces(rows);
                List<Landmark> landmarks = marks.stream()
                        .map(mark -> new Landmark(mark.index(), mark.event()))
                        .toList();
                return new Increment(
                        seq,
                        shape,
                        rows.level,
                        whole,
                        pieces,
                        landmarks,
                        outlook.now(facts.status()),
                        Arrays.stream(spark(SPARK_POINTS)).boxed().toList(),
                        sparkEscapes(SPARK_POINTS),
                        dropped,
                        missed,
                        again,
                        gone,
                        detail);
            }
        }
    }

    private static List<Increment.Piece> pieces(SeriesTable rows) {
        List<Increment.Piece> pieces = new ArrayList<>();
        int start = 0;
        while (start < rows.rows) {
            long number = rows.bucket[start] / Increment.PIECE;
            int end = start;
            while (end < rows.rows && rows.bucket[end] / Increment.PIECE == number) {
                end++;
            }
            pieces.add(new Increment.Piece(number, SeriesCodec.write(rows, start, end)));
            start = end;
        }
        return pieces;
    }

    /** Becomes what a store has of the run, which is everything up to an event. */
    public void mirror(Increment whole) {
        SeriesTable read = new SeriesTable(Math.max(MAX_ROWS, whole.pieces().size() * Increment.PIECE));
        read.level = whole.level();
        for (Increment.Piece piece : whole.pieces()) {
            SeriesMerge.into(read, SeriesCodec.read(piece.data()));
        }
        read.trim();
        Landmarks marks = new Landmarks(MAX_LANDMARKS);
        AcceptedEscapes left = new AcceptedEscapes();
        for (Landmark landmark : whole.landmarks()) {
            marks.add(landmark.index(), landmark.event());
            if (accepted(landmark.event())) {
                left.add(
                        landmark.event().stamp().iteration(),
                        landmark.event().stamp().time().toEpochMilli());
            }
        }
        synchronized (lock) {
            table = read;
            landmarks = marks;
            escapes = left;
            told = whole.status();
            reshaped = whole.reshaped();
            ended = told.ended();
            last = whole.last();
        }
    }

    @Override
    public RunStatus status() {
        Facts facts;
        synchronized (lock) {
            if (told != null) {
                return told;
            }
            facts = facts();
        }
        return outlook.now(facts.status());
    }

    /** What a status is made of, to be put in words without the lock. */
    private record Facts(StatusTracker tracker, List<Attempt> attempts, Checkpointed checkpoint) {
        RunStatus status() {
            return tracker.status().with(attempts, checkpoint);
        }
    }

    /** With the lock held. */
    private Facts facts() {
        return new Facts(tracker.copy(), attempts, checkpoint);
    }

    /** Everything, for a reader who knows nothing. */
    public Change snapshot() {
        for (int attempt = 1; ; attempt++) {
            long seq;
            long dropped;
            List<Landmarks.Entry> marks;
            Facts facts;
            Cut cut;
            synchronized (lock) {
                seq = last;
                dropped = landmarks.dropped();
                marks = landmarks.between(-1, seq);
                facts = facts();
                cut = new Cut(0, table.rows, attempt == TRIES);
            }
            SeriesTable rows = cut.rows();
            if (rows != null) {
                return new Change(seq, true, 0, told(facts), new Columns(rows), events(marks), dropped, 0);
            }
        }
    }

    private RunStatus told(Facts facts) {
        RunStatus fromStore = told;
        return fromStore == null ? outlook.now(facts.status()) : fromStore;
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
        Facts facts;
        long dropped;
        long beats = 0;
        long arrived = 0;
        synchronized (lock) {
            if (arrivedIndex <= to) {
                arrived = arrivedIndex > from ? arrivedNanos : 0;
                noteArrival = true;
            }
            if (from < 0 || from < reshaped || from > to || to > last) {
                rows = null;
                marks = null;
                facts = null;
                dropped = 0;
            } else {
                rows = table.changedSince(from);
                marks = landmarks.between(from, to);
                facts = facts();
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
        return new Change(to, false, conflated, told(facts), new Columns(rows), events(marks), dropped, arrived);
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

    /** Judgements, escapes and verdicts, in order, as far as they are kept. */
    public List<RunEvent> findings() {
        synchronized (lock) {
            return landmarks.findings();
        }
    }

    @Override
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

    @Override
    public List<Integer> sparkEscapes(int points) {
        synchronized (lock) {
            int drawn = Math.min(points, table.rows);
            return drawn == 0
                    ? List.of()
                    : Arrays.stream(escapes.iterations())
                            .mapToInt(iteration -> Math.min(table.rowFrom(iteration), table.rows - 1))
                            .map(row -> (int) ((long) row * drawn / table.rows))
                            .distinct()
                            .boxed()
                            .toList();
        }
    }

    /** Escapes accepted at a moment or later, by the producer's clock. */
    int escapesSince(Instant moment) {
        synchronized (lock) {
            return escapes.since(moment.toEpochMilli());
        }
    }

    /** About how much memory the log holds. */
    long bytes() {
        synchronized (lock) {
            long beside = attachment == null ? 0 : attachment.bytes();
            return table.bytes() + 500L * landmarks.size() + beside;
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
