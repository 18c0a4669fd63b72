package io.escapement.app;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
            "  escapement run --data ratings.csv --rank 4 --solver lbfgs --out completed.csv"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:reached its goal (with --trials: all trials ended)",
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
            description = "pmc (perturbed matrix completion) or completion (uniform matrix completion); or --data FILE")
    private String problem;

    @Mixin
    private DataOptions data;

    @Mixin
    private RunOptions options;

    @Mixin
    private ServerOptions server;

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "1",
            description = "repeat with seeds SEED, SEED+1, … and report the success rate (${DEFAULT-VALUE})")
    private int trials;

    @Option(names = "--serve", description = "show the run in the dashboard; the server stays up until interrupted")
    private boolean serve;

    @Option(names = "--watch", description = "draw a live line in the terminal")
    private boolean watch;

    @Option(names = "--json", description = "print exactly one JSON object on standard output")
    private boolean json;

    @Option(names = {"-q", "--quiet"}, description = "no talk on standard error")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    private final PrintStream out;
    private final PrintStream err;

    RunCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        Check.between("--trials", trials, 1, 1_000_000);
        return 0;
    }
}
