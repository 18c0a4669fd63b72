package io.escapement.app;

import io.escapement.event.Phase;
import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.run.CheckpointKeeper;
import io.escapement.run.Command;
import io.escapement.run.Run;
import io.escapement.run.RunPipeline;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of this process: starts them, at most so many at once, feeds each one's log and meters, and passes commands on.
 * Thread-safe.
 */
final class LiveRuns implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRuns.class);

    private final RunCatalogue catalogue;
    private final Function<RunHeader, Consumer<RunEvent>> meters;
    private final Consumer<RunLog> recorder;
    private final RunProblems problems;
    /** Where the checkpoints of a run go, by its id; null where nothing is stored. */
    private final Function<String, CheckpointKeeper> keepers;

    private final int atOnce;

    /** Runs that end with the process by being suspended, and not by being stopped: nobody waits for what they reached. */
    private final Set<Run> suspendable = new HashSet<>();

    private final Map<String, Run> unfinished = new HashMap<>();
    private final Queue<Run> queued = new ArrayDeque<>();
    /** Paused runs hold no thread, and no place that a queued one could have. */
    private final Set<Run> paused = new HashSet<>();

    private int running;
    private boolean closed;

    /**
     * @param meters gives the reader that meters a run
     * @param recorder has a log stored that has no event yet
     * @param problems remembers what the runs are on
     * @param keepers where the checkpoints of a run go, by its id; null for nowhere
     * @param atOnce runs at the same time; more are queued
     */
    LiveRuns(
            RunCatalogue catalogue,
            Function<RunHeader, Consumer<RunEvent>> meters,
            Consumer<RunLog> recorder,
            RunProblems problems,
            Function<String, CheckpointKeeper> keepers,
            int atOnce) {
        this.keepers = keepers;
        this.catalogue = catalogue;
        this.meters = meters;
        this.recorder = recorder;
        this.problems = problems;
        this.atOnce = atOnce;
    }

    /** A run with its log and meters in place, to be given further readers and then to {@link #start(Run)}. */
    Run create(PreparedRun prepared) {
        return create(prepared, recorder);
    }

    private Run create(PreparedRun prepared, Consumer<RunLog> storing) {
        String id = prepared.header().id();
        if (prepared.instance() != null) {
            problems.remember(id, prepared.instance());
        }
        return create(prepared.header(), checkpointed(prepared), log -> {
            prepared.path().ifPresent(path -> log.attach(new KeptPath(path)));
            storing.accept(log);
        });
    }

    private RunPipeline<?, ?> checkpointed(PreparedRun prepared) {
        return keepers == null
                ? prepared.pipeline()
                : prepared.pipeline()
                        .checkpointed(
                                prepared.checkpointEvery(),
                                keepers.apply(prepared.header().id()));
    }

    /** The next attempt of a run, whose log is stored already and goes on. */
    Run createAgain(PreparedRun prepared, RunLog log) {
        if (prepared.instance() != null) {
            problems.remember(prepared.header().id(), prepared.instance());
        }
        prepared.path().ifPresent(path -> log.attach(new KeptPath(path)));
        return create(prepared.header(), checkpointed(prepared), log);
    }

    /** The same, of what makes a run. */
    Run create(RunHeader header, RunPipeline<?, ?> pipeline) {
        return create(header, pipeline, recorder);
    }

    private Run create(RunHeader header, RunPipeline<?, ?> pipeline, Consumer<RunLog> storing) {
        RunLog log = new RunLog(header);
        storing.accept(log);
        return create(header, pipeline, log);
    }

    private Run create(RunHeader header, RunPipeline<?, ?> pipeline, RunLog log) {
        Run run = new Run(header, pipeline);
        String id = run.header().id();
        run.events().subscribe(log::append, broken("the log of run {} is incomplete", id));
        run.events().subscribe(meters.apply(run.header()), broken("the meters of run {} have stopped", id));
        run.events().subscribe(event -> heed(run, event), broken("run {} is not followed", id));
        catalogue.add(log);
        return run;
    }

    /** What is said where a reader of events ends before the run. That a process which goes cuts its runs off is as it should be. */
    private static Consumer<Throwable> broken(String what, String id) {
        return error -> {
            if (error instanceof CancellationException) {
                LOG.debug(what, id, error);
            } else {
                LOG.error(what, id, error);
            }
        };
    }

    private void heed(Run run, RunEvent event) {
        if (event instanceof RunEvent.PhaseChange change) {
            synchronized (this) {
                if (change.phase() == Phase.PAUSED) {
                    running -= paused.add(run) ? 1 : 0;
                } else {
                    running += paused.remove(run) ? 1 : 0;
                }
            }
            startQueued();
        }
    }

    /** Starts a run made here, or queues it. */
    void start(Run run) {
        run.whenEnded(() -> ended(run));
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the process is ending; no run can be started");
            }
            unfinished.put(run.header().id(), run);
            queued.add(run);
        }
        startQueued();
    }

    /** Makes and starts. */
    Run start(PreparedRun prepared) {
        Run run = create(prepared);
        start(run);
        return run;
    }

    /** Starts a run for which nobody waits in this process: the end of the process suspends it. */
    void startUnattended(Run run) {
        if (keepers != null) {
            synchronized (this) {
                suspendable.add(run);
            }
        }
        start(run);
    }

    /** The same, of a run that is not worth storing. */
    Run startUnrecorded(PreparedRun prepared) {
        Run run = create(prepared, log -> {});
        start(run);
        return run;
    }

    private void startQueued() {
        List<Run> next = new ArrayList<>();
        synchronized (this) {
            while (!closed && running < atOnce && !queued.isEmpty()) {
                next.add(queued.remove());
                running++;
            }
        }
        next.forEach(Run::start);
    }

    private void ended(Run run) {
        synchronized (this) {
            unfinished.remove(run.header().id());
            suspendable.remove(run);
            running -= paused.remove(run) ? 0 : 1;
        }
        startQueued();
    }

    /** Returns whether there is such a run and it has not ended. */
    boolean command(String id, Command command, String by) {
        Run run;
        boolean waiting;
        synchronized (this) {
            run = unfinished.get(id);
            waiting = (command == Command.STOP || command == Command.SUSPEND) && run != null && queued.remove(run);
            running += waiting ? 1 : 0;
        }
        boolean taken = run != null && run.command(command, by);
        if (waiting) {
            // It ends without a step, so it need not wait for its turn.
            run.start();
        }
        return taken;
    }

    /**
     * Has every run end between two steps, and waits for that, but not long: unattended ones without a verdict, from where they can go on
     * later, and others with theirs.
     */
    void stopAll(String by, Duration patience) {
        List<Run> left;
        Set<Run> later;
        synchronized (this) {
            left = List.copyOf(unfinished.values());
            later = Set.copyOf(suspendable);
        }
        for (Run run : left) {
            command(run.header().id(), later.contains(run) ? Command.SUSPEND : Command.STOP, by);
        }
        CompletableFuture<?>[] ends = left.stream().map(Run::ended).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("not every run has stopped", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        List<Run> left;
        synchronized (this) {
            closed = true;
            queued.clear();
            left = List.copyOf(unfinished.values());
        }
        left.forEach(Run::dispose);
    }
}
