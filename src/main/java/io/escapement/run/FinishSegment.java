package io.escapement.run;

import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import io.escapement.solve.SolverState;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/** FINISH: the verdict, with which a run ends; also where a step of it failed. */
final class FinishSegment<P, S extends SolverState> {

    private static final Logger LOG = LoggerFactory.getLogger(FinishSegment.class);

    private final Cursor<P, S> cursor;

    FinishSegment(Cursor<P, S> cursor) {
        this.cursor = cursor;
    }

    Flux<RunEvent> events() {
        return OnDemand.of(() -> List.of(finish()));
    }

    private RunEvent finish() {
        cursor.end();
        StopReason reason = cursor.reason;
        boolean judged = cursor.judgement != null;
        PointVerdict verdict = judged
                ? cursor.judgement.verdict()
                : new PointVerdict.Undecided("the point was not judged, because " + reason.sentence());
        if (cursor.state != null) {
            cursor.plan.observer().ended(cursor.state);
        }
        Values values = judged ? cursor.observedWith(cursor.judgement.figures()) : cursor.observed();
        return new RunEvent.Verdict(
                cursor.stamp(), EndState.of(reason, cursor.judgement), reason, verdict, values, cursor.projected());
    }

    /** The verdict of a run in whose step an exception was thrown. */
    Flux<RunEvent> failed(Throwable error) {
        LOG.error("a step failed at iteration {}", cursor.iteration, error);
        cursor.end();
        Throwable cause = FatalStep.unwrapped(error);
        String name = cause.getClass().getSimpleName();
        StopReason reason = new StopReason.Failed(cause.getMessage() == null ? name : name + ": " + cause.getMessage());
        cursor.reason = reason;
        return Flux.just(new RunEvent.Verdict(
                cursor.stamp(),
                reason.state(),
                reason,
                new PointVerdict.Undecided("the run failed at iteration " + cursor.iteration),
                Values.none(),
                null));
    }
}
