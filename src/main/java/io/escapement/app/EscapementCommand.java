package io.escapement.app;

import io.escapement.run.Run;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** The program. Without a command it is the demo: the dashboard, and runs that get stuck and escape. */
@Command(
        name = "escapement",
        description = {
            "Runs low-rank matrix solvers, recognises where they are stuck, gets them out, and shows it live.",
            "Without a command: the demo, which starts the dashboard and a run that falls into a trap and escapes."
        },
        mixinStandardHelpOptions = true,
        versionProvider = EscapementCommand.BuiltVersion.class,
        synopsisSubcommandLabel = "[COMMAND]",
        footer = {
            "",
            "Examples:",
            "  escapement                                    the demo, at http://localhost:8080/",
            "  escapement run pmc --n 80 --rho 0.1 --serve   one run, shown in the dashboard",
            "  escapement run --data ratings.csv --rank 4    completes a matrix of your own"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:reached its goal",
            "1:an error of ours",
            "2:usage",
            "3:stopped short",
            "4:diverged",
            "5:bad input data",
            "130:interrupted"
        })
final class EscapementCommand implements Callable<Integer> {

    private static final int BREAK_SECONDS = 20;

    /** Told in turn. The first falls into [SOD]'s example of a trap; the others are larger. */
    private static final List<List<String>> STORIES = List.of(
            List.of(
                    "pmc",
                    "--n=3",
                    "--rho=0.3",
                    "--init-scale=2",
                    "--seed=9",
                    "--step=fixed:0.03",
                    "--pace=16",
                    "--name=Demo: into a trap and out of it"),
            List.of("pmc", "--n=80", "--rho=0.1", "--pace=12", "--name=Demo: eighty unknowns, one trap after another"),
            List.of(
                    "completion",
                    "--n=60",
                    "--n2=40",
                    "--rank=2",
                    "--p=0.3",
                    "--solver=lbfgs",
                    "--pace=6",
                    "--name=Demo: completing a rectangular matrix"));

    @Mixin
    private ServerOptions server;

    @Mixin
    private StoreOptions store;

    private final PrintStream out;
    private final PrintStream err;

    EscapementCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** From the build. */
    static final class BuiltVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"escapement " + Version.current()};
        }
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        try (Station station = new Station(store, server.meters)) {
            String url = station.serve(server);
            out.println("The demo is at " + url + "/");
            err.println("A run falls into a trap, is judged, and jumps out. Stop with Ctrl-C.");
            // Told again they are the same runs to the last digit: one of each is worth storing.
            for (int told = 0; ; told++) {
                PreparedRun story = prepare(STORIES.get(told % STORIES.size()));
                Run run = told < STORIES.size()
                        ? station.runs().start(story)
                        : station.runs().startUnrecorded(story);
                run.ended().get();
                TimeUnit.SECONDS.sleep(BREAK_SECONDS);
            }
        }
    }

    private static PreparedRun prepare(List<String> story) {
        RunOptions options = new RunOptions();
        new CommandLine(options).parseArgs(story.subList(1, story.size()).toArray(String[]::new));
        return Preparation.generated(story.get(0), options, OptionText.command(story), Map.of("demo", "true"));
    }
}
