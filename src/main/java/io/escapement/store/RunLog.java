package io.escapement.store;

import io.escapement.event.Arrivals;
import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import java.time.Instant;
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
 * <p>Over the usual length because it is the one door to what a run has: each reader's question is a method here.
 */
public final class RunLog implements Listed {

    private static final int MAX_ROWS = 4096;
    private static final int MAX_LANDMARKS = 20_000;

    private volatile RunHeader header;
    private volatile Attachment attachment;

    /** What it tells beside events; another once the run goes on in another process. */
    private volatile Outlook outlook;

    private final RunContents contents;
    private volatile long last = -1;
    private volatile boolean ended;

    public RunLog(RunHeader header) {
        this(header, Outlook.NONE, MAX_ROWS, MAX_LANDMARKS);
    }

    /**
     * Of a run that another program feeds, of which it is kept which events have come.
     *
     * @param outlook adds to each status what events alone do not tell
     */
    public static RunLog fed(RunHeader header, Outlook outlook) {
        RunLog log = new RunLog(header, outlook, MAX_ROWS, MAX_LANDMARKS);
        log.contents.countArrivals();
        return log;
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
        contents = new RunContents(maxRows, maxLandmarks);
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

    /** Whether the newest attempt has given its verdict, or nobody has it any more. */
    @Override
    public boolean ended() {
        return ended;
    }

    /** Adds the next event. One thread at a time; cheap enough for the solver's own. */
    public void append(RunEvent event) {
        synchronized (contents) {
            contents.append(event);
            if (ended != contents.verdict()) {
                ended = contents.verdict();
            }
            last = contents.last();
        }
    }

    /** What attempts took out of the series, in order, as far as this process did it. */
    public List<Replaced> replaced() {
        synchronized (contents) {
            return contents.attempts().replaced(-1);
        }
    }

    /**
     * A log that was read from a store goes on with another attempt, whose events follow here. Those that a reader of it has seen keep
     * their places.
     */
    public void takeUp(Attempt attempt) {
        synchronized (contents) {
            contents.takeUp(attempt);
            ended = false;
        }
    }

    /**
     * A log of a run that another program feeds, which was read from a store, goes on where it was: its events follow here. Those
     * that a reader of it has seen keep their places.
     *
     * @param ages adds to each status what events alone do not tell
     */
    public void goOn(Outlook ages) {
        synchronized (contents) {
            contents.goOn();
            outlook = ages;
            ended = false;
        }
    }

    /** Which events have come, of a run that another program feeds; of other runs it is not kept. */
    public Optional<Arrivals.State> arrivals() {
        synchronized (contents) {
            return Optional.ofNullable(contents.arrivals());
        }
    }

    /** Landmarks in memory that no later attempt has superseded, in order. */
    public List<RunEvent> holding() {
        synchronized (contents) {
            return contents.holding();
        }
    }

    /** A store has a checkpoint. */
    public void checkpointed(Checkpointed newest) {
        synchronized (contents) {
            contents.checkpointed(newest);
        }
    }

    /** From now on a store visits: nothing that it has not taken may be forgotten. Before the first event. */
    public void record() {
        synchronized (contents) {
            contents.recent().begin();
            contents.landmarks().taken(-1);
        }
    }

    /** A store has written everything up to here. */
    public void taken(long index) {
        synchronized (contents) {
            contents.landmarks().taken(index);
        }
    }

    /**
     * What has happened since a store last wrote, all of it up to the same event. The newest iterations are handed over: the
     * next call has those that came later.
     *
     * @param from index of the newest event that it has; −1 for none
     */
    public Increment increment(long from) {
        return Increment.of(contents, from, outlook);
    }

    /** Becomes what a store has of the run, which is everything up to an event. */
    public void mirror(Increment whole) {
        SeriesTable rows = whole.table(MAX_ROWS);
        Landmarks marks = new Landmarks(MAX_LANDMARKS);
        AcceptedEscapes escapes = new AcceptedEscapes();
        for (Landmark landmark : whole.landmarks()) {
            marks.add(landmark.index(), landmark.event());
            escapes.note(landmark.event());
        }
        synchronized (contents) {
            contents.become(whole, rows, marks, escapes);
            ended = whole.status().ended();
            last = whole.last();
        }
    }

    @Override
    public RunStatus status() {
        RunContents.Facts facts;
        synchronized (contents) {
            facts = contents.facts();
        }
        return facts.status(outlook);
    }

    /** Everything, for a reader who knows nothing. */
    public Change snapshot() {
        return Change.whole(contents, outlook);
    }

    /**
     * What changed after position {@code from}: a delta, or everything where that is not enough. Readers that name the same
     * two positions get the same answer up to rows and status that are newer still.
     *
     * @param to position the reader shall be at afterwards; at most {@link #last}
     */
    public Change since(long from, long to) {
        return Change.since(contents, from, to, outlook);
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
        SeriesTable rows = null;
        for (int attempt = 1; rows == null; attempt++) {
            RowCopy copy;
            synchronized (contents) {
                SeriesTable table = contents.table();
                int start = table.rowFrom(Math.max(0, fromIteration));
                copy = new RowCopy(contents, start, table.rowAfter(toIteration), attempt);
            }
            rows = copy.rows();
        }
        if (!names.isEmpty()) {
            rows.keep(names);
        }
        while (rows.rows > points) {
            rows.raise();
        }
        return new Columns(rows);
    }

    /** A landmark event and its index in the log. */
    public record Landmark(long index, RunEvent event) {}

    /** The first {@code limit} landmarks after the index, in order. */
    public List<Landmark> landmarks(String kind, long after, int limit) {
        List<Landmark> found;
        synchronized (contents) {
            found = contents.landmarks().between(after, last);
        }
        return found.stream()
                .filter(landmark -> kind == null || landmark.event().kind().equals(kind))
                .limit(limit)
                .toList();
    }

    /** Judgements, escapes and verdicts, in order, as far as they are kept. */
    public List<RunEvent> findings() {
        synchronized (contents) {
            return contents.landmarks().findings();
        }
    }

    @Override
    public SparkLine spark(int points) {
        return Spark.line(contents, points);
    }

    @Override
    public List<Integer> sparkEscapes(int points) {
        return Spark.escapes(contents, points);
    }

    /** Escapes accepted at a moment or later, by the producer's clock. */
    int escapesSince(Instant moment) {
        synchronized (contents) {
            return contents.escapes().since(moment.toEpochMilli());
        }
    }

    /** About how much memory the log holds. */
    long bytes() {
        synchronized (contents) {
            long beside = attachment == null ? 0 : attachment.bytes();
            return contents.table().bytes() + 500L * contents.landmarks().size() + beside;
        }
    }
}
