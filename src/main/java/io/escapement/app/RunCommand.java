package io.escapement.app;

import io.escapement.app.config.Configuration;
import io.escapement.event.RunState;
import io.escapement.run.Run;
import io.escapement.sensing.file.ProblemFile;
import io.escapement.sensing.network.PowerNetwork;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One run, or many trials of one. */
@Command(
        name = "run",
        description = "Runs a solver on a problem, recognises where it comes to rest, and gets it out.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  escapement run pmc --n 11 --rho 0.01 --init-scale 1e-7 --escape leac-simulated",
            "  escapement run pmc --n 80 --rho 0.1 --trials 50 --json",
            "  escapement run completion --n 300 --n2 200 --rank 3 --p 0.2 --solver lbfgs --serve",
            "  escapement run gaussian --n 30 --m 40 --trials 30",
            "  escapement run network --case case9.m --meters V,P,Q --solver lbfgs",
            "  escapement run --data ratings.csv --rank 4 --out completed.csv",
            "  escapement run --data sensing.npz --rank 2 --out factor.npy",
            "  escapement run --data phase.ndjson --rank 1"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:reached its goal (with --trials: none failed)",
            "1:an error of ours",
            "2:usage",
            "3:stopped short: a limit or a stall; the state says which",
            "4:diverged",
            "5:bad input data",
            "130:interrupted"
        })
