package io.escapement.run;

import io.escapement.event.Phase;
import io.escapement.event.RunEvent;
import io.escapement.landscape.Judgement;
import io.escapement.solve.SolverState;
import io.escapement.stop.StoppingCriterion;
import java.util.List;

/**
 * Takes a cursor apart for a checkpoint and puts it together again: at once what costs nothing, and what was judged and searched as the
 * first work of the run that goes on.
 */
final class CursorMemory<P, S extends SolverState> {

    private final Cursor<P, S> cursor;

    /** What is still to be put together of the checkpoint that the run goes on from; null where there is nothing. */
    private Snapshot resumed;

    private boolean resting;

    /** Memory that the watch of the descent being resumed is to have. */
    private Object rest;

    CursorMemory(Cursor<P, S> cursor) {
        this.cursor = cursor;
    }

    Snapshot snapshot() {
        Trial<S> trial = cursor.trial;
        StoppingCriterion.Watch watch = cursor.rest;
        return new Snapshot(
                cursor.stamps.attempt(),
                cursor.stamps.seq(),
                cursor.stamps.elapsed(),
                cursor.phaseUnderPause(),
                cursor.phase() == Phase.PAUSED ? null : cursor.announcement(),
                cursor.state,
                cursor.fresh,
                cursor.iteration,
                cursor.segment,
                cursor.escapes,
                cursor.asked,
                cursor.unseen,
                cursor.approach,
                cursor.reason,
                cursor.limitReason,
                cursor.judgement != null,
                cursor.everJudged,
                cursor.limit.memory(),
                watch != null,
                watch == null || (trial != null && watch == trial.entrant) ? null : watch.memory(),
                trial == null ? null : TrialMemory.of(trial),
                cursor.plan.observer().memory(cursor.state));
    }

    /** What costs nothing; the rest is for {@link #goOn}. */
    void restore(Snapshot from) {
        cursor.enter(from.phase(), from.announcement());
        // In a trial the trap first, where the run is until the escape has been put together again.
        cursor.state =
                solverState(from.trial() == null ? from.state() : from.trial().trap());
        cursor.fresh = from.trial() == null && from.fresh();
        cursor.iteration = from.iteration();
        cursor.segment = from.segment();
        cursor.escapes = from.escapes();
        cursor.asked = from.asked();
        cursor.unseen = from.unseen();
        cursor.approach = from.approach();
        cursor.reason = from.reason();
        cursor.limitReason = from.limitReason();
        cursor.everJudged = from.everJudged();
        cursor.limit.recall(from.limit());
        resting = from.resting();
        rest = from.rest();
        resumed = from;
        cursor.tellFirst(new RunEvent.PhaseChange(
                cursor.stamp(),
                from.phase(),
                "Attempt " + cursor.stamps.attempt() + " goes on from the checkpoint at iteration " + from.iteration()
                        + " of attempt " + from.attempt() + "."));
    }

    @SuppressWarnings("unchecked") // RunPipeline has compared its class with that of a state of the solver
    private S solverState(Object read) {
        return (S) read;
    }

    /** Whether {@link #goOn} is still to be done. */
    boolean incomplete() {
        return resumed != null;
    }

    /** Judges again what was judged, and puts an escape together again. */
    List<RunEvent> goOn() {
        Snapshot from = resumed;
        if (cursor.everJudged) {
            cursor.plan.judge().prepare(cursor.plan.problem(), cursor::stopping);
        }
        if (from.trial() != null) {
            Judgement again = judged();
            cursor.trial = TrialMemory.again(cursor, from.trial(), again, cursor.asked);
            cursor.state = solverState(from.state());
            cursor.fresh = from.fresh();
            cursor.judgement = from.judged() ? again : null;
        } else if (from.judged() && cursor.phase() == Phase.ESCAPE) {
            cursor.judgement = judged();
        }
        // Last, because what was done here does not count as the run's work.
        cursor.plan.observer().recall(from.observer(), cursor.state);
        resumed = null;
        return List.of();
    }

    private Judgement judged() {
        return cursor.plan.judge().judge(cursor.plan.problem(), cursor.state.x(), cursor::stopping);
    }

    /** Brings the watch of a descent that begins to where the checkpoint had it, if that had begun. */
    void recall(StoppingCriterion.Watch begun) {
        boolean recalledAlready = cursor.trial != null && cursor.trial.entrant == begun;
        if (resting && !recalledAlready) {
            begun.recall(rest);
        }
        forgetRest();
    }

    /** The descent that the checkpoint had begun is given up. */
    void forgetRest() {
        resting = false;
        rest = null;
    }
}
