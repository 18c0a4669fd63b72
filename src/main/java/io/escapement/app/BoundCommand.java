package io.escapement.app;

import io.escapement.event.Figures;
import io.escapement.landscape.LiftOrder;
import io.escapement.landscape.SurrogateBound;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What [EMC] promises of ε-MC, as numbers. */
@Command(
        name = "bound",
        description = {
            "How near the minimizer of epsilon-mc is to the truth, and how surely ([EMC] theorem 2.2), and how far a point must be"
                    + " lifted to be a saddle (theorem 3.1 with the constants of theorem 4.1).",
            "Give --chi for the bound and its probability, or --error for the probability of a bound; for the lift, a point's"
                    + " --distance, --weakest and the truth's --trace."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  escapement bound --p 0.3 --epsilon 0.05 --chi 0.2",
            "  escapement bound --p 0.3 --epsilon 0.05 --error 0.02",
            "  escapement bound --p 0.3 --epsilon 0.5 --chi 0.2 --distance 2 --weakest 0.2 --trace 3"
        })
final class BoundCommand implements Callable<Integer> {

    @Option(names = "--p", required = true, paramLabel = "P", description = "probability that an entry is seen")
    private double p;

    @Option(names = "--epsilon", required = true, paramLabel = "EPSILON", description = "weight of the others")
    private double epsilon;

    @Option(names = "--chi", paramLabel = "CHI", description = "above 0 and below P: more probability, a larger bound")
    private Double chi;

    @Option(names = "--error", paramLabel = "E", description = "squared error, of which the probability is wanted")
    private Double error;

    @Option(
            names = "--norm",
            paramLabel = "NORM",
            defaultValue = "1",
            description = "Frobenius norm of the truth (${DEFAULT-VALUE})")
    private double norm;

    @Option(
            names = "--spread",
            paramLabel = "F",
            defaultValue = "10",
            description = "how evenly the error is spread over the entries, 1 to n^2 (${DEFAULT-VALUE})")
    private double spread;

    @Option(names = "--distance", paramLabel = "D", description = "of a point to the truth, Frobenius norm")
    private Double distance;

    @Option(names = "--weakest", paramLabel = "LAMBDA", description = "smallest of its rank's eigenvalues")
    private Double weakest;

    @Option(names = "--trace", paramLabel = "T", description = "of the truth")
    private Double trace;

    private final PrintStream out;

    BoundCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        boolean point = distance != null || weakest != null || trace != null;
        if (chi == null && error == null && !point) {
            throw new InvalidOption("--chi", "is missing; give --chi, --error, or --distance, --weakest and --trace");
        }
        try {
            SurrogateBound bound = new SurrogateBound(p, epsilon, norm, spread);
            if (chi != null) {
                say("‖M† − M*‖² ≤ " + Figures.of(bound.squaredError(chi)) + " with probability at least "
                        + Figures.of(bound.probability(chi)));
            }
            if (error != null) {
                double at = bound.chi(error);
                say("‖M† − M*‖² ≤ " + Figures.of(error) + " with probability at least "
                        + Figures.of(bound.probabilityOf(error))
                        + (at > 0
                                ? " (χ = " + Figures.of(at) + ")"
                                : ": the theorem says nothing of so small an error"));
            }
            if (point) {
                lift();
            }
        } catch (IllegalArgumentException e) {
            String[] words = e.getMessage().split(" ", 2);
            throw new InvalidOption("--" + words[0], words[1]);
        }
        return ExitCode.GOAL;
    }

    private void lift() {
        if (distance == null || weakest == null || trace == null) {
            throw new InvalidOption("--distance", "goes with --weakest and --trace; all three are needed");
        }
        Check.atLeast("--distance", distance, 0);
        Check.atLeast("--weakest", weakest, 0);
        Check.atLeast("--trace", trace, 0);
        LiftOrder order = LiftOrder.of(1, epsilon * epsilon, trace, weakest, distance * distance, 0);
        say("β = " + Figures.of(order.beta()) + ": "
                + (order.minimum().isPresent()
                        ? "lifted to order " + order.minimum().getAsInt() + ", the point is a strict saddle"
                        : "not far enough from the truth for the theorem, whatever the order"));
    }

    private void say(String line) {
        out.println(line);
    }
}
