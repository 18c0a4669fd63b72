package io.escapement.run;

import io.escapement.event.Phase;
import io.escapement.event.Point3;
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
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Where one subscription of a pipeline is: the one mutable thing of a run, touched by one thread at a time. Its phase
 * chooses the next segment, and the segments move it on.
 *
 * <p>A little over the usual length because it is all that the segments, the commands and a checkpoint share.
 */
final class Cursor<P, S extends SolverState> {

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
    private String announcement;

    /** Events that are to be told before the run goes on. */
    private final Deque<RunEvent> first = new ArrayDeque<>();

    private final Checkpointing checkpoints;
    private final CursorMemory<P, S> memory = new CursorMemory<>(this);
    private final Orders<P, S> orders = new Orders<>(this);
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
            memory.restore(from);
        }
    }

    /** The descent's watch, begun, or brought to where the checkpoint had it. */
    void watch(StoppingCriterion.Watch begun) {
        memory.recall(begun);
        rest = begun;
    }

    /** The descent going on is given up: the next begins anew. */
    void giveUpDescent() {
        memory.forgetRest();
        rest = null;
    }

    /** @param stretchEnds whether a segment has ended */
    void checkpointIfDue(boolean stretchEnds) {
        if (checkpoints.possible() && checkpoints.due(stamps.elapsedNanos(), stretchEnds)) {
            keepCheckpoint();
        }
    }

    /** Returns whether one was kept; while a run is being put together from one, that one is still the newest. */
    boolean keepCheckpoint() {
        if (!checkpoints.possible() || memory.incomplete() || phase == Phase.FINISH) {
            return false;
        }
        checkpoints.keep(new Checkpoint(memory.snapshot()));
        return true;
    }

    /** Whether checkpoints of the run are kept. */
    boolean stored() {
        return checkpoints.possible();
    }

    /** Whether it is still to be put together from a checkpoint. */
    boolean incomplete() {
        return memory.incomplete();
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

    /** There are no more events after the next, if there is a next. */
    void end() {
        done = true;
    }

    Phase phase() {
        return phase;
    }

    /** The phase; of a paused run that in which it was. */
    Phase phaseUnderPause() {
        return orders.phaseUnderPause();
    }

    /** What is still to be said of the phase; null where that has been said. */
    String announcement() {
        return announcement;
    }

    /** Goes on in another phase, and says so in an event. */
    void enter(Phase next, String detail) {
        phase = next;
        announcement = detail;
    }

    /** An event that is told before the run goes on. */
    void tellFirst(RunEvent event) {
        first.add(event);
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
        if (!first.isEmpty()) {
            return OnDemand.of(() -> List.of(first.remove()));
        }
        if (memory.incomplete() && phase != Phase.FINISH) {
            return OnDemand.of(() -> unlessStopped(memory::goOn));
        }
        if (announcement != null) {
            return OnDemand.of(() -> List.of(announce()));
        }
        return switch (phase) {
            case DESCEND, TRIAL -> new DescendSegment<>(this).events();
            case JUDGE -> new JudgeSegment<>(this).events();
            case ESCAPE -> new EscapeSegment<>(this).events();
            case PAUSED -> orders.await();
            case FINISH -> new FinishSegment<>(this).events();
        };
    }

    private RunEvent announce() {
        String detail = announcement;
        announcement = null;
        return new RunEvent.PhaseChange(stamp(), phase, detail);
    }

    /** Obeys what is in the inbox. Returns whether the run is somewhere else now. */
    boolean takeCommands() {
        return orders.take();
    }

    /** Whether the pace asks for a wait before the next emission. */
    boolean waiting() {
        return pacer.paces() && !pacer.wait(stamps.elapsed()).isZero();
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

    /** The end of a run in whose step an exception was thrown. */
    Publisher<RunEvent> failed(Throwable error) {
        return new FinishSegment<>(this).failed(error);
    }
}
