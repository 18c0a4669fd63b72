package io.escapement.store;

import io.escapement.event.RunEvent;
import io.escapement.event.Stamp;

/**
 * Where a later attempt of a run took it up. What earlier attempts did beyond that is superseded: its series are rewritten, and its
 * landmarks stay, as what happened.
 *
 * @param number from 2
 * @param iteration the last one of earlier attempts that still holds; −1 for none
 * @param of attempt whose checkpoint it goes on from; 0 where that is not known
 * @param seq number of that attempt's first event after the checkpoint
 */
public record Attempt(int number, long iteration, int of, long seq) {

    public Attempt {
        if (number < 2) {
            throw new IllegalArgumentException("number is " + number + "; later attempts count from 2");
        }
    }

    /** Of another program, by its first event. */
    static Attempt by(RunEvent event) {
        Stamp stamp = event.stamp();
        boolean iterates = event instanceof RunEvent.Iteration;
        return new Attempt(stamp.attempt(), iterates ? stamp.iteration() - 1 : stamp.iteration(), 0, 0);
    }

    /** Whether an event of an earlier attempt holds no longer. */
    public boolean supersedes(Stamp stamp) {
        return stamp.attempt() < number
                && (stamp.iteration() > iteration || (stamp.attempt() == of && stamp.seq() >= seq));
    }
}
