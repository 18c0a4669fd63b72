package io.escapement.ingest;

import io.escapement.event.Arrivals;
import io.escapement.event.Stamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Where the next event of a run stands: fills in the numbers that a line leaves out, and tells events that are new from
 * those that came before. Events come in order of (attempt, seq); numbers may be missing where the program dropped
 * events. Not thread-safe.
 */
final class Numbering {

    private final Clock clock;
    private final Clock steady;
    private final Arrivals arrivals;

    /** Of the newest event that said where it is, in whatever attempt; −1 while none has. */
    private long iteration = -1;

    /** The same of this attempt, which may start anywhere. */
    private long least = -1;

    private boolean given;

    /** When the run began, by the time that its events give, and by our steady clock. */
    private Instant began;

    private Instant beganHere;

    /**
     * @param clock dates events that have no time
     * @param steady tells how long a run has gone on; unlike the other it is never put forward or back
     * @param heard what has come so far
     */
    Numbering(Clock clock, Clock steady, Arrivals.State heard) {
        this.clock = clock;
        this.steady = steady;
        arrivals = new Arrivals(heard);
        Stamp newest = heard.newest();
        if (newest != null) {
            iteration = heard.placed() || heard.attempts().size() > 1 ? newest.iteration() : -1;
            least = heard.placed() ? iteration : -1;
            began = newest.time().minus(newest.elapsed());
            Duration away = Duration.between(newest.time(), clock.instant());
            beganHere = steady.instant().minus(newest.elapsed()).minus(away.isNegative() ? Duration.ZERO : away);
        }
    }

    int attempt() {
        return arrivals.attempt();
    }

    /** What an event without a number of its own would get. */
    long nextSeq() {
        return arrivals.next();
    }

    /** Numbers that never came. */
    long missing() {
        return arrivals.missing();
    }

    /** Of the newest event; null before the first. */
    Stamp newest() {
        return arrivals.newest();
    }

    /** Whether the event has come before. */
    boolean repeats(Draft draft) {
        return draft.seq != Draft.ABSENT
                && arrivals.has(draft.attempt == Draft.ABSENT ? attempt() : (int) draft.attempt, draft.seq);
    }

    /**
     * The event's place, which is taken by {@link #take} and not before.
     *
     * @param iterates whether it tells of an iteration, so that one without a number is the next
     * @throws BadLine if it is of an older attempt or comes too late
     */
    Stamp place(Draft draft, boolean iterates) {
        boolean again = draft.attempt > attempt();
        if (draft.attempt != Draft.ABSENT && draft.attempt < attempt()) {
            throw new BadLine(
                    Rejection.OLD_ATTEMPT,
                    "attempt is " + draft.attempt + "; the run is at attempt " + attempt()
                            + ", and that or a later one would be valid");
        }
        long expected = again ? 0 : nextSeq();
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
        long stretch = draft.segment == Draft.ABSENT ? arrivals.segment() : draft.segment;
        return new Stamp(
                again ? (int) draft.attempt : attempt(),
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
        if (newest() == null) {
            return Duration.ZERO;
        }
        Duration since = time == null ? Duration.between(beganHere, steady.instant()) : Duration.between(began, time);
        Duration least = again ? Duration.ZERO : newest().elapsed();
        return since.compareTo(least) < 0 ? least : since;
    }

    /** The event at this place has been taken. */
    void take(Stamp stamp) {
        if (newest() == null) {
            began = stamp.time().minus(stamp.elapsed());
            beganHere = steady.instant().minus(stamp.elapsed());
        }
        least = stamp.attempt() > attempt() ? -1 : least;
        arrivals.take(stamp, given);
        if (given) {
            iteration = stamp.iteration();
            least = iteration;
        }
    }

    /** An escape was accepted: what comes is another stretch. */
    void leave() {
        arrivals.leave();
    }
}
