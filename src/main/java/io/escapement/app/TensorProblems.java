package io.escapement.app;

import io.escapement.problem.cp.CpFactorization;
import io.escapement.problem.cp.CpSensing;
import io.escapement.problem.cp.CpShape;
import io.escapement.sensing.Instance;
import io.escapement.sensing.tensor.GaussianTensorSensing;
import io.escapement.sensing.tensor.RandomCp;
import java.util.random.RandomGenerator;

/** Tensors of three modes and low CP rank. */
final class TensorProblems {

    private static final int LARGEST = 1_000_000;
    private static final int LARGEST_SENSED = 1000;
    private static final int PER_DEGREE_OF_FREEDOM = 5;

    private TensorProblems() {}

    static Instance<CpFactorization> cp(RunOptions options, RandomGenerator random) {
        CpShape shape = shape(options, LARGEST);
        Instance<CpFactorization> instance = new RandomCp(
                        shape, options.rank, truthRank(options), options.kappa, SensingProblems.frame(options))
                .instance(random);
        return LossChoice.applied(instance, options, instance.problem()::withLoss);
    }

    static Instance<CpSensing> sensing(RunOptions options, RandomGenerator random) {
        CpShape shape = shape(options, LARGEST_SENSED);
        int truthRank = truthRank(options);
        Check.between("--m", options.m, 0, Integer.MAX_VALUE);
        Check.atLeast("--noise", options.noise, 0);
        Check.between("--outliers", options.outliers, 0, 1);
        int m = options.m == 0 ? PER_DEGREE_OF_FREEDOM * truthRank * shape.rows() : options.m;
        Instance<CpSensing> instance;
        try {
            instance = new GaussianTensorSensing(
                            shape,
                            options.rank,
                            truthRank,
                            m,
                            options.kappa,
                            options.noise,
                            options.outliers,
                            SensingProblems.precision(options),
                            SensingProblems.frame(options))
                    .instance(random);
        } catch (IllegalArgumentException e) {
            throw new InvalidOption("--m", "is " + m + ": " + e.getMessage());
        }
        return LossChoice.applied(instance, options, instance.problem()::withLoss);
    }

    private static CpShape shape(RunOptions options, int largest) {
        Check.between("--n", options.n, 2, largest);
        Check.between("--n2", options.n2, 0, largest);
        Check.between("--n3", options.n3, 0, largest);
        if (options.n3 != 0 && options.n2 == 0) {
            throw new InvalidOption(
                    "--n3", "is " + options.n3 + "; it needs --n2, without which the tensor is symmetric");
        }
        int third = options.n3 == 0 ? options.n2 : options.n3;
        CpShape shape =
                options.n2 == 0 ? CpShape.symmetric(options.n) : CpShape.asymmetric(options.n, options.n2, third);
        int most = options.n2 == 0 ? options.n : Math.min(options.n, Math.min(options.n2, third));
        Check.between("--rank", options.rank, 1, largest);
        Check.between("--truth-rank", truthRank(options), 1, most);
        Check.between("--rank", options.rank, truthRank(options), largest);
        Check.atLeast("--kappa", options.kappa, 1);
        return shape;
    }

    private static int truthRank(RunOptions options) {
        return options.truthRank == 0 ? options.rank : options.truthRank;
    }
}
