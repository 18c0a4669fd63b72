package io.escapement.experiment.study.lmm;

import io.escapement.event.Values;
import io.escapement.experiment.FactoredTrial;
import io.escapement.experiment.TrialPlan;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.problem.OuterLoss;
import io.escapement.sensing.DenseOperator.Precision;
import io.escapement.sensing.Frame;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * A kind of instance of [LMM] section 6.2, experiment 1: m = 2dr measurements of a symmetric d×d matrix of rank 2 or 4dr of another one, no
 * noise, a start at a relative error of 1e−2; the same draws as {@code escapement run gaussian}.
 *
 * @param rank r of the factor
 * @param kappa condition number of the truth, the paper's τ
 * @param positive whether the start is perturbed by positive numbers, as the authors' symmetric ones
 */
record SensingCase(boolean symmetric, int d, int rank, double kappa, boolean positive) {

    static final double START = 1e-2;
    static final int ITERATIONS = 500;
    static final int TRUTH_RANK = 2;

    /** The seed whose curves are kept. */
    private static final long DRAWN = 1;

    private static final Latest<Key, Started> LATEST = new Latest<>();

    private record Key(SensingCase kind, long seed) {}

    /** An instance with ½‖·‖², and its start. */
    private record Started(Instance<FactoredProblem> instance, DMatrixRMaj x0) {}

    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("matrix", symmetric ? "symmetric" : "asymmetric");
        labels.put("d", Integer.toString(d));
        labels.put("r", Integer.toString(rank));
        labels.put("kappa", Long.toString(Math.round(kappa)));
        labels.put("start", positive ? "positive" : "normal");
        return labels;
    }

    /** For people. */
    String title() {
        return (symmetric ? "symmetric" : "asymmetric") + ", d = " + d + ", r = " + rank + ", κ = " + Math.round(kappa)
                + (symmetric && !positive ? ", normal start" : "");
    }

    private int measurements() {
        return (symmetric ? 2 : 4) * d * rank;
    }

    private Started draw(long seed) {
        RandomGenerator random = Seeds.generator(seed);
        FactorShape shape = symmetric ? FactorShape.psd(d) : FactorShape.asymmetric(d, d);
        Instance<FactoredProblem> instance = new GaussianSensing(
                        shape, rank, TRUTH_RANK, measurements(), kappa, 0, 0, Precision.DOUBLE)
                .with(Frame.POSITIVE)
                .instance(random);
        GroundTruth truth = instance.truth().orElseThrow();
        return new Started(
                instance,
                positive
                        ? InitialPoint.positive(instance.problem(), truth, START, random)
                        : InitialPoint.nearTruth(instance.problem(), truth, START, random));
    }

    TrialPlan plan(long seed, OuterLoss loss, Contender contender) {
        Started started = LATEST.get(new Key(this, seed), () -> draw(seed));
        Instance<FactoredProblem> plain = started.instance();
        Instance<FactoredProblem> instance = new Instance<>(
                plain.name(),
                plain.description() + ", loss " + loss.describe(),
                plain.problem().withLoss(loss),
                plain.truth(),
                plain.figures());
        FactoredTrial trial = FactoredTrial.of(
                        instance, started.x0(), contender.maker().make(instance.problem()))
                .recovery(Race.GOAL)
                .maxIterations(ITERATIONS)
                .gradients(Double.POSITIVE_INFINITY);
        labels().forEach(trial::setting);
        trial.setting("loss", loss.describe());
        return (seed == DRAWN ? trial.lines(Values.DISTANCE) : trial).plan(seed);
    }
}
