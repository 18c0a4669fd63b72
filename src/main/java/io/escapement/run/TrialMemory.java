package io.escapement.run;

import io.escapement.escape.Escape;
import io.escapement.landscape.Judgement;
import io.escapement.solve.SolverState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Takes an escape under way apart for a checkpoint and puts it together again. Candidates come lazily from a mechanism that has a memory of
 * its own (eigenvectors, draws, what was tried), and as it gives the same ones in a repeat of the run, it is asked again for as many as
 * were taken: that costs their making, and none of the descents.
 */
final class TrialMemory {

    private TrialMemory() {}

    static Snapshot.OfTrial of(Trial<?> trial) {
        List<Snapshot.OfEntrant> entrants = new ArrayList<>();
        List<Integer> waiting = new ArrayList<>();
        for (Entrant<?> entrant : trial.heats.waiting()) {
            waiting.add(entrant == null ? 0 : entrant.number);
            if (entrant != null) {
                entrants.add(of(entrant));
            }
        }
        if (trial.entrant != null) {
            entrants.add(of(trial.entrant));
        }
        return new Snapshot.OfTrial(
                trial.trap,
                trial.reason,
                trial.tried,
                trial.current == null ? 0 : trial.entrant == null ? trial.tried : trial.entrant.number,
                trial.entrant != null,
                entrants,
                trial.heats.arrived(),
                waiting);
    }

    private static Snapshot.OfEntrant of(Entrant<?> entrant) {
        return new Snapshot.OfEntrant(entrant.number, entrant.state, entrant.loss, entrant.heats, entrant.memory());
    }

    /**
     * @param judgement of the trap, made anew
     * @param asked escapes asked for, this one included
     * @throws IllegalStateException if the mechanism gives fewer candidates than before
     */
    static <P, S extends SolverState> Trial<S> again(
            Cursor<P, S> cursor, Snapshot.OfTrial of, Judgement judgement, int asked) {
        @SuppressWarnings("unchecked") // of the solver's own type, as the snapshot's state was found to be
        S trap = (S) of.trap();
        Escape<? super P> escape = cursor.plan.escape().orElseThrow();
        Escape.Outcome outcome = escape.from(
                cursor.plan.problem(), new Escape.Trap(trap.x(), trap.loss(), judgement, asked - 1, cursor::stopping));
        if (!(outcome instanceof Escape.Moved moved)) {
            throw new IllegalStateException(escape.name() + " refuses a trap that it had candidates for");
        }
        Trial<S> trial = new Trial<>(trap, of.reason(), judgement, moved.candidates());
        Map<Integer, Escape.Candidate> taken = takeAgain(escape.name(), trial.candidates, of);
        trial.tried = of.tried();
        Map<Integer, Entrant<S>> entrants = new HashMap<>();
        for (Snapshot.OfEntrant one : of.entrants()) {
            Entrant<S> entrant = Entrant.of(cursor.plan.settings(), taken.get(one.number()), one.number(), trap.loss());
            @SuppressWarnings("unchecked") // as above
            S state = (S) one.state();
            entrant.state = state;
            entrant.loss = one.loss();
            entrant.heats = one.heats();
            entrant.recall(one.watch());
            entrants.put(one.number(), entrant);
        }
        trial.heats.restore(
                of.arrived(), of.waiting().stream().map(entrants::get).toList());
        if (of.current() > 0) {
            trial.current = taken.get(of.current());
            trial.entrant = of.racing() ? entrants.get(of.current()) : null;
        }
        return trial;
    }

    private static Map<Integer, Escape.Candidate> takeAgain(
            String mechanism, Iterator<Escape.Candidate> candidates, Snapshot.OfTrial of) {
        Map<Integer, Escape.Candidate> wanted = new HashMap<>();
        of.entrants().forEach(entrant -> wanted.put(entrant.number(), null));
        wanted.put(of.current(), null);
        for (int number = 1; number <= of.tried(); number++) {
            if (!candidates.hasNext()) {
                throw new IllegalStateException(mechanism + " has " + (number - 1)
                        + " candidates at a trap where it had " + of.tried() + " before");
            }
            Escape.Candidate candidate = candidates.next();
            if (wanted.containsKey(number)) {
                wanted.put(number, candidate);
            }
        }
        return wanted;
    }
}
