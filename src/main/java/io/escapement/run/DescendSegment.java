package io.escapement.run;

import io.escapement.escape.Escape;
import io.escapement.event.Phase;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.StopReason;
import io.escapement.solve.SolverState;
import io.escapement.stop.Departure;
import io.escapement.stop.Hopeless;
import io.escapement.stop.IterationLimit;
import io.escapement.stop.StoppingCriterion;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/** DESCEND and TRIAL: solver steps, one iteration event each, until the watch gives a reason or a command comes. */
final class DescendSegment<P, S extends SolverState> {

    /**
     * A trial that is not on its way below the trap is broken off. Measured with {@code auto} at 20,000 gradient evaluations on
     * 50 instances of Gaussian sensing each, solved without it, with windows of 25 and of 100 iterations: gradient descent,
     * n=30 r=1 m=36, 42, 49 and 48; n=20 r=2 m=42, 27, 32 and 39; L-BFGS, n=30 r=1 m=34, 48, 48 and 48; n=20 r=2 m=42, 49, 46
     * and 49; m=40, 39, 20 and 38.
     */
    private static final int HOPE_WINDOW = 100;

    private static final double HOPE_MARGIN = 10;

    private final Cursor<P, S> cursor;
    private final RunPlan<P, S> plan;

    DescendSegment(Cursor<P, S> cursor) {
        this.cursor = cursor;
        this.plan = cursor.plan;
    }

    Flux<RunEvent> events() {
        if (cursor.rest == null) {
            cursor.watch(
                    cursor.trial != null && cursor.trial.entrant != null
                            ? cursor.trial.entrant
                            : criterion().begin());
        }
        Flux<RunEvent> steps = Flux.generate(this::emit);
        Duration wait = cursor.pacer.wait(cursor.stamps.elapsed());
        return wait.isZero()
                ? steps
                : Mono.firstWithSignal(Mono.delay(wait, cursor.scheduler).then(), cursor.inbox.arrival())
                        .publishOn(cursor.scheduler)
                        .thenMany(steps);
    }

    private StoppingCriterion criterion() {
        RunSettings settings = plan.settings();
        if (cursor.phase() == Phase.TRIAL) {
            return trial(settings);
        }
        return switch (cursor.approach) {
            case FRESH -> settings.rest();
            case FROM_SADDLE -> settings.restAgain();
            case CLOSER -> settings.restCloser();
        };
    }

    /** What a candidate that races rests by, besides its heats. */
    static StoppingCriterion racing(RunSettings settings, double trap) {
        return settings.restAgain().or(new Hopeless(trap, HOPE_WINDOW, HOPE_MARGIN));
    }

    /** A trial rests like a descent from a saddle, because a candidate may be next to one. */
    private StoppingCriterion trial(RunSettings settings) {
        Escape.Patience patience = cursor.trial.current.patience().orElse(null);
        if (patience == null) {
            double below = cursor.trial.trap.loss();
            return settings.restAgain()
                    .or(new IterationLimit(settings.trialIterations()))
                    .or(new Hopeless(below, HOPE_WINDOW, HOPE_MARGIN));
        }
        long limit = Math.max(settings.trialIterations(), patience.iterations());
        return new Departure(cursor.trial.trap.loss(), patience.drop(), patience.iterations(), settings.restAgain())
                .or(new IterationLimit(limit));
    }

    private void emit(SynchronousSink<RunEvent> sink) {
        try {
            emitOne(sink);
        } catch (VirtualMachineError | LinkageError e) {
            throw new FatalStep(e);
        }
    }

    private void emitOne(SynchronousSink<RunEvent> sink) {
        while (!cursor.cancelled()) {
            cursor.checkpointIfDue(false);
            // A command that changed nothing may have ended the wait before its time.
            if (cursor.takeCommands() || cursor.waiting()) {
                sink.complete();
                return;
            }
            boolean shown = cursor.fresh;
            advance();
            RunEvent.Iteration event = new RunEvent.Iteration(
                    cursor.stamps.peek(cursor.iteration, cursor.segment), cursor.observed(), cursor.projected());
            Optional<StopReason> limit = cursor.limit.check(event);
            Optional<StopReason> rest = cursor.rest.check(event);
            if (rest.isEmpty()) {
                rest = cursor.state.ended().map(StopReason.MethodEnded::new);
            }
            boolean stop = limit.isPresent() || rest.isPresent();
            cursor.visit(shown || stop);
            if (!stop && !shown && ++cursor.unseen < plan.settings().emitEvery()) {
                continue;
            }
            cursor.unseen = 0;
            cursor.stamps.taken();
            cursor.pacer.emitted(cursor.stamps.elapsed());
            sink.next(event);
            if (stop) {
                end(rest, limit);
                sink.complete();
            } else if (cursor.waiting()) {
                sink.complete();
            }
            return;
        }
        sink.complete();
    }

    private void advance() {
        if (cursor.state == null) {
            cursor.state = plan.solver().start(plan.problem(), plan.x0(), cursor.workspace);
        } else {
            if (!cursor.fresh) {
                cursor.state = plan.solver().step(plan.problem(), cursor.state, cursor.workspace);
            }
            // A landing is an iterate of its own.
            cursor.iteration++;
        }
        cursor.fresh = false;
        cursor.judgement = null;
    }

    /** A point at rest is worth judging even where the run's limit came with the same iteration. */
    private void end(Optional<StopReason> rest, Optional<StopReason> limit) {
        cursor.rest = null;
        cursor.limitReason = limit.orElse(null);
        cursor.reason = rest.or(() -> limit).orElseThrow();
        if (cursor.trial != null) {
            cursor.enter(Phase.ESCAPE, "The trial has ended: " + cursor.reason.sentence() + ".");
        } else if (cursor.reason.state() == RunState.DIVERGED) {
            cursor.enter(Phase.FINISH, "Diverged: " + cursor.reason.sentence() + ".");
        } else if (cursor.reason instanceof StopReason.TimeLimit) {
            // Judging a large point takes many times what a step takes: time that the user did not give.
            cursor.enter(Phase.FINISH, "The run ends, not judged: " + cursor.reason.sentence() + ".");
        } else {
            cursor.enter(Phase.JUDGE, "Judging this point: " + cursor.reason.sentence() + ".");
        }
    }
}
