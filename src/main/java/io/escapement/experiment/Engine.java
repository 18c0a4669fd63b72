package io.escapement.experiment;

import io.escapement.event.RunHeader;
import io.escapement.run.Run;
import io.escapement.run.RunPipeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Runs the trials of an experiment that its ledger does not hold, so many at once, and collects them all. The outcome of a trial
 * depends on its cell and seed alone: not on how many run at once, nor on what was done in an earlier session.
 */
public final class Engine {

    /** How trials become live runs; a process with a dashboard has its own way. */
    public interface Runs {
        Run create(RunHeader header, RunPipeline<?, ?> pipeline);

        void start(Run run);

        /** Each by itself, seen by nobody. */
        static Runs unseen() {
            return new Runs() {
                @Override
                public Run create(RunHeader header, RunPipeline<?, ?> pipeline) {
                    return new Run(header, pipeline);
                }

                @Override
                public void start(Run run) {
                    run.start();
                }
            };
        }
    }

    /** Who looks on. Called on several threads. */
    public interface Onlooker {

        /** Before the first trial, and after every one. */
        default void progressed(Progress progress) {}

        /** A trial begins. */
        default void began(Run run) {}

        /** Whether no further trial is to be begun. */
        default boolean stopped() {
            return false;
        }
    }

    /**
     * What came of it.
     *
     * @param results of all trials that count
     * @param asked trials asked for
     * @param failed that ended by an error of ours
     * @param cut that somebody stopped, or that were never begun
     */
    public record Collected(Results results, int asked, int failed, int cut) {
        public boolean complete() {
            return failed == 0 && cut == 0;
        }
    }

    private record Task(Experiment experiment, Cell cell, long seed, Ledger.Key key) {}

    private record Done(Task task, Outcome outcome) {}

    private final Ledger ledger;
    private final Runs runs;
    private final int jobs;

    /** @param jobs trials at once */
    public Engine(Ledger ledger, Runs runs, int jobs) {
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.runs = Objects.requireNonNull(runs, "runs");
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs is " + jobs + "; at least 1 is needed");
        }
        this.jobs = jobs;
    }

    /** Blocks until all trials have ended, or the onlooker has stopped them. */
    public Collected perform(Experiment experiment, Scope scope, Onlooker onlooker) {
        List<Cell> cells = experiment.cells(scope.quick());
        Results results = new Results(cells);
        List<Task> missing = new ArrayList<>();
        List<Done> kept = new ArrayList<>();
        Map<String, Integer> missingOf = new LinkedHashMap<>();
        // All cells of a seed before the next seed: what is there when somebody interrupts is of use.
        for (int trial = 0; trial < scope.trials(); trial++) {
            for (Cell cell : cells) {
                Task task = task(experiment, cell, scope.seed() + trial);
                Optional<Outcome> known = ledger.find(task.key());
                missingOf.merge(cell.key(), known.isPresent() ? 0 : 1, Integer::sum);
                if (known.isPresent()) {
                    kept.add(new Done(task, known.get()));
                } else {
                    missing.add(task);
                }
            }
        }
        int asked = scope.trials() * cells.size();
        Progress progress = new Progress(asked, missingOf, jobs);
        for (Done done : kept) {
            results.put(done.task().cell(), done.task().seed(), done.outcome());
            progress.known(done.task().cell().key(), done.outcome().seconds());
        }
        onlooker.progressed(progress);
        List<Done> all = Objects.requireNonNull(Flux.fromIterable(missing)
                .takeWhile(task -> !onlooker.stopped())
                .flatMap(task -> perform(task, onlooker), jobs, 1)
                .doOnNext(done -> {
                    progress.done(done.task().cell().key(), done.outcome().seconds());
                    onlooker.progressed(progress);
                })
                .collectList()
                .block());
        int failed = 0;
        for (Done done : all) {
            if (done.outcome().counts()) {
                results.put(done.task().cell(), done.task().seed(), done.outcome());
            } else if (done.outcome().failed()) {
                failed++;
            }
        }
        int held = results.samples().stream().mapToInt(Results.Sample::size).sum();
        return new Collected(results, asked, failed, asked - held - failed);
    }

    private static Task task(Experiment experiment, Cell cell, long seed) {
        return new Task(
                experiment,
                cell,
                seed,
                new Ledger.Key(experiment.id(), experiment.version(), experiment.settings(), cell.key(), seed));
    }

    private Mono<Done> perform(Task task, Onlooker onlooker) {
        return Mono.fromCallable(() -> task.cell().recipe().plan(task.seed()).of(task.experiment(), task.cell()))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(plan -> live(plan, onlooker))
                .map(outcome -> {
                    if (outcome.counts()) {
                        ledger.append(task.key(), outcome);
                    }
                    return new Done(task, outcome);
                });
    }

    private Mono<Outcome> live(TrialPlan plan, Onlooker onlooker) {
        return Mono.create(sink -> {
            Run run = runs.create(plan.header(), plan.pipeline());
            Recorder recorder = plan.recorder();
            run.events()
                    .subscribe(
                            recorder::accept,
                            sink::error,
                            () -> sink.success(
                                    recorder.outcome().of(run.header().id())));
            onlooker.began(run);
            runs.start(run);
        });
    }
}
