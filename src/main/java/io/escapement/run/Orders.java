package io.escapement.run;

import io.escapement.event.Phase;
import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import io.escapement.solve.SolverState;
import reactor.core.publisher.Flux;

/** What commands do to a run: between two steps they move its cursor on. */
final class Orders<P, S extends SolverState> {

    private final Cursor<P, S> cursor;

    /** The phase that a pause interrupted. */
    private Phase interrupted;

    Orders(Cursor<P, S> cursor) {
        this.cursor = cursor;
    }

    /** The phase; of a paused run that in which it was. */
    Phase phaseUnderPause() {
        return cursor.phase() == Phase.PAUSED ? interrupted : cursor.phase();
    }

    /** Obeys what is in the inbox. Returns whether the run is somewhere else now. */
    boolean take() {
        boolean moved = false;
        CommandInbox inbox = cursor.inbox;
        for (CommandInbox.Request request = inbox.poll(); request != null; request = inbox.poll()) {
            moved |= cursor.phase() != Phase.FINISH && obey(request.command(), request.by());
        }
        return moved;
    }

    /** No events, until there is something in the inbox. */
    Flux<RunEvent> await() {
        return cursor.inbox
                .arrival()
                .publishOn(cursor.scheduler)
                .doOnSuccess(nothing -> take())
                .thenMany(Flux.empty());
    }

    private boolean obey(Command command, String by) {
        return switch (command) {
            case PAUSE -> pause(by);
            case RESUME -> resume(by);
            case STOP -> stop(by);
            case ESCAPE -> escape(by);
            case CHECKPOINT -> checkpoint(by);
            case SUSPEND -> suspend();
        };
    }

    private boolean pause(String by) {
        if (cursor.phase() == Phase.PAUSED) {
            return false;
        }
        interrupted = cursor.phase();
        cursor.enter(Phase.PAUSED, "Paused by " + by + ".");
        return true;
    }

    private boolean resume(String by) {
        if (cursor.phase() != Phase.PAUSED) {
            return false;
        }
        cursor.enter(interrupted, "Resumed by " + by + ".");
        return true;
    }

    private boolean stop(String by) {
        cursor.keepCheckpoint();
        abandonTrial(by);
        cursor.reason = new StopReason.Cancelled(by);
        cursor.enter(Phase.FINISH, "Stopped by " + by + ".");
        return true;
    }

    private boolean escape(String by) {
        Phase now = phaseUnderPause();
        if (cursor.state == null || cursor.incomplete() || now == Phase.JUDGE || now == Phase.ESCAPE) {
            // Nothing to escape from yet, or on the way to it already.
            cursor.enter(now, "Escape asked for by " + by + ".");
            return true;
        }
        abandonTrial(by);
        cursor.giveUpDescent();
        cursor.reason = new StopReason.EscapeRequested(by);
        cursor.enter(Phase.JUDGE, "Judging this point, because an escape was asked for by " + by + ".");
        return true;
    }

    private boolean checkpoint(String by) {
        String detail = cursor.keepCheckpoint()
                ? "A checkpoint at iteration " + cursor.iteration + ", asked for by " + by + "."
                : cursor.stored()
                        ? "No other checkpoint than the one the run goes on from: it has not gone on yet."
                        : "No checkpoint: the run is not stored.";
        cursor.tellFirst(new RunEvent.Message(cursor.stamp(), RunEvent.Level.INFO, detail));
        return true;
    }

    private boolean suspend() {
        cursor.keepCheckpoint();
        // Without a verdict: it is to be taken up again.
        cursor.end();
        return true;
    }

    /** Out of a trial on command: stays where it is if that is below the trap, otherwise goes back. Says so in an event. */
    private void abandonTrial(String by) {
        Trial<S> trial = cursor.trial;
        if (trial == null) {
            return;
        }
        double loss = cursor.state.loss();
        boolean lower = trial.current != null && cursor.improves(loss);
        if (trial.current != null) {
            cursor.settled(lower);
        }
        if (lower) {
            cursor.escapes++;
            cursor.judgement = null;
        } else {
            cursor.returnToTrap();
        }
        if (trial.current != null) {
            cursor.tellFirst(new EscapeSegment<>(cursor)
                    .event(
                            trial.current,
                            lower ? RunEvent.EscapeOutcome.ACCEPTED : RunEvent.EscapeOutcome.REJECTED,
                            "The trial was cut short by " + by
                                    + (lower ? ", below the trap" : ", no lower than the trap"),
                            loss));
        }
        cursor.trial = null;
    }
}
