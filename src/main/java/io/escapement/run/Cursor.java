package io.escapement.run;

import io.escapement.event.Phase;
import io.escapement.event.Point3;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.Stamp;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import io.escapement.landscape.Judgement;
import io.escapement.linalg.Workspace;
import io.escapement.solve.SolverState;
import io.escapement.stop.StoppingCriterion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Where one subscription of a pipeline is: the one mutable thing of a run, touched by one thread at a time. Its phase
 * chooses the next segment, and the segments move it on.
 *
 * <p>Over the usual length because it is all the mutable state of a run, and what commands do to it.
 */
final class Cursor<P, S extends SolverState> {

    private static final Logger LOG = LoggerFactory.getLogger(Cursor.class);

    final RunPlan<P, S> plan;
    final CommandInbox inbox;
    final Scheduler scheduler;
    final Stamps stamps;
    final Pacer pacer;
    final Workspace workspace = new Workspace();
    final StoppingCriterion.Watch limit;

    /** Null before the first step. */
    S state;

    /** Whether the state is a start or a landing that no event has shown yet. */
    boolean fresh = true;

    long iteration;
    int segment;
    int escapes;

    /** Escapes asked for so far, whatever came of them. */
    int asked;

    /** Of the stretch being descended; null when the next one has not begun. */
    StoppingCriterion.Watch rest;

    /** What the descent has behind it, which decides where it may rest. */
    Approach approach = Approach.FRESH;

    /** Where a descent comes from. */
    enum Approach {
        /** A start, or a landing. */
        FRESH,
        /** A strict saddle that only descent itself can leave. */
        FROM_SADDLE,
        /** A point that was too close to call. */
        CLOSER
    }

    /** Why the last descent ended. */
    StopReason reason;

    /** The limit of the run that was reached with it, or null. */
    StopReason limitReason;

    /** Iterations since the last one that an event showed. */
    int unseen;

    /** Of the state, or null where it was not judged. */
    Judgement judgement;

    /** Whether any point of the run was. */
    boolean everJudged;

    /** Null outside an escape. */
    Trial<S> trial;

    private Phase phase;
    private Phase interrupted;
    private String announcement;
    private final Deque<RunEvent> settled = new ArrayDeque<>();
    private final Checkpointing checkpoints;

    /** Memory that the watch of the descent being resumed is to have. */
    private Object restMemory;

    private boolean resting;

    /** What is still to be put together of the checkpoint that the run goes on from; null where there is nothing. */
    private Snapshot resumed;

    private boolean done;
    private volatile boolean cancelled;

    Cursor(
            RunPlan<P, S> plan,
            CommandInbox inbox,
            Scheduler scheduler,
            Stamps stamps,
            Checkpointing checkpoints,
            Snapshot from) {
        this.checkpoints = checkpoints;
        this.plan = plan;
        this.inbox = inbox;
        this.scheduler = scheduler;
        this.stamps = stamps;
        this.pacer = new Pacer(plan.settings().pace(), plan.settings().linger());
        this.limit = plan.settings().limit().begin();
        plan.observer().begun();
        if (from == null) {
            enter(Phase.DESCEND, "Descending: " + plan.solver().describe() + ".");
        } else {
            restore(from);
        }
    }

    /** What costs nothing; the rest is for {@link #goOn}. */
    private void restore(Snapshot from) {
        phase = from.phase();
        announcement = from.announcement();
        // In a trial the trap first, where the run is until the escape has been put together again.
        state = solverState(from.trial() == null ? from.state() : from.trial().trap());
        fresh = from.trial() == null && from.fresh();
        iteration = from.iteration();
        segment = from.segment();
        escapes = from.escapes();
        asked = from.asked();
        unseen = from.unseen();
        approach = from.approach();
        reason = from.reason();
        limitReason = from.limitReason();
        everJudged = from.everJudged();
        limit.recall(from.limit());
        resting = from.resting();
        restMemory = from.rest();
        resumed = from;
        settled.add(new RunEvent.PhaseChange(
                stamp(),
                phase,
                "Attempt " + stamps.attempt() + " goes on from the checkpoint at iteration " + iteration
                        + " of attempt " + from.attempt() + "."));
    }

    @SuppressWarnings("unchecked") // RunPipeline has compared its class with that of a state of the solver
    private S solverState(Object read) {
        return (S) read;
    }

    /** Judges again what was judged, and puts an escape together again. */
    private List<RunEvent> goOn() {
        Snapshot from = resumed;
        if (everJudged) {
            plan.judge().prepare(plan.problem(), this::stopping);
        }
        if (from.trial() != null) {
            Judgement again = plan.judge().judge(plan.problem(), state.x(), this::stopping);
            trial = TrialMemory.again(this, from.trial(), again, asked);
            state = solverState(from.state());
            fresh = from.fresh();
            judgement = from.judged() ? again : null;
        } else if (from.judged() && phase == Phase.ESCAPE) {
            judgement = plan.judge().judge(plan.problem(), state.x(), this::stopping);
        }
        // Last, because what was done here does not count as the run's work.
        plan.observer().recall(from.observer(), state);
        resumed = null;
        return List.of();
    }

