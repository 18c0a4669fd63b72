package io.escapement.experiment.study.lmm;

import io.escapement.experiment.FactoredTrial;
import io.escapement.experiment.TrialPlan;
import io.escapement.problem.AbsoluteSum;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.DenseOperator.Precision;
import io.escapement.sensing.Frame;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * A kind of instance of [LMM] section 6.2, experiments 2 and 3: a symmetric 30×30 matrix of rank 2 searched at that rank by the sum of absolute
 * values, from a start at a relative error of 1e−2 whose perturbation is positive.
 *
 * @param m number of measurements
 * @param kappa condition number of the truth, the paper's τ
 * @param outliers share of measurements that are those of another matrix, the paper's p_fail
 */
record RobustCase(int m, double kappa, double outliers) {

    static final int D = 30;
    static final int RANK = 2;
    static final double START = 1e-2;

    private static final Latest<Key, Started> LATEST = new Latest<>();

    private record Key(RobustCase kind, long seed) {}

    private record Started(Instance<FactoredProblem> instance, DMatrixRMaj x0) {}

    private Started draw(long seed) {
        RandomGenerator random = Seeds.generator(seed);
        Instance<FactoredProblem> instance = new GaussianSensing(
                        FactorShape.psd(D), RANK, RANK, m, kappa, 0, outliers, Precision.DOUBLE)
                .with(new AbsoluteSum(), 0)
                .with(Frame.POSITIVE)
                .instance(random);
        return new Started(
                instance,
                InitialPoint.positive(instance.problem(), instance.truth().orElseThrow(), START, random));
    }

    TrialPlan plan(long seed, Contender contender, int iterations) {
        Started started = LATEST.get(new Key(this, seed), () -> draw(seed));
        Instance<FactoredProblem> instance = started.instance();
        return FactoredTrial.of(instance, started.x0(), contender.maker().make(instance.problem()))
                .recovery(Race.GOAL)
                .maxIterations(iterations)
                .plan(seed);
    }
}
