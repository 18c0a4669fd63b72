package io.escapement.ingest;

import io.escapement.event.Stamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the next event of a run stands: fills in the numbers that a line leaves out, and tells events that are new from
 * those that came before. Events come in order of (attempt, seq); numbers may be missing where the program dropped
 * events, and those are counted. Not thread-safe.
 */
final class Numbering {

    /** Gaps that are remembered, to tell an event that comes too late from one that comes again. */
    private static final int GAPS = 1024;

    /** Attempts before this one that are remembered, for a batch that comes again and holds the end of one. */
    private static final int ATTEMPTS = 16;

    /** Enough for whatever is counted up to here to be doubled and added. */
    private static final long MOST_MISSING = 1L << 61;

    /** An attempt that another has followed. */
    private record Finished(int attempt, long next, List<long[]> gaps) {}

    private final Clock clock;
    private final Clock steady;
    private final ArrayDeque<Finished> finished = new ArrayDeque<>();
    private List<long[]> gaps = new ArrayList<>();
    private int attempt = 1;
    private long next;
    private long iteration = -1;

    /** Of the newest event of this attempt that said where it is; −1 while none has, since an attempt may start anywhere. */
    private long least = -1;

    private boolean given;
    private int segment;
    private long missing;

    /** When the run began, by the time that its events give, and by our steady clock. */
    private Instant began;

    private Instant beganHere;
    private Stamp newest;

    /**
     * @param clock dates events that have no time
     * @param steady tells how long a run has gone on; unlike the other it is never put forward or back
     */
    Numbering(Clock clock, Clock steady) {
        this.clock = clock;
        this.steady = steady;
    }

    int attempt() {
        return attempt;
    }

    /** What an event without a number of its own would get. */
    long nextSeq() {
        return next;
    }

    /** Numbers that never came. */
    long missing() {
        return missing;
    }

    /** Of the newest event; null before the first. */
    Stamp newest() {
        return newest;
    }

    /** Whether the event has come before. */
    boolean repeats(Draft draft) {
        if (draft.seq == Draft.ABSENT) {
            return false;
        }
        if (draft.attempt == Draft.ABSENT || draft.attempt == attempt) {
            return draft.seq < next && !skipped(gaps, draft.seq);
        }
        for (Finished before : finished) {
            if (before.attempt == draft.attempt) {
                return draft.seq < before.next && !skipped(before.gaps, draft.seq);
            }
        }
        return false;
    }

    private static boolean skipped(List<long[]> gaps, long seq) {
        for (long[] gap : gaps) {
            if (seq >= gap[0] && seq < gap[1]) {
                return true;
            }
        }
        return false;
    }

    /**
     * The event's place, which is taken by {@link #take} and not before.
     *
     * @param iterates whether it tells of an iteration, so that one without a number is the next
     * @throws BadLine if it is of an older attempt or comes too late
     */
    Stamp place(Draft draft, boolean iterates) {
        boolean again = draft.attempt > attempt;
        if (draft.attempt != Draft.ABSENT && draft.attempt < attempt) {
            throw new BadLine(
                    Rejection.OLD_ATTEMPT,
                    "attempt is " + draft.attempt + "; the run is at attempt " + attempt
                            + ", and that or a later one would be valid");
        }
        long expected = again ? 0 : next;
        long seq = draft.seq == Draft.ABSENT ? expected : draft.seq;
        if (seq < expected) {
            throw new BadLine(
                    Rejection.OUT_OF_ORDER,
                    "seq is " + seq + ", which comes too late: the events after it were taken; " + expected
                            + " or more would be valid");
        }
        long last = again ? -1 : least;
        given = draft.iteration != Draft.ABSENT || iterates;
        long at = draft.iteration != Draft.ABSENT ? draft.iteration : iterates ? iteration + 1 : Math.max(0, iteration);
        if (at < last) {
            throw new BadLine(
                    Rejection.OUT_OF_ORDER,
                    "iteration is " + at + " after " + last + "; " + last
                            + " or more would be valid, or a new attempt, which may start anywhere");
        }
        long stretch = draft.segment == Draft.ABSENT ? segment : draft.segment;
        return new Stamp(
                again ? (int) draft.attempt : attempt,
                seq,
                at,
                (int) stretch,
                draft.time == null ? clock.instant() : draft.time,
                draft.elapsed == null ? elapsed(draft.time, again) : draft.elapsed);
    }

    /**
     * By the program's clock where it gives times, else by our steady one. Within an attempt it never falls, though the
     * program's clock may be put back.
     *
     * @param time of the program's, or null
     */
    private Duration elapsed(Instant time, boolean again) {
        if (newest == null) {
            return Duration.ZERO;
        }
        Duration since = time == null ? Duration.between(beganHere, steady.instant()) : Duration.between(began, time);
        Duration least = again ? Duration.ZERO : newest.elapsed();
        return since.compareTo(least) < 0 ? least : since;
    }

    /** The event at this place has been taken. */
    void take(Stamp stamp) {
        long expected = stamp.attempt() > attempt ? 0 : next;
        if (stamp.attempt() > attempt) {
            finished.addLast(new Finished(attempt, next, gaps));
            if (finished.size() > ATTEMPTS) {
                finished.removeFirst();
            }
            attempt = stamp.attempt();
            least = -1;
            gaps = new ArrayList<>();
        }
        if (stamp.seq() > expected) {
            missing = Math.min(MOST_MISSING, missing + stamp.seq() - expected);
            gaps.add(new long[] {expected, stamp.seq()});
            if (gaps.size() > GAPS) {
                gaps.remove(0);
            }
        }
        next = stamp.seq() + 1;
        iteration = stamp.iteration();
        least = given ? iteration : least;
        segment = stamp.segment();
        if (newest == null) {
            began = stamp.time().minus(stamp.elapsed());
            beganHere = steady.instant().minus(stamp.elapsed());
        }
        newest = stamp;
    }

    /** An escape was accepted: what comes is another stretch. */
    void leave() {
        segment++;
    }
}
