package io.escapement.app;

import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.Instance;
import io.escapement.sensing.NonnegativeLeastSquares;
import io.escapement.sensing.SparseRecovery;
import java.util.List;
import java.util.random.RandomGenerator;

/** Vectors that are squares, or differences of squares. */
final class VectorProblems {

    private static final int LARGEST = 100_000;
    private static final double LARGEST_DESIGN = 2e9;

    /** Measurements for each unknown, where --m is 0. */
    private static final int PER_UNKNOWN = 2;

    private VectorProblems() {}

    static Instance<FactoredProblem> nonnegative(RunOptions options, RandomGenerator random) {
        int m = measurements(options);
        Check.atLeast("--m", m, options.n);
        Check.atLeast("--tau", options.tau, 1);
        Check.atLeast("--kappa", options.kappa, 1);
        return new NonnegativeLeastSquares(
                        options.n,
                        m,
                        support(options, 10),
                        options.tau,
                        options.kappa,
                        options.noise,
                        LossChoice.of(options),
                        roots(options))
                .instance(random);
    }

    private static boolean roots(RunOptions options) {
        return switch (options.linear) {
            case "entries" -> false;
            case "roots" -> true;
            default -> throw Check.unknown("--linear", options.linear, List.of("entries", "roots"));
        };
    }

    static Instance<FactoredProblem> sparse(RunOptions options, RandomGenerator random) {
        return new SparseRecovery(
                        options.n, measurements(options), support(options, 5), options.noise, LossChoice.of(options))
                .instance(random);
    }

    private static int measurements(RunOptions options) {
        Check.between("--n", options.n, 1, LARGEST);
        Check.atLeast("--noise", options.noise, 0);
        Check.between("--m", options.m, 0, (long) (LARGEST_DESIGN / options.n));
        return options.m == 0 ? PER_UNKNOWN * options.n : options.m;
    }

    private static int support(RunOptions options, int standard) {
        int support = options.support == 0 ? Math.min(standard, options.n) : options.support;
        Check.between("--support", support, 1, options.n);
        return support;
    }
}
