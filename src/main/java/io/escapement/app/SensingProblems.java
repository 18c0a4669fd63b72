package io.escapement.app;

import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.DenseOperator;
import io.escapement.sensing.Factorization;
import io.escapement.sensing.Frame;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.Instance;
import io.escapement.sensing.network.Meter;
import io.escapement.sensing.network.NetworkProblem;
import io.escapement.sensing.network.PowerNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Matrices that are measured by linear functionals. */
final class SensingProblems {

    private static final int PER_DEGREE_OF_FREEDOM = 4;
    private static final double LARGEST_ROWS = 1.5e9;
    private static final int LARGEST_DENSE = 10_000;

    private SensingProblems() {}

    static Instance<FactoredProblem> gaussian(RunOptions options, RandomGenerator random) {
        Check.between("--n", options.n, 2, LARGEST_DENSE);
        Check.between("--n2", options.n2, 0, LARGEST_DENSE);
        FactorShape shape =
                options.n2 == 0 ? FactorShape.psd(options.n) : FactorShape.asymmetric(options.n, options.n2);
        int most = Math.min(shape.imageRows(), shape.imageColumns());
        int truthRank = options.truthRank == 0 ? options.rank : options.truthRank;
        Check.between("--rank", options.rank, 1, most);
        Check.between("--truth-rank", options.truthRank, 0, most);
        Check.between("--m", options.m, 0, Integer.MAX_VALUE);
        Check.atLeast("--kappa", options.kappa, 1);
        Check.atLeast("--noise", options.noise, 0);
        Check.between("--outliers", options.outliers, 0, 1);
        long freedom = (long) truthRank * (shape.symmetric() ? shape.rows() : shape.rows() - truthRank);
        long m = options.m == 0 ? PER_DEGREE_OF_FREEDOM * freedom : options.m;
        double entries = m * (double) shape.imageRows() * shape.imageColumns();
        if (entries > LARGEST_ROWS) {
            throw new InvalidOption(
                    "--m",
                    "is " + m + "; with " + shape.imageRows() + "×" + shape.imageColumns() + " matrices at most "
                            + (long) (LARGEST_ROWS / shape.imageRows() / shape.imageColumns()) + " rows fit");
        }
        return new GaussianSensing(
                        shape,
                        options.rank,
                        truthRank,
                        (int) m,
                        options.kappa,
                        options.noise,
                        options.outliers,
                        precision(options))
                .with(LossChoice.of(options), LossChoice.balance(options))
                .with(frame(options))
                .instance(random);
    }

    static Instance<FactoredProblem> network(RunOptions options, PowerNetwork network, RandomGenerator random) {
        Check.atLeast("--noise", options.noise, 0);
        Check.between("--rank", options.rank, 1, 2L * network.buses().size());
        Set<Meter> meters;
        try {
            meters = Meter.parse(options.meters);
        } catch (IllegalArgumentException e) {
            throw new InvalidOption("--meters", "is '" + options.meters + "': " + e.getMessage());
        }
        return LossChoice.applied(
                new NetworkProblem(network, meters, options.noise, options.rank, true).instance(random), options);
    }

    static Instance<FactoredProblem> factorization(RunOptions options, RandomGenerator random) {
        Check.between("--n", options.n, 2, LARGEST_DENSE);
        Check.between("--n2", options.n2, 0, LARGEST_DENSE);
        FactorShape shape =
                options.n2 == 0 ? FactorShape.psd(options.n) : FactorShape.asymmetric(options.n, options.n2);
        int most = Math.min(shape.imageRows(), shape.imageColumns());
        int truthRank = options.truthRank == 0 ? Math.min(options.rank, most) : options.truthRank;
        Check.between("--rank", options.rank, 1, most);
        Check.between("--truth-rank", options.truthRank, 0, most);
        Check.atLeast("--kappa", options.kappa, 1);
        Check.atLeast("--noise", options.noise, 0);
        return new Factorization(
                        shape,
                        options.rank,
                        truthRank,
                        options.kappa,
                        options.noise,
                        LossChoice.of(options),
                        LossChoice.balance(options))
                .instance(random);
    }

    /** Of the truth's vectors. */
    static Frame frame(RunOptions options) {
        return Arrays.stream(Frame.values())
                .filter(frame -> frame.label().equals(options.frame))
                .findFirst()
                .orElseThrow(() -> Check.unknown(
                        "--frame",
                        options.frame,
                        Arrays.stream(Frame.values()).map(Frame::label).toList()));
    }

    /** How the rows of a dense operator are stored. */
    static DenseOperator.Precision precision(RunOptions options) {
        return switch (options.precision) {
            case "double" -> DenseOperator.Precision.DOUBLE;
            case "single" -> DenseOperator.Precision.SINGLE;
            default -> throw Check.unknown("--precision", options.precision, List.of("double", "single"));
        };
    }
}
