package io.escapement.run;

import io.escapement.escape.Escape;
import io.escapement.event.Names;
import io.escapement.event.Phase;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import io.escapement.solve.SolverState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;

/**
 * ESCAPE: asks the mechanism for candidates and goes to them one after the other. A candidate below the trap is accepted
 * on the spot; any other is descended from on trial, and the run returns to the trap if that ends no lower.
 */
final class EscapeSegment<P, S extends SolverState> {

    private final Cursor<P, S> cursor;
    private final RunPlan<P, S> plan;

    EscapeSegment(Cursor<P, S> cursor) {
        this.cursor = cursor;
        this.plan = cursor.plan;
    }

    Flux<RunEvent> events() {
        return OnDemand.of(() -> cursor.unlessStopped(() -> {
            if (cursor.trial == null) {
                return ask();
            }
            return cursor.trial.current != null ? settle() : next();
        }));
    }

    private List<RunEvent> ask() {
        Escape<? super P> escape = plan.escape().orElseThrow();
        S trap = cursor.state;
        Escape.Outcome outcome = escape.from(
                plan.problem(),
                new Escape.Trap(trap.x(), trap.loss(), cursor.judgement, cursor.asked, cursor::stopping));
        // Not before: where that was broken off, nothing was asked for.
        cursor.asked++;
        if (outcome instanceof Escape.Moved moved && moved.candidates().hasNext()) {
            cursor.trial = new Trial<>(trap, cursor.reason, cursor.judgement, moved.candidates());
            return List.of();
        }
        String why = outcome instanceof Escape.Refused refused ? refused.why() : "no candidate to try";
        RunEvent event = new RunEvent.Escape(
                cursor.stamp(),
                escape.name(),
                RunEvent.EscapeOutcome.REFUSED,
                why,
                Values.of(Names.of("lossBefore"), trap.loss()),
                cursor.projected());
        giveUp("No way out: " + escape.name() + " refuses, because " + why + ".");
        List<RunEvent> shown = outcome instanceof Escape.Refused refused ? trace(refused.trace()) : new ArrayList<>();
        shown.add(event);
        return shown;
    }

    /** The mechanism's own steps as iterations, so that they are curves beside those of the descent. */
    private List<RunEvent> trace(List<Values> rows) {
        List<RunEvent> events = new ArrayList<>(rows.size() + 1);
        for (Values row : rows) {
            cursor.iteration++;
            events.add(new RunEvent.Iteration(cursor.stamp(), row, null));
        }
        return events;
    }

    /** To the next candidate, or back to the trap for good. */
    private List<RunEvent> next() {
        Trial<S> trial = cursor.trial;
        Optional<Entrant<S>> ahead = trial.heats.next(false);
        boolean more = ahead.isPresent() || trial.candidates.hasNext();
        if (!more) {
            ahead = trial.heats.next(true);
        }
        if (ahead.isPresent()) {
            resume(ahead.get());
            return List.of();
        }
        if (!more) {
            cursor.returnToTrap();
            cursor.trial = null;
            RunEvent event = new RunEvent.Message(
                    cursor.stamp(),
                    RunEvent.Level.INFO,
                    "None of the " + trial.tried + " candidates led below the loss of the trap, " + trial.trap.loss()
                            + ".");
            giveUp("No way out: all " + trial.tried + " candidates ended no lower.");
            return List.of(event);
        }
        Escape.Candidate candidate = trial.candidates.next();
        trial.tried++;
        List<RunEvent> shown = trace(candidate.trace());
        cursor.state = plan.solver().start(plan.problem(), candidate.x(), cursor.workspace);
        cursor.fresh = true;
        cursor.segment++;
        cursor.pacer.landmark(cursor.stamps.elapsed());
        if (cursor.improves(cursor.state.loss())) {
            shown.add(event(candidate, RunEvent.EscapeOutcome.ACCEPTED, candidate.detail(), cursor.state.loss()));
            accept();
            cursor.enter(Phase.DESCEND, "Out by " + candidate.mechanism() + ": descending from the escape point.");
            return shown;
        }
        trial.current = candidate;
        if (candidate.heat().isPresent()) {
            trial.entrant = Entrant.of(plan.settings(), candidate, trial.tried, trial.trap.loss());
        }
        cursor.enter(
                Phase.TRIAL,
                "On trial: descending from candidate " + trial.tried + " of " + candidate.mechanism() + ".");
        shown.add(event(candidate, RunEvent.EscapeOutcome.PROPOSED, candidate.detail(), cursor.state.loss()));
        return shown;
    }

