package io.escapement.ingest;

import io.escapement.event.Stamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

    private final Clock clock;
    private final List<long[]> gaps = new ArrayList<>();
    private int attempt = 1;
    private long next;
    private long iteration = -1;

    /** Of the newest event of this attempt that said where it is; −1 while none has, since an attempt may start anywhere. */
    private long least = -1;

    private boolean given;
    private int segment;
    private long missing;
    private Instant began;
    private Stamp newest;

    Numbering(Clock clock) {
        this.clock = clock;
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
        boolean here = draft.attempt == Draft.ABSENT || draft.attempt == attempt;
        return here && draft.seq != Draft.ABSENT && draft.seq < next && !skipped(draft.seq);
    }

    private boolean skipped(long seq) {
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
        Instant now = draft.time == null || draft.elapsed == null ? clock.instant() : draft.time;
        Instant first = began == null ? now : began;
        Duration between = Duration.between(first, now);
        return new Stamp(
                again ? (int) draft.attempt : attempt,
                seq,
                at,
                (int) stretch,
                draft.time == null ? now : draft.time,
                draft.elapsed != null ? draft.elapsed : between.isNegative() ? Duration.ZERO : between);
    }

    /** The event at this place has been taken. */
    void take(Stamp stamp) {
        long expected = stamp.attempt() > attempt ? 0 : next;
        if (stamp.attempt() > attempt) {
            attempt = stamp.attempt();
            least = -1;
            gaps.clear();
        }
        if (stamp.seq() > expected) {
            missing += stamp.seq() - expected;
            gaps.add(new long[] {expected, stamp.seq()});
            if (gaps.size() > GAPS) {
                gaps.remove(0);
            }
        }
        next = stamp.seq() + 1;
        iteration = stamp.iteration();
        least = given ? iteration : least;
        segment = stamp.segment();
        began = began == null ? stamp.time().minus(stamp.elapsed()) : began;
        newest = stamp;
    }

    /** An escape was accepted: what comes is another stretch. */
    void leave() {
        segment++;
    }
}
