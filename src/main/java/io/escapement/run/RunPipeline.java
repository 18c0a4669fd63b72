package io.escapement.run;

import io.escapement.event.RunEvent;
import io.escapement.linalg.Workspace;
import io.escapement.run.codec.MalformedState;
import io.escapement.solve.SolverState;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * A run as a cold stream: each subscription does the whole run afresh, on its own cursor, or goes on from the same checkpoint.
 */
public final class RunPipeline<P, S extends SolverState> {

    private final RunPlan<P, S> plan;
    private final Clock clock;

    /** Null where there is nowhere to keep checkpoints. */
    private final CheckpointKeeper keeper;

    private final Duration every;
    private final int attempt;

    /** Null for the beginning. */
    private final Snapshot from;

    public RunPipeline(RunPlan<P, S> plan, Clock clock) {
        this(plan, clock, null, Duration.ZERO, 1, null);
    }

    public RunPipeline(RunPlan<P, S> plan) {
        this(plan, Clock.systemUTC());
    }

    private RunPipeline(
            RunPlan<P, S> plan, Clock clock, CheckpointKeeper keeper, Duration every, int attempt, Snapshot from) {
        this.plan = Objects.requireNonNull(plan, "plan");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.keeper = keeper;
        this.every = Objects.requireNonNull(every, "every");
        this.attempt = attempt;
        this.from = from;
    }

    /**
     * The same, which makes checkpoints.
     *
     * @param interval between two; zero for only when one is asked for, or the run is stopped
     */
    public RunPipeline<P, S> checkpointed(Duration interval, CheckpointKeeper where) {
        return new RunPipeline<>(plan, clock, Objects.requireNonNull(where, "where"), interval, attempt, from);
    }

    /**
     * The same, going on from a checkpoint of this plan or of one made from the same options. What follows is what would have
     * followed, bit for bit.
     *
     * @param checkpoint as {@link Checkpoint#bytes} gave it
     * @param next number of the attempt, from 2
     * @throws MalformedState if it is damaged, of another version of the program or of another solver
     */
    public RunPipeline<P, S> goingOn(byte[] checkpoint, int next) {
        S template = plan.solver().start(plan.problem(), plan.x0(), new Workspace());
        return new RunPipeline<>(plan, clock, keeper, every, next, Checkpoint.read(checkpoint, template));
    }

    /**
     * All events of a run, ending with a {@link RunEvent.Verdict}. An exception inside a step ends the stream with the
     * verdict "failed", not with an error signal, so that every reader hears of it.
     *
     * @param scheduler does the waiting, and what follows a wait or a pause; until then the numerics are done by whoever asks for
     *     events (a {@link Run} asks on this scheduler too)
     */
    public Flux<RunEvent> events(Scheduler scheduler) {
        return events(new CommandInbox(), scheduler);
    }

    Flux<RunEvent> events(CommandInbox inbox, Scheduler scheduler) {
        return Flux.defer(() -> {
            Stamps stamps = new Stamps(clock, attempt, from == null ? Duration.ZERO : from.elapsed());
            Cursor<P, S> cursor = new Cursor<>(
                    plan, inbox, scheduler, stamps, new Checkpointing(keeper, every, stamps.elapsed()), from);
            return Flux.defer(cursor::nextSegment)
                    .repeat(() -> !cursor.done())
                    .onErrorResume(cursor::failed)
                    .doOnCancel(cursor::cancel);
        });
    }
}