    /** Another heat for a candidate that is ahead. */
    private void resume(Entrant<S> entrant) {
        Trial<S> trial = cursor.trial;
        trial.current = entrant.candidate;
        trial.entrant = entrant;
        cursor.state = entrant.state;
        cursor.fresh = false;
        cursor.segment++;
        cursor.enter(
                Phase.TRIAL,
                "The race: candidate " + entrant.number + " of " + entrant.candidate.mechanism() + " goes on, being "
                        + trial.heats.place(entrant) + ". of " + trial.heats.amongWhom(entrant) + " after "
                        + entrant.iterations() + " iterations.");
    }

    /** A candidate that races has run its heat: it waits. */
    private List<RunEvent> pause() {
        Trial<S> trial = cursor.trial;
        Entrant<S> entrant = trial.entrant;
        entrant.state = cursor.state;
        entrant.loss = cursor.state.loss();
        trial.heats.arrive(entrant);
        cursor.returnToTrap();
        trial.current = null;
        trial.entrant = null;
        return List.of();
    }

    /** A trial has ended: accepted where it is below the trap, otherwise back. */
    private List<RunEvent> settle() {
        Trial<S> trial = cursor.trial;
        if (cursor.limitReason == null && cursor.reason instanceof StopReason.HeatRun) {
            return pause();
        }
        boolean another = cursor.limitReason != null && lowestOfTheRace();
        Escape.Candidate candidate = trial.current;
        StopReason ended = cursor.reason;
        boolean sound = another || (ended.state() != RunState.DIVERGED && !(ended instanceof StopReason.NotLeft));
        if (sound && cursor.improves(cursor.state.loss())) {
            RunEvent event = event(
                    candidate,
                    RunEvent.EscapeOutcome.ACCEPTED,
                    "The trial ended below the trap: " + candidate.detail(),
                    cursor.state.loss());
            accept();
            goOn();
            return List.of(event);
        }
        double lossAfter = cursor.state.loss();
        cursor.settled(false);
        cursor.returnToTrap();
        trial.current = null;
        trial.entrant = null;
        RunEvent event = event(
                candidate,
                RunEvent.EscapeOutcome.REJECTED,
                "The trial ended no lower than the trap (" + ended.sentence() + ")",
                lossAfter);
        if (cursor.limitReason != null) {
            cursor.trial = null;
            cursor.reason = cursor.limitReason;
            cursor.enter(Phase.FINISH, "The run ends at the trap: " + cursor.limitReason.sentence() + ".");
        }
        return List.of(event);
    }

    /** Where the run's limit has come in a race: of those that wait, the lowest may be what the run has to show. */
    private boolean lowestOfTheRace() {
        Trial<S> trial = cursor.trial;
        Entrant<S> lowest = trial.heats.lowest().orElse(null);
        if (lowest == null || lowest.loss >= cursor.state.loss()) {
            return false;
        }
        trial.current = lowest.candidate;
        trial.entrant = lowest;
        cursor.state = lowest.state;
        cursor.segment++;
        return true;
    }

    private void accept() {
        cursor.settled(true);
        cursor.escapes++;
        cursor.judgement = null;
        cursor.trial = null;
    }

    /** After an accepted trial: judge where it came to rest, or descend on where it only ran out of its iterations. */
    private void goOn() {
        if (cursor.reason.atRest() || cursor.limitReason != null) {
            cursor.enter(Phase.JUDGE, "Judging this point: " + cursor.reason.sentence() + ".");
        } else {
            cursor.enter(Phase.DESCEND, "Out: descending on.");
        }
    }

    private void giveUp(String detail) {
        if (cursor.reason instanceof StopReason.EscapeRequested) {
            cursor.enter(Phase.DESCEND, detail + " Descending on from where the run was.");
        } else {
            cursor.enter(Phase.FINISH, detail);
        }
    }

    /** What became of a candidate of the trial that is going on. */
    RunEvent event(Escape.Candidate candidate, RunEvent.EscapeOutcome outcome, String detail, double lossAfter) {
        Map<String, Double> figures = new LinkedHashMap<>(candidate.figures().asMap());
        figures.put("lossBefore", cursor.trial.trap.loss());
        figures.put("lossAfter", lossAfter);
        figures.putAll(Jump.of(cursor.trial.trap.x(), cursor.trial.judgement, candidate.x()));
        plan.observer().work().ifPresent(work -> figures.put(Values.GRADIENT_EVALUATIONS, work));
        return new RunEvent.Escape(
                cursor.stamp(),
                candidate.mechanism(),
                outcome,
                detail,
                Values.of(figures),
                cursor.projected(),
                candidate.type());
    }
}
