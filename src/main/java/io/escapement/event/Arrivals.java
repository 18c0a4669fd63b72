package io.escapement.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * Which events of a run have come, by their (attempt, seq). Within an attempt the numbers of those that come grow. Some may be missing, where a
 * program dropped events: those are counted, and remembered as gaps, to tell an event that comes too late from one that comes
 * again. Not thread-safe.
 */
public final class Arrivals {

    /** Gaps of an attempt that are remembered. */
    private static final int GAPS = 1024;

    /** Attempts before the newest that are remembered, for a batch that comes again and holds the end of one. */
    private static final int ATTEMPTS = 16;

    /** Enough for whatever is counted up to here to be doubled and added. */
    private static final long MOST_MISSING = 1L << 61;

    private final Deque<OfAttempt> finished = new ArrayDeque<>();
    private int attempt = 1;
    private long next;
    private List<Gap> gaps = new ArrayList<>();
    private int segment;
    private boolean placed;
    private long missing;
    private Stamp newest;

    /** Numbers that never came, {@code from} ≤ seq < {@code to}. */
    public record Gap(long from, long to) {
        public Gap {
            if (from < 0 || to <= from) {
                throw new IllegalArgumentException(
                        "the gap is from " + from + " to " + to + "; 0 ≤ from < to is needed");
            }
        }
    }

    /** What has come of an attempt: everything below {@code next} that is in no gap. */
    public record OfAttempt(int attempt, long next, List<Gap> gaps) {
        public OfAttempt {
            gaps = List.copyOf(gaps);
        }

        private boolean has(long seq) {
            return seq < next && !skipped(gaps, seq);
        }
    }

    /**
     * All of it, to be kept.
     *
     * @param attempts in order; the last one goes on
     * @param segment stretch between escapes in which the next event is, unless it says otherwise
     * @param placed whether an event of that attempt has said at which iteration it is
     * @param missing numbers that never came, in all attempts
     * @param newest place of the newest event; null before the first
     */
    public record State(List<OfAttempt> attempts, int segment, boolean placed, long missing, Stamp newest) {
        public State {
            attempts = List.copyOf(attempts);
            if (attempts.isEmpty()) {
                throw new IllegalArgumentException("attempts is empty; at least the first is needed");
            }
        }
    }

    /** Of a run that has had no event. */
    public Arrivals() {}

    /** Goes on where another was. */
    public Arrivals(State state) {
        Objects.requireNonNull(state, "state");
        List<OfAttempt> all = state.attempts();
        OfAttempt current = all.get(all.size() - 1);
        finished.addAll(all.subList(0, all.size() - 1));
        attempt = current.attempt();
        next = current.next();
        gaps.addAll(current.gaps());
        segment = state.segment();
        placed = state.placed();
        missing = state.missing();
        newest = state.newest();
    }

    /** How it stands. */
    public State state() {
        List<OfAttempt> all = new ArrayList<>(finished);
        all.add(new OfAttempt(attempt, next, gaps));
        return new State(all, segment, placed, missing, newest);
    }

    /** The newest. */
    public int attempt() {
        return attempt;
    }

    /** The least number of the newest attempt that is above all that came. */
    public long next() {
        return next;
    }

    /** Stretch between escapes in which the next event is, unless it says otherwise. */
    public int segment() {
        return segment;
    }

    /** Whether an event of the newest attempt has said at which iteration it is. */
    public boolean placed() {
        return placed;
    }

    /** Numbers that never came. */
    public long missing() {
        return missing;
    }

    /** Place of the newest event; null before the first. */
    public Stamp newest() {
        return newest;
    }

    /** Whether this event has come. */
    public boolean has(int of, long seq) {
        if (of == attempt) {
            return seq < next && !skipped(gaps, seq);
        }
        for (OfAttempt before : finished) {
            if (before.attempt() == of) {
                return before.has(seq);
            }
        }
        return false;
    }

    private static boolean skipped(List<Gap> gaps, long seq) {
        for (Gap gap : gaps) {
            if (seq >= gap.from() && seq < gap.to()) {
                return true;
            }
        }
        return false;
    }

    /**
     * An event has come. One that is not above all that came changes nothing: a remark of ours stands under the number of the event it is
     * about. Allocates nothing where none is missing.
     *
     * @param says whether it says at which iteration it is
     */
    public void take(Stamp stamp, boolean says) {
        boolean again = stamp.attempt() > attempt;
        if (stamp.attempt() < attempt || (!again && stamp.seq() < next)) {
            return;
        }
        if (again) {
            begin(stamp.attempt());
        }
        if (stamp.seq() > next) {
            missing = Math.min(MOST_MISSING, missing + stamp.seq() - next);
            gaps.add(new Gap(next, stamp.seq()));
            if (gaps.size() > GAPS) {
                gaps.remove(0);
            }
        }
        next = stamp.seq() + 1;
        segment = stamp.segment();
        placed |= says;
        newest = stamp;
    }

    /** An escape was accepted: what comes is another stretch. */
    public void leave() {
        segment++;
    }

    private void begin(int another) {
        finished.addLast(new OfAttempt(attempt, next, gaps));
        if (finished.size() > ATTEMPTS) {
            finished.removeFirst();
        }
        attempt = another;
        next = 0;
        gaps = new ArrayList<>();
        placed = false;
    }
}