    /** The descent's watch, begun, or brought to where the checkpoint had it. */
    void watch(StoppingCriterion.Watch begun) {
        boolean recalledAlready = trial != null && trial.entrant == begun;
        if (resting && !recalledAlready) {
            begun.recall(restMemory);
        }
        resting = false;
        restMemory = null;
        rest = begun;
    }

    private Snapshot snapshot() {
        Phase now = phase == Phase.PAUSED ? interrupted : phase;
        return new Snapshot(
                stamps.attempt(),
                stamps.seq(),
                stamps.elapsed(),
                now,
                phase == Phase.PAUSED ? null : announcement,
                state,
                fresh,
                iteration,
                segment,
                escapes,
                asked,
                unseen,
                approach,
                reason,
                limitReason,
                judgement != null,
                everJudged,
                limit.memory(),
                rest != null,
                rest == null || (trial != null && rest == trial.entrant) ? null : rest.memory(),
                trial == null ? null : TrialMemory.of(trial),
                plan.observer().memory(state));
    }

    /** @param stretchEnds whether a segment has ended */
    void checkpointIfDue(boolean stretchEnds) {
        if (checkpoints.possible() && checkpoints.due(stamps.elapsedNanos(), stretchEnds)) {
            keepCheckpoint();
        }
    }

    /** Returns whether one was kept; while a run is being put together from one, that one is still the newest. */
    private boolean keepCheckpoint() {
        if (!checkpoints.possible() || resumed != null || phase == Phase.FINISH) {
            return false;
        }
        checkpoints.keep(new Checkpoint(snapshot()));
        return true;
    }

    boolean done() {
        return done || cancelled;
    }

    boolean cancelled() {
        return cancelled;
    }

    /** Whether what is being computed will not be needed: asked between the products of a judgement. */
    boolean stopping() {
        return cancelled || inbox.holds(Command.STOP) || inbox.holds(Command.SUSPEND);
    }

    /** What a piece of work gives, or nothing where it was broken off for a command that then takes the run on. */
    List<RunEvent> unlessStopped(Supplier<List<RunEvent>> work) {
        try {
            return work.get();
        } catch (CancellationException e) {
            if (stopping()) {
                return List.of();
            }
            throw e;
        }
    }

    void cancel() {
        cancelled = true;
    }

    Phase phase() {
        return phase;
    }

    /** Goes on in another phase, and says so in an event. */
    void enter(Phase next, String detail) {
        phase = next;
        announcement = detail;
    }

    /** The next stretch of events. */
    Flux<RunEvent> nextSegment() {
        if (phase != Phase.FINISH && phase != Phase.PAUSED) {
            takeCommands();
            checkpointIfDue(rest == null);
        }
        if (done) {
            return Flux.empty();
        }
        if (!settled.isEmpty()) {
            return OnDemand.of(() -> List.of(settled.remove()));
        }
        if (resumed != null && phase != Phase.FINISH) {
            return OnDemand.of(() -> unlessStopped(this::goOn));
        }
        if (announcement != null) {
            return OnDemand.of(() -> List.of(announce()));
        }
        return switch (phase) {
            case DESCEND, TRIAL -> new DescendSegment<>(this).events();
            case JUDGE -> new JudgeSegment<>(this).events();
            case ESCAPE -> new EscapeSegment<>(this).events();
            case PAUSED -> awaitCommand();
            case FINISH -> OnDemand.of(() -> List.of(finish()));
        };
    }

    private RunEvent announce() {
        String detail = announcement;
        announcement = null;
        return new RunEvent.PhaseChange(stamp(), phase, detail);
    }

    /** Obeys what is in the inbox. Returns whether the run is somewhere else now. */
    boolean takeCommands() {
        boolean moved = false;
        for (CommandInbox.Request request = inbox.poll(); request != null; request = inbox.poll()) {
            moved |= obey(request);
        }
        return moved;
    }

