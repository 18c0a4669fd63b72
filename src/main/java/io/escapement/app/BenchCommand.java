package io.escapement.app;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Measurements against a baseline in the same run. */
@Command(
        name = "bench",
        description = "Measures against a baseline in the same run; ratios count, absolute times mean little.",
        mixinStandardHelpOptions = true,
        subcommands = {
            StreamBenches.Pipeline.class,
            NumericBenches.Operators.class,
            NumericBenches.Lifted.class,
            NumericBenches.Preconditioned.class,
            StreamBenches.Checkpoints.class,
            StreamBenches.Ingest.class,
            StreamBenches.Viewers.class,
            StreamBenches.Scraping.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class BenchCommand implements Callable<Integer> {

    final PrintStream out;

    BenchCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        throw new InvalidOption(
                "COMMAND",
                "is missing; pipeline, operators, lift, lmm, checkpoint, ingest, viewers or scrape would be valid");
    }
}
