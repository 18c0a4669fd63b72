package io.escapement.experiment.study.ipgd;

import io.escapement.event.Values;
import io.escapement.experiment.FactoredTrial;
import io.escapement.landscape.ImplicitRegion;
import io.escapement.landscape.RankRegion;
import io.escapement.landscape.SupportRegion;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.sensing.DenseOperator;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.Instance;
import io.escapement.sensing.LowRankModel;
import io.escapement.sensing.OneBitCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.SparseRecovery;
import io.escapement.sensing.UniformCompletion;
import io.escapement.solve.FixedStep;
import io.escapement.solve.Perturbation;
import io.escapement.solve.PerturbedDescent;
import io.escapement.solve.StepSize;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * One of the problems of [IPGD] section 7, started at 0: n = 20, r′ = 20, r = 3 and σ = (10, 5, 1) of matrices, p = 0.8; d = 150, N = 300, k = 5 of
 * sparse vectors; γ = 1e−15, G = 1e−7, F = 1e−10.
 *
 * @param name as in the reports
 * @param eta η on the paper's function f
 * @param multiple c with f = c·h
 * @param iterations of a run that is to show the growth of the residual
 * @param maker of the instance
 */
record Recovery(String name, double eta, double multiple, long iterations, Maker maker) {

    /** T_escape that is enough for all of them. */
    static final int PATIENT = 400;

    /** T_escape of the paper. */
    static final int PRINTED = 50;

    static final String[] CURVES = {
        Values.DISTANCE, Values.RESIDUAL_NORM, Values.DEVIATION_RATE, Values.CUMULATIVE_DEVIATION, "perturbations"
    };

    /** γ of the paper. */
    static final double GAMMA = 1e-15;

    private static final double GRADIENT = 1e-7;
    private static final double DROP = 1e-10;

    private static final int N = 20;
    private static final int RANK = 3;
    private static final double[] SIGMA = {10, 5, 1};
    private static final int MEASUREMENTS = 1000;
    private static final double SEEN = 0.8;

    /** Weight of the balancing term, see the package. */
    private static final double BALANCE = 0.25;

    private static final FactorShape SYMMETRIC = FactorShape.psd(N);
    private static final FactorShape ASYMMETRIC = FactorShape.asymmetric(N, N);

    static final Recovery SPARSE = new Recovery(
            "sparse recovery",
            0.01,
            2,
            1500,
            random -> new SparseRecovery(150, 300, 5, 0, new HalfSquaredNorm()).instance(random));

    static final List<Recovery> MATRICES = List.of(
            new Recovery("sensing", 0.1, 0.5, 800, random -> sensing(SYMMETRIC, N, MEASUREMENTS, random)),
            new Recovery("sensing, asymmetric", 0.1, 0.5, 1000, random -> sensing(ASYMMETRIC, N, MEASUREMENTS, random)),
            new Recovery("completion", 0.02, 2, 800, random -> completion(SYMMETRIC, random)),
            new Recovery("completion, asymmetric", 0.02, 2, 1000, random -> completion(ASYMMETRIC, random)),
            new Recovery("1-bit completion", 0.1, 1, 1000, random -> oneBit(SYMMETRIC, random)),
            new Recovery("1-bit completion, asymmetric", 0.1, 1, 1500, random -> oneBit(ASYMMETRIC, random)));

    /** From a generator to an instance. */
    @FunctionalInterface
    interface Maker {
        Instance<FactoredProblem> make(RandomGenerator random);
    }

    static Instance<FactoredProblem> sensing(FactorShape shape, int rank, int measurements, RandomGenerator random) {
        DMatrixRMaj truth = LowRankModel.factor(shape, SIGMA, random);
        GaussianSensing model = new GaussianSensing(
                shape, rank, RANK, measurements, SIGMA[0] / SIGMA[2], 0, 0, DenseOperator.Precision.DOUBLE);
        return model.with(new HalfSquaredNorm(), balance(shape)).instance(truth, random);
    }

    private static Instance<FactoredProblem> completion(FactorShape shape, RandomGenerator random) {
        DMatrixRMaj truth = LowRankModel.factor(shape, SIGMA, random);
        UniformCompletion model = new UniformCompletion(shape, N, RANK, SIGMA[0] / SIGMA[2], SEEN, 0, 0);
        return model.with(new HalfSquaredNorm(), balance(shape)).instance(truth, random);
    }

    private static Instance<FactoredProblem> oneBit(FactorShape shape, RandomGenerator random) {
        return new OneBitCompletion(shape, N, List.of(10.0, 5.0, 1.0), 1, 0, balance(shape)).instance(random);
    }

    private static double balance(FactorShape shape) {
        return shape.symmetric() ? 0 : BALANCE;
    }

    /** η on h. */
    StepSize step() {
        return new FixedStep(eta * multiple);
    }

    /** With G and F of the paper on h. */
    Perturbation rule(double radius, long escapeTime) {
        return Perturbation.of(radius, GRADIENT / multiple, DROP / multiple, escapeTime);
    }

    /** @param every how many iterations from one look at the implicit region to the next */
    FactoredTrial trial(long seed, StepSize step, Perturbation rule, long localSteps, int every) {
        Instance<FactoredProblem> instance = maker.make(Seeds.generator(seed));
        FactoredProblem problem = instance.problem();
        DMatrixRMaj zero = new DMatrixRMaj(problem.rows(), problem.columns());
        PerturbedDescent solver = PerturbedDescent.ipgdPlus(step, rule, localSteps, seed);
        return FactoredTrial.of(instance, zero, solver)
                .region(region(instance), every)
                .curves(CURVES);
    }

    private static ImplicitRegion region(Instance<FactoredProblem> instance) {
        boolean vector = instance.problem().shape().imageColumns() == 1;
        return vector ? new SupportRegion(instance.truth().orElseThrow().factor()) : new RankRegion(RANK);
    }
}