    private boolean obey(CommandInbox.Request request) {
        if (phase == Phase.FINISH) {
            return false;
        }
        switch (request.command()) {
            case PAUSE -> {
                if (phase == Phase.PAUSED) {
                    return false;
                }
                interrupted = phase;
                enter(Phase.PAUSED, "Paused by " + request.by() + ".");
            }
            case RESUME -> {
                if (phase != Phase.PAUSED) {
                    return false;
                }
                enter(interrupted, "Resumed by " + request.by() + ".");
            }
            case STOP -> {
                keepCheckpoint();
                abandonTrial(request.by());
                reason = new StopReason.Cancelled(request.by());
                enter(Phase.FINISH, "Stopped by " + request.by() + ".");
            }
            case ESCAPE -> {
                Phase now = phase == Phase.PAUSED ? interrupted : phase;
                if (state == null || resumed != null || now == Phase.JUDGE || now == Phase.ESCAPE) {
                    // Nothing to escape from yet, or on the way to it already.
                    enter(now, "Escape asked for by " + request.by() + ".");
                    return true;
                }
                abandonTrial(request.by());
                rest = null;
                resting = false;
                reason = new StopReason.EscapeRequested(request.by());
                enter(Phase.JUDGE, "Judging this point, because an escape was asked for by " + request.by() + ".");
            }
            case CHECKPOINT ->
                settled.add(new RunEvent.Message(
                        stamp(),
                        RunEvent.Level.INFO,
                        keepCheckpoint()
                                ? "A checkpoint at iteration " + iteration + ", asked for by " + request.by() + "."
                                : checkpoints.possible()
                                        ? "No other checkpoint than the one the run goes on from: it has not gone on yet."
                                        : "No checkpoint: the run is not stored."));
            case SUSPEND -> {
                keepCheckpoint();
                done = true;
            }
        }
        return true;
    }

    private Flux<RunEvent> awaitCommand() {
        return inbox.arrival()
                .publishOn(scheduler)
                .doOnSuccess(nothing -> takeCommands())
                .thenMany(Flux.empty());
    }

    /** Whether the pace asks for a wait before the next emission. */
    boolean waiting() {
        return pacer.paces() && !pacer.wait(stamps.elapsed()).isZero();
    }

    /** Out of a trial on command: stays where it is if that is below the trap, otherwise goes back. Says so in an event. */
    private void abandonTrial(String by) {
        if (trial == null) {
            return;
        }
        boolean lower = trial.current != null && improves(state.loss());
        double loss = state.loss();
        if (trial.current != null) {
            settled(lower);
        }
        if (lower) {
            escapes++;
            judgement = null;
        } else {
            returnToTrap();
        }
        if (trial.current != null) {
            settled.add(new EscapeSegment<>(this)
                    .event(
                            trial.current,
                            lower ? RunEvent.EscapeOutcome.ACCEPTED : RunEvent.EscapeOutcome.REJECTED,
                            "The trial was cut short by " + by
                                    + (lower ? ", below the trap" : ", no lower than the trap"),
                            loss));
        }
        trial = null;
    }

    void returnToTrap() {
        if (trial.current != null) {
            segment++;
        }
        state = trial.trap;
        plan.observer().returned();
        fresh = false;
        judgement = trial.judgement;
        reason = trial.reason;
    }

    /** Whether a loss is below the trap's by more than finding the same point again would give. */
    boolean improves(double loss) {
        double trap = trial.trap.loss();
        return loss < trap - plan.settings().improvement() * Math.abs(trap);
    }

    Stamp stamp() {
        return stamps.next(iteration, segment);
    }

    Values observed() {
        return state == null ? Values.none() : plan.observer().observe(state);
    }

    /** The observer's figures and others; the others win. */
    Values observedWith(Values others) {
        Map<String, Double> all = observed().asMap();
        all.putAll(others.asMap());
        return Values.of(all);
    }

    Point3 projected() {
        return state == null ? null : plan.observer().project(state);
    }

    /** Tells the observer where the run is. */
    void visit(boolean landmark) {
        plan.observer().visited(new Visit(iteration, segment, candidate(), landmark), state);
    }

    /** Tells the observer that the trial going on is over. */
    void settled(boolean accepted) {
        plan.observer().settled(candidate(), accepted);
    }

    /** Of the trial going on, a number of its own in the run; 0 without one. */
    private long candidate() {
        if (trial == null || trial.current == null) {
            return 0;
        }
        int number = trial.entrant == null ? trial.tried : trial.entrant.number;
        return ((long) asked << Integer.SIZE) | number;
    }

    private RunEvent finish() {
        done = true;
        PointVerdict verdict = judgement == null
                ? new PointVerdict.Undecided("the point was not judged, because " + reason.sentence())
                : judgement.verdict();
        if (state != null) {
            plan.observer().ended(state);
        }
        Values values = judgement == null ? observed() : observedWith(judgement.figures());
        return new RunEvent.Verdict(stamp(), EndState.of(reason, judgement), reason, verdict, values, projected());
    }

    Publisher<RunEvent> failed(Throwable error) {
        LOG.error("a step failed at iteration {}", iteration, error);
        Throwable cause = FatalStep.unwrapped(error);
        String name = cause.getClass().getSimpleName();
        reason = new StopReason.Failed(cause.getMessage() == null ? name : name + ": " + cause.getMessage());
        done = true;
        return Flux.just(new RunEvent.Verdict(
                stamp(),
                reason.state(),
                reason,
                new PointVerdict.Undecided("the run failed at iteration " + iteration),
                Values.none(),
                null));
    }
}
