package io.escapement.run;

import io.escapement.escape.Escape;
import io.escapement.event.StopReason;
import io.escapement.landscape.Judgement;
import java.util.Iterator;

/**
 * A trap, what is known of it, and the candidates that may lead out of it.
 *
 * @param <S> solver states
 */
final class Trial<S> {

    final S trap;
    final StopReason reason;
    final Judgement judgement;
    final Iterator<Escape.Candidate> candidates;

    /** The candidate being descended from, or null between two. */
    Escape.Candidate current;

    /** The current one in the race, or null where the candidate is tried by itself. */
    Entrant<S> entrant;

    /** The candidates that race. */
    final Heats<S> heats = new Heats<>();

    /** Candidates tried so far. */
    int tried;

    Trial(S trap, StopReason reason, Judgement judgement, Iterator<Escape.Candidate> candidates) {
        this.trap = trap;
        this.reason = reason;
        this.judgement = judgement;
        this.candidates = candidates;
    }
}
