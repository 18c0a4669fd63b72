package io.escapement.run;

import io.escapement.event.PointVerdict;
import io.escapement.event.RunState;
import io.escapement.event.StopReason;
import io.escapement.landscape.Judgement;

/** The state that a run ends in, from why it stopped and what the point is. */
final class EndState {

    private EndState() {}

    /**
     * A certificate makes a run converged even where a limit ended it; a known trap makes a rest a stall, unless the user's
     * target was reached.
     *
     * @param judgement or null where the point was not judged
     */
    static RunState of(StopReason reason, Judgement judgement) {
        RunState state = reason.state();
        if (judgement == null) {
            return state;
        }
        PointVerdict verdict = judgement.verdict();
        if (verdict instanceof PointVerdict.GlobalMinimum && state != RunState.CANCELLED) {
            return RunState.CONVERGED;
        }
        boolean goal = reason instanceof StopReason.TargetReached;
        return verdict.trap() && state == RunState.CONVERGED && !goal ? RunState.STALLED : state;
    }
}
