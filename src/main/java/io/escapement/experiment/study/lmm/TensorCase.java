package io.escapement.experiment.study.lmm;

import io.escapement.event.Values;
import io.escapement.experiment.GoalTrial;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.cp.CpShape;
import io.escapement.sensing.Frame;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * A kind of tensor of [LMM] section 6.3: CP rank 2, searched from a relative error of 1e−2, whose perturbation is positive where the tensor is
 * symmetric and normal otherwise.
 *
 * @param rank r of the factor
 * @param kappa ratio of the components' weights, the paper's τ
 */
record TensorCase(boolean symmetric, int d, int rank, double kappa) {

    static final int TRUTH_RANK = 2;
    static final double START = 1e-2;

    /** The seed whose curves are kept. */
    private static final long DRAWN = 1;

    CpShape shape() {
        return symmetric ? CpShape.symmetric(d) : CpShape.asymmetric(d, d, d);
    }

    /** Of the truth's vectors. */
    static Frame frame() {
        return Frame.POSITIVE;
    }

    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("tensor", symmetric ? "symmetric" : "asymmetric");
        labels.put("d", Integer.toString(d));
        labels.put("r", Integer.toString(rank));
        labels.put("kappa", Long.toString(Math.round(kappa)));
        return labels;
    }

    String title() {
        return (symmetric ? "symmetric" : "asymmetric") + ", d = " + d + ", r = " + rank + ", κ = " + Math.round(kappa);
    }

    DMatrixRMaj start(Instance<?> instance, RandomGenerator random) {
        return symmetric
                ? InitialPoint.positive(instance.problem(), instance.truth().orElseThrow(), START, random)
                : InitialPoint.nearTruth(instance.problem(), instance.truth().orElseThrow(), START, random);
    }

    <P extends CompositeProblem> GoalTrial<P> trial(
            Instance<?> plain, P problem, DMatrixRMaj x0, long seed, int iterations) {
        Instance<P> instance =
                new Instance<>(plain.name(), plain.description(), problem, plain.truth(), plain.figures());
        List<String> lines = seed == DRAWN ? List.of(Values.DISTANCE) : List.of();
        return new GoalTrial<>(instance, x0, Race.GOAL, iterations, labels(), lines);
    }
}
