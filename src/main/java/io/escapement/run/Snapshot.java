package io.escapement.run;

import io.escapement.event.Phase;
import io.escapement.event.StopReason;
import java.time.Duration;
import java.util.List;

/**
 * What a {@link Cursor} is made of, as plain data. A judgement is not among it: judging the same point again gives the same one, with what
 * it knows of the point's spectrum.
 *
 * @param seq of the next event
 * @param phase of a paused run that in which it was
 * @param announcement not yet made, or null
 * @param state of the solver; null before the first step
 * @param fresh whether no event has shown it
 * @param asked escapes asked for
 * @param unseen iterations since the last event
 * @param judged whether the state is judged
 * @param everJudged whether any point was
 * @param limit memory of the run's limit
 * @param resting whether a descent has begun, and {@code rest} is its watch's memory
 * @param trial null outside an escape
 * @param observer its memory
 */
record Snapshot(
        int attempt,
        long seq,
        Duration elapsed,
        Phase phase,
        String announcement,
        Object state,
        boolean fresh,
        long iteration,
        int segment,
        int escapes,
        int asked,
        int unseen,
        Cursor.Approach approach,
        StopReason reason,
        StopReason limitReason,
        boolean judged,
        boolean everJudged,
        Object limit,
        boolean resting,
        Object rest,
        OfTrial trial,
        Object observer) {

    /**
     * An escape under way. The candidates are not kept: the mechanism gives the same ones again, so that their numbers will do.
     *
     * @param trap state to be left
     * @param tried candidates taken so far
     * @param current number of the one being descended from; 0 for none
     * @param racing whether that one races
     * @param entrants that race or wait
     * @param arrived losses by heats
     * @param waiting numbers by heats, 0 for none
     */
    record OfTrial(
            Object trap,
            StopReason reason,
            int tried,
            int current,
            boolean racing,
            List<OfEntrant> entrants,
            List<List<Double>> arrived,
            List<Integer> waiting) {}

    /**
     * @param state null before the end of its first heat
     * @param watch its memory
     */
    record OfEntrant(int number, Object state, double loss, int heats, Object watch) {}
}