final class RunCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PROBLEM",
            description =
                    "pmc (perturbed matrix completion), completion (uniform), epsilon-mc, gaussian (sensing), network"
                            + " (power-network state estimation), factorization, one-bit (completion), nnls (nonnegative"
                            + " least squares), sparse-recovery, cp (tensor factorization), tensor-sensing; or --data FILE")
    private String problem;

    @Mixin
    private DataOptions data;

    @Mixin
    private RunOptions options;

    @Mixin
    private ServerOptions server;

    @Mixin
    private StoreOptions store;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "repeat with seeds SEED, SEED+1, … and report the success rate (a single run)")
    private Integer trials;

    @Mixin
    private Showing showing;

    @Mixin
    private final Talk talk;

    @Spec
    private CommandSpec spec;

    /** Of a case file, or null. */
    private PowerNetwork network;

    /** Settings of the files that are read. */
    private Map<String, String> files = Map.of();

    private final PrintStream out;
    private final PrintStream err;

    RunCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        talk = new Talk(err);
    }

    @Override
    public Integer call() throws Exception {
        if (trials != null) {
            Check.between("--trials", trials, 1, 1_000_000);
        }
        if ((problem == null) == (data.data == null)) {
            String both = problem == null ? "is missing" : "is '" + problem + "' beside --data";
            throw new InvalidOption(
                    "PROBLEM", both + "; give one of " + String.join(", ", ProblemChoice.names()) + ", or --data FILE");
        }
        if (data.b != null && data.data == null) {
            throw new InvalidOption("--b", "is " + data.b + "; it goes with --data A.npy");
        }
        if (data.caseFile != null && !"network".equals(problem)) {
            throw new InvalidOption("--case", "is " + data.caseFile + "; it is for the problem network");
        }
        if (trials != null && data.out != null) {
            throw new InvalidOption("--out", "is " + data.out + "; it is for a single run, not for --trials");
        }
        if (MeterOptions.isOne(options.meters)) {
            throw new InvalidOption(
                    "--meters",
                    "is '" + options.meters + "'; in this command it is what a power network is measured by, and"
                            + " --metrics " + options.meters + " would be valid");
        }
        try (Station station = new Station(store, server.meters)) {
            if (showing.serve) {
                talk.say("dashboard at " + station.serve(server) + "/");
            }
            ProblemFile file = data.data == null ? null : DataInput.read(data);
            files = InputFiles.of(data);
            network = data.caseFile == null ? null : DataInput.readCase(data.caseFile);
            int code;
            try (Interruption interruption = new Interruption()) {
                code = trials == null ? one(station, file, interruption) : many(station, file, interruption);
            }
            if (showing.serve) {
                talk.stayUp();
            }
            return code;
        }
    }

    private int one(Station station, ProblemFile file, Interruption interruption)
            throws InterruptedException, ExecutionException {
        DataRun input = file == null ? null : DataRun.of(file, data, options);
        talk.say(input == null ? "" : input.instance().description());
        RunReport report =
                perform(station, input, options, arguments(), showing.watch && !talk.quiet, true, interruption);
        out.print(talk.json ? report.json() + System.lineSeparator() : report.text());
        if (report.verdict().state() == RunState.CANCELLED && station.stores()) {
            talk.say("to go on with it: escapement resume " + report.header().id());
        }
        return ExitCode.of(report.verdict());
    }

    private int many(Station station, ProblemFile file, Interruption interruption)
            throws InterruptedException, ExecutionException {
        int total = trials;
        boolean kept = showing.serve || station.stores();
        ProgressLine progress = new ProgressLine(err, total, !talk.quiet && Terminal.interactive());
        int workers = Math.min(total, Runtime.getRuntime().availableProcessors());
        ExecutorService pool = Executors.newFixedThreadPool(workers, task -> {
            Thread thread = new Thread(task, "trials");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<RunReport>> pending = new ArrayList<>();
            for (int trial = 0; trial < total; trial++) {
                RunOptions seeded = reparsed(options.seed + trial);
                pending.add(pool.submit(() -> {
                    if (interruption.requested()) {
                        return null;
                    }
                    DataRun input = file == null ? null : DataRun.of(file, data, seeded);
                    RunReport report = perform(station, input, seeded, single(seeded.seed), false, kept, interruption);
                    progress.advance();
                    return report;
                }));
            }
            List<RunReport> reports = new ArrayList<>();
            for (Future<RunReport> one : pending) {
                RunReport report = one.get();
                if (report != null) {
                    reports.add(report);
                }
            }
            progress.end();
            if (reports.isEmpty()) {
                return ExitCode.STOPPED_SHORT;
            }
            Trials all = new Trials(reports);
            out.print(talk.json ? all.json() + System.lineSeparator() : all.text());
            return all.failures() == 0 ? ExitCode.GOAL : ExitCode.ERROR;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        } finally {
            pool.shutdownNow();
        }
    }

    /** The same command line with another seed: picocli fills a fresh object, so that trials share nothing. */
    private RunOptions reparsed(long seed) {
        RunOptions copy = new RunOptions();
        CommandLine parser = new CommandLine(copy).setUnmatchedArgumentsAllowed(true);
        parser.parseArgs(arguments().toArray(String[]::new));
        copy.seed = seed;
        return copy;
    }

    /** What was typed, with what a file gives besides: what repeats the run where there is another file, or none. */
    private List<String> arguments() {
        List<String> all = spec.commandLine().getParseResult().originalArgs();
        List<OptionSpec> ofRun =
                new ArrayList<>(CommandSpec.forAnnotatedObject(options).options());
        ofRun.addAll(CommandSpec.forAnnotatedObject(data).options());
        List<String> both = ((Configuration) spec.defaultValueProvider()).asArguments(spec, ofRun);
        both.addAll(all.subList(all.indexOf(spec.name()) + 1, all.size()));
        return both;
    }

    /** The arguments that repeat one of many trials. */
    private List<String> single(long seed) {
        List<String> kept = new ArrayList<>();
        boolean skip = false;
        for (String argument : arguments()) {
            boolean named = argument.equals("--trials") || argument.equals("--seed");
            if (!skip && !named && !argument.startsWith("--trials=") && !argument.startsWith("--seed=")) {
                kept.add(argument);
            }
            skip = named;
        }
        kept.add("--seed=" + seed);
        return kept;
    }

    private RunReport perform(
            Station station,
            DataRun input,
            RunOptions with,
            List<String> arguments,
            boolean watched,
            boolean kept,
            Interruption interruption)
            throws InterruptedException, ExecutionException {
        String command = OptionText.command(arguments);
        PreparedRun prepared = prepared(input, with, command);
        RunReport report = prepared.report();
        Run run = kept ? station.runs().create(prepared) : prepared.live();
        run.events().subscribe(report::accept);
        if (watched) {
            run.events().subscribe(new WatchLine(err, Terminal.interactive())::accept);
        }
        interruption.watch(run);
        if (kept) {
            station.runs().start(run);
        } else {
            run.start();
        }
        report.await(run);
        if (input != null && prepared.last().get() != null) {
            input.conclude(prepared.last().get(), report).forEach(talk::say);
        }
        return report;
    }

    private PreparedRun prepared(DataRun input, RunOptions with, String command) {
        if (input != null) {
            return Preparation.fromFile(input, with, command, files);
        }
        return network == null
                ? Preparation.generated(problem, with, command)
                : Preparation.onNetwork(network, with, command, files);
    }
}
