package io.escapement.run;

import io.escapement.event.Phase;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import io.escapement.solve.SolverState;
import java.util.List;
import reactor.core.publisher.Flux;

/** JUDGE: what is this point, and what follows from that? */
final class JudgeSegment<P, S extends SolverState> {

    private final Cursor<P, S> cursor;

    JudgeSegment(Cursor<P, S> cursor) {
        this.cursor = cursor;
    }

    Flux<RunEvent> events() {
        return OnDemand.of(() -> cursor.unlessStopped(() -> List.of(judge())));
    }

    private RunEvent judge() {
        RunPlan<P, S> plan = cursor.plan;
        cursor.judgement = plan.judge().judge(plan.problem(), cursor.state.x(), cursor::stopping);
        cursor.everJudged = true;
        PointVerdict verdict = cursor.judgement.verdict();
        cursor.visit(true);
        RunEvent event = new RunEvent.Stationary(
                cursor.stamp(),
                cursor.reason,
                verdict,
                cursor.observedWith(cursor.judgement.figures()),
                cursor.projected());
        cursor.pacer.landmark(cursor.stamps.elapsed());
        decide(verdict);
        return event;
    }

    private void decide(PointVerdict verdict) {
        StopReason reason = cursor.reason;
        boolean asked = reason instanceof StopReason.EscapeRequested;
        boolean worthLeaving = reason.atRest()
                && !(reason instanceof StopReason.TargetReached)
                && !(verdict instanceof PointVerdict.GlobalMinimum);
        Cursor.Approach approach = cursor.approach;
        cursor.approach = Cursor.Approach.FRESH;
        boolean tooClose = cursor.judgement.tooClose() && reason instanceof StopReason.GradientSmall;
        if (cursor.limitReason != null || !worthLeaving) {
            cursor.enter(Phase.FINISH, "The run ends: " + reason.sentence() + ".");
        } else if (tooClose && approach != Cursor.Approach.CLOSER) {
            cursor.approach = Cursor.Approach.CLOSER;
            cursor.enter(Phase.DESCEND, "Too close to call: descending on to a smaller gradient.");
        } else if (cursor.plan.escape().isEmpty()) {
            String none = "No escape mechanism is set (see --escape)";
            if (asked) {
                cursor.enter(Phase.DESCEND, none + ": descending on.");
            } else if (verdict instanceof PointVerdict.StrictSaddle && reason instanceof StopReason.GradientSmall) {
                // A saddle is no rest for a descent: what stopped it is the tolerance.
                cursor.approach = Cursor.Approach.FROM_SADDLE;
                cursor.enter(Phase.DESCEND, none + ": descending on from the saddle.");
            } else {
                cursor.enter(Phase.FINISH, none + ": the run ends here.");
            }
        } else if (!asked && cursor.escapes >= cursor.plan.settings().maxEscapes()) {
            cursor.enter(
                    Phase.FINISH,
                    "The " + cursor.plan.settings().maxEscapes()
                            + " escapes allowed (--max-escapes) are used up: the run ends here.");
        } else {
            cursor.enter(
                    Phase.ESCAPE,
                    "Looking for a way out by " + cursor.plan.escape().get().name() + ".");
        }
    }
}
