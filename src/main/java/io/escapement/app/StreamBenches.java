package io.escapement.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The measurements of {@link BenchCommand} of what it costs to watch runs, to keep them, and to let others see them. */
final class StreamBenches {

    private StreamBenches() {}

    /** What watching costs. */
    @Command(
            name = "pipeline",
            description = {
                "What watching costs: solver steps through the whole pipeline (events, log, meters, server, a connected"
                        + " viewer) against a bare loop of the same steps, and events per second when steps cost"
                        + " nothing."
            },
            mixinStandardHelpOptions = true)
    static final class Pipeline implements Callable<Integer> {

        @ParentCommand
        private BenchCommand parent;

        @Option(
                names = "--n",
                paramLabel = "N",
                defaultValue = "200",
                description = "size of the pmc problem (${DEFAULT-VALUE})")
        private int n;

        @Option(
                names = "--steps",
                paramLabel = "N",
                defaultValue = "20000",
                description = "solver steps a round (${DEFAULT-VALUE})")
        private int steps;

        @Option(
                names = "--rounds",
                paramLabel = "N",
                defaultValue = "7",
                description = "rounds, of which the median counts (${DEFAULT-VALUE})")
        private int rounds;

        @Override
        public Integer call() throws Exception {
            Check.between("--n", n, 2, 5000);
            Check.between("--steps", steps, 100, 100_000_000);
            Check.between("--rounds", rounds, 1, 1000);
            new PipelineBench(n, steps, rounds).run(parent.out);
            return ExitCode.GOAL;
        }
    }

    /** What it costs to be able to resume a run. */
    @Command(
            name = "checkpoint",
            description = {
                "What taking a checkpoint holds up the solver, in iterations of L-BFGS on a completion, and how long the store"
                        + " takes to make bytes of it."
            },
            mixinStandardHelpOptions = true)
    static final class Checkpoints implements Callable<Integer> {

        @ParentCommand
        private BenchCommand parent;

        @Option(
                names = "--n",
                paramLabel = "N",
                defaultValue = "2000",
                description = "rows of the matrix (${DEFAULT-VALUE})")
        private int n;

        @Option(
                names = "--n2",
                paramLabel = "N2",
                defaultValue = "1500",
                description = "columns of it (${DEFAULT-VALUE})")
        private int n2;

        @Option(
                names = "--rank",
                paramLabel = "R",
                defaultValue = "5",
                description = "columns of the factor (${DEFAULT-VALUE})")
        private int rank;

        @Option(
                names = "--iterations",
                paramLabel = "N",
                defaultValue = "60",
                description = "in a round (${DEFAULT-VALUE})")
        private int iterations;

        @Option(
                names = "--rounds",
                paramLabel = "N",
                defaultValue = "7",
                description = "rounds, of which the median counts (${DEFAULT-VALUE})")
        private int rounds;

        @Override
        public Integer call() {
            Check.between("--n", n, 2, 20_000);
            Check.between("--n2", n2, 2, 20_000);
            Check.between("--rank", rank, 1, Math.min(100, Math.min(n, n2)));
            Check.between("--iterations", iterations, 10, 1_000_000);
            Check.between("--rounds", rounds, 1, 1000);
            new CheckpointBench(n, n2, rank, iterations, rounds).run(parent.out);
            return ExitCode.GOAL;
        }
    }

    /** What comes in from other programs. */
    @Command(
            name = "ingest",
            description = {
                "Events of other programs a second over HTTP, of many runs at once, with log, meters and store; the heap"
                        + " meanwhile; whether log and store have all of them; and the same into a server that only"
                        + " counts lines."
            },
            mixinStandardHelpOptions = true)
    static final class Ingest implements Callable<Integer> {

        @ParentCommand
        private BenchCommand parent;

        @Option(names = "--runs", paramLabel = "N", defaultValue = "100", description = "at once (${DEFAULT-VALUE})")
        private int runs;

        @Option(
                names = "--events",
                paramLabel = "N",
                defaultValue = "50000",
                description = "of each run (${DEFAULT-VALUE})")
        private long events;

        @Option(
                names = "--batch",
                paramLabel = "N",
                defaultValue = "1000",
                description = "events in a request (${DEFAULT-VALUE})")
        private int batch;

        @Override
        public Integer call() throws Exception {
            Check.between("--runs", runs, 1, 200);
            Check.between("--events", events, 1, 1_000_000_000L);
            Check.between("--batch", batch, 1, 1_000_000);
            new IngestBench(runs, events, batch).run(parent.out);
            return ExitCode.GOAL;
        }
    }

    /** Many readers at once. */
    @Command(
            name = "viewers",
            description = {
                "Many readers of the live stream, some of them slow and some that drop their connections, beside a solver at"
                        + " full speed: frames a second, how late landmarks come, what it costs the solver, and whether"
                        + " each reader had every landmark exactly once. Exit code 1 if one had not."
            },
            mixinStandardHelpOptions = true)
    static final class Viewers implements Callable<Integer> {

        @ParentCommand
        private BenchCommand parent;

        @Option(
                names = "--viewers",
                paramLabel = "N",
                defaultValue = "1000",
                description = "at once (${DEFAULT-VALUE})")
        private int viewers;

        @Option(
                names = "--hz",
                paramLabel = "N",
                defaultValue = "10",
                description = "frames a second that each asks for, of each of two runs (${DEFAULT-VALUE})")
        private int hz;

        @Option(
                names = "--seconds",
                paramLabel = "S",
                defaultValue = "60",
                description = "with all of them there (${DEFAULT-VALUE})")
        private int seconds;

        @Override
        public Integer call() throws Exception {
            Check.between("--viewers", viewers, 1, 5000);
            Check.between("--hz", hz, 1, 30);
            Check.between("--seconds", seconds, 1, 3600);
            return new ViewersBench(viewers, hz, seconds).run(parent.out) ? ExitCode.GOAL : ExitCode.ERROR;
        }
    }

    /** What Prometheus costs. */
    @Command(
            name = "scrape",
            description = {
                "What a scrape by Prometheus costs while runs are live, against one of the same series when they have"
                        + " ended; and whether the memory of meters stays flat while runs come and go."
            },
            mixinStandardHelpOptions = true)
    static final class Scraping implements Callable<Integer> {

        @ParentCommand
        private BenchCommand parent;

        @Option(names = "--runs", paramLabel = "N", defaultValue = "20", description = "at once (${DEFAULT-VALUE})")
        private int runs;

        @Option(
                names = "--rate",
                paramLabel = "N",
                defaultValue = "1000000",
                description =
                        "events a second of all of them together; 0 for as many as there can be (${DEFAULT-VALUE})")
        private long rate;

        @Option(
                names = "--scrapes",
                paramLabel = "N",
                defaultValue = "200",
                description = "of each measurement (${DEFAULT-VALUE})")
        private int scrapes;

        @Option(
                names = "--come-and-go",
                paramLabel = "N",
                defaultValue = "10000",
                description = "runs that come and go; 0 for none (${DEFAULT-VALUE})")
        private int passing;

        @Override
        public Integer call() throws Exception {
            Check.between("--runs", runs, 1, 100);
            Check.between("--rate", rate, 0, 1_000_000_000L);
            Check.between("--scrapes", scrapes, 10, 100_000);
            Check.between("--come-and-go", passing, 0, 10_000_000);
            if (passing > 0) {
                new MeterChurn(passing).run(parent.out);
            }
            new ScrapeBench(runs, rate, scrapes).run(parent.out);
            return ExitCode.GOAL;
        }
    }
}
