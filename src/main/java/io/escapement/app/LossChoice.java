package io.escapement.app;

import io.escapement.problem.AbsoluteSum;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.EuclideanNorm;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.Huber;
import io.escapement.problem.Logistic;
import io.escapement.problem.OuterLoss;
import io.escapement.sensing.Instance;
import java.util.List;
import java.util.function.Function;

/** Outer losses by name. */
final class LossChoice {

    static final List<String> NAMES = List.of("half-squared", "norm", "l1", "huber", "huber:DELTA", "logistic");

    private static final String OPTION = "--loss";
    private static final double DELTA = 1;

    private LossChoice() {}

    /** That of the options; ½‖·‖² where none is given. */
    static OuterLoss of(RunOptions options) {
        return options.loss == null ? new HalfSquaredNorm() : of(options.loss);
    }

    /** An instance whose generator knows ½‖·‖² alone, with the loss of the options. */
    static Instance<FactoredProblem> applied(Instance<FactoredProblem> instance, RunOptions options) {
        return applied(instance, options, instance.problem()::withLoss);
    }

    /** @param change from a loss to the problem with it */
    static <P extends CompositeProblem> Instance<P> applied(
            Instance<P> instance, RunOptions options, Function<OuterLoss, P> change) {
        OuterLoss loss = of(options);
        if (loss.quadratic()) {
            return instance;
        }
        try {
            return new Instance<>(
                    instance.name(),
                    instance.description() + ", loss " + loss.describe(),
                    change.apply(loss),
                    instance.truth(),
                    instance.figures());
        } catch (IllegalArgumentException e) {
            throw new InvalidOption(OPTION, "is " + options.loss + ": " + e.getMessage());
        }
    }

    /** Of two factors; it makes no sense for one. */
    static double balance(RunOptions options) {
        Check.atLeast("--balance", options.balance, 0);
        if (options.balance > 0 && options.n2 == 0) {
            throw new InvalidOption(
                    "--balance", "is " + options.balance + "; it is for rectangular matrices, see --n2");
        }
        return options.balance;
    }

    private static OuterLoss of(String text) {
        return switch (text) {
            case "half-squared" -> new HalfSquaredNorm();
            case "norm" -> new EuclideanNorm();
            case "l1" -> new AbsoluteSum();
            case "logistic" -> new Logistic();
            case "huber" -> new Huber(DELTA);
            default -> {
                if (!text.startsWith("huber:")) {
                    throw Check.unknown(OPTION, text, NAMES);
                }
                double delta = Check.number(OPTION, text, text.substring("huber:".length()));
                Check.above(OPTION + " huber", delta, 0);
                yield new Huber(delta);
            }
        };
    }
}
