package io.escapement.run;

import io.escapement.event.RunEvent;
import io.escapement.solve.SolverState;
import java.time.Clock;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** A run as a cold stream: each subscription does the whole run afresh, on its own cursor. */
public final class RunPipeline<P, S extends SolverState> {

    private final RunPlan<P, S> plan;
    private final Clock clock;

    public RunPipeline(RunPlan<P, S> plan, Clock clock) {
        this.plan = Objects.requireNonNull(plan, "plan");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    public RunPipeline(RunPlan<P, S> plan) {
        this(plan, Clock.systemUTC());
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
            Cursor<P, S> cursor = new Cursor<>(plan, inbox, scheduler, new Stamps(clock));
            return Flux.defer(cursor::nextSegment)
                    .repeat(() -> !cursor.done())
                    .onErrorResume(cursor::failed)
                    .doOnCancel(cursor::cancel);
        });
    }
}
