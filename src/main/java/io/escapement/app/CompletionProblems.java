package io.escapement.app;

import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.Instance;
import io.escapement.sensing.OneBitCompletion;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.UniformCompletion;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Matrices of which entries are seen. */
final class CompletionProblems {

    private static final int LARGEST_STRUCTURED = 10_000;

    private CompletionProblems() {}

    static Instance<FactoredProblem> pmc(RunOptions options, RandomGenerator random) {
        Check.between("--n", options.n, 2, LARGEST_STRUCTURED);
        Check.above("--rho", options.rho, 0);
        Check.between("--rho", options.rho, 0, 1);
        Check.between("--rank", options.rank, 1, options.n);
        return LossChoice.applied(
                PerturbedMatrixCompletion.pmc(options.n, options.rho, options.rank)
                        .instance(),
                options);
    }

    static Instance<FactoredProblem> epsilonMc(RunOptions options, RandomGenerator random) {
        Check.between("--n", options.n, 2, LARGEST_STRUCTURED);
        Check.between("--epsilon", options.epsilon, 0, 1);
        Check.between("--rank", options.rank, 1, options.n);
        if (options.mask.equals("uniform")) {
            Check.above("--p", options.p, 0);
            Check.between("--p", options.p, 0, 1);
            return LossChoice.applied(
                    new UniformCompletion(
                                    FactorShape.psd(options.n),
                                    options.rank,
                                    options.rank,
                                    1,
                                    options.p,
                                    0,
                                    options.epsilon)
                            .instance(random),
                    options);
        }
        if (!options.mask.equals("structured")) {
            throw Check.unknown("--mask", options.mask, List.of("structured", "uniform"));
        }
        return LossChoice.applied(
                PerturbedMatrixCompletion.epsilonMc(options.n, options.epsilon, options.rank)
                        .instance(),
                options);
    }

    static Instance<FactoredProblem> completion(RunOptions options, RandomGenerator random) {
        Check.between("--n", options.n, 2, 100_000_000);
        Check.between("--n2", options.n2, 0, 100_000_000);
        FactorShape shape =
                options.n2 == 0 ? FactorShape.psd(options.n) : FactorShape.asymmetric(options.n, options.n2);
        int most = Math.min(shape.imageRows(), shape.imageColumns());
        int truthRank = options.truthRank == 0 ? options.rank : options.truthRank;
        Check.between("--rank", options.rank, 1, most);
        Check.between("--truth-rank", options.truthRank, 0, most);
        Check.above("--p", options.p, 0);
        Check.between("--p", options.p, 0, 1);
        Check.atLeast("--kappa", options.kappa, 1);
        Check.atLeast("--noise", options.noise, 0);
        double expected = options.p * shape.imageRows() * (double) shape.imageColumns();
        if (expected > 1e9) {
            throw new InvalidOption(
                    "--p",
                    "is " + options.p + "; about " + (long) expected + " entries would be seen, and at most 1e9 fit");
        }
        return new UniformCompletion(shape, options.rank, truthRank, options.kappa, options.p, options.noise, 0)
                .with(LossChoice.of(options), LossChoice.balance(options))
                .instance(random);
    }

    static Instance<FactoredProblem> oneBit(RunOptions options, RandomGenerator random) {
        Check.between("--n", options.n, 2, LARGEST_STRUCTURED);
        Check.between("--n2", options.n2, 0, LARGEST_STRUCTURED);
        FactorShape shape =
                options.n2 == 0 ? FactorShape.psd(options.n) : FactorShape.asymmetric(options.n, options.n2);
        Check.between("--rank", options.rank, 1, Math.min(shape.imageRows(), shape.imageColumns()));
        Check.above("--p", options.p, 0);
        Check.between("--p", options.p, 0, 1);
        Check.atLeast("--tosses", options.tosses, 0);
        List<Double> sigma = new ArrayList<>();
        for (String word : options.sigma.split(",", -1)) {
            double value = Check.number("--sigma", options.sigma, word);
            Check.above("--sigma", value, 0);
            sigma.add(value);
        }
        try {
            return new OneBitCompletion(
                            shape, options.rank, sigma, options.p, options.tosses, LossChoice.balance(options))
                    .instance(random);
        } catch (IllegalArgumentException e) {
            throw new InvalidOption("--sigma", "is " + options.sigma + ": " + e.getMessage());
        }
    }
}
