package io.escapement.run;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Disposable;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A live run: one subscription of a pipeline on a thread of its own, shared by all readers.
 *
 * <p>Readers subscribe before {@link #start()} to see everything. They are called on the solver's thread; one that does not
 * keep up is ended with an overflow error instead of slowing the solver, and one that throws is ended alone.
 */
public final class Run {

    private final RunHeader header;
    private final CommandInbox inbox = new CommandInbox();
    private final Scheduler scheduler;
    private final ConnectableFlux<RunEvent> hot;
    private final CompletableFuture<RunEvent.Verdict> ended = new CompletableFuture<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile Disposable connection;

    /** On the solver's thread. */
    private RunEvent.Verdict last;

    public Run(RunHeader header, RunPipeline<?, ?> pipeline) {
        this.header = Objects.requireNonNull(header, "header");
        this.scheduler = Schedulers.newSingle("run-" + header.id(), true);
        this.hot = pipeline.events(inbox, scheduler)
                .subscribeOn(scheduler)
                .doFinally(signal -> scheduler.dispose())
                .publish();
        hot.subscribe(this::note, ended::completeExceptionally, this::close);
    }

    private void note(RunEvent event) {
        if (event instanceof RunEvent.Verdict verdict) {
            last = verdict;
        }
    }

    private void close() {
        if (last != null) {
            ended.complete(last);
        }
        ended.completeExceptionally(new IllegalStateException("run " + header.id() + " ended without a verdict"));
    }

    public RunHeader header() {
        return header;
    }

    /** Every event from now on, on the solver's thread; a reader must ask for all of them and be quick. */
    public Flux<RunEvent> events() {
        return hot.onBackpressureError();
    }

    /** Begins; a second call does nothing. */
    public void start() {
        if (started.compareAndSet(false, true)) {
            connection = hot.connect();
        }
    }

    /**
     * Asks for something; the run obeys between two steps.
     *
     * @param by who asks, for the record
     * @return whether the run is still live
     */
    public boolean command(Command command, String by) {
        if (ended.isDone()) {
            return false;
        }
        inbox.offer(new CommandInbox.Request(command, by));
        return true;
    }

    /** The last event, once every reader has had it. Completes on the solver's thread. */
    public CompletableFuture<RunEvent.Verdict> ended() {
        return ended.copy();
    }

    /** Does something once the run has ended in whatever way; on the solver's thread. */
    public void whenEnded(Runnable action) {
        CompletableFuture<?> unused = ended.whenComplete((verdict, error) -> action.run());
    }

    /** Ends the run at once and without a verdict: for a process that must go. */
    public void dispose() {
        Disposable live = connection;
        if (live != null) {
            live.dispose();
        }
        scheduler.dispose();
        ended.completeExceptionally(new CancellationException("run " + header.id() + " was ended by its process"));
    }
}
