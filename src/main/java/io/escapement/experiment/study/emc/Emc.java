package io.escapement.experiment.study.emc;

import io.escapement.escape.Auto;
import io.escapement.experiment.FactoredTrial;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.MaskOperator;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The instances of [EMC]'s experiments, of rank one: the structured mask (eq. 20) with its truth of zeros and ones, or ten masks of
 * which each entry is seen with probability p, each with a Gaussian truth whose entries have root mean square 1.
 *
 * @param n rows
 * @param p of the uniform mask; NaN for the structured one
 */
record Emc(int n, double p) {

    /** ‖w₀‖ = ξ of the lifted start w₀ = vec(X₀)^{⊗3}, so ‖X₀‖ = ξ^{1/3}; every other method starts at the same X₀. */
    static final double XI = 1e-4;

    static final int ORDER = 3;

    private static final int MASKS = 10;
    private static final int MOST_DRAWS = 100;

    static Emc structured(int n) {
        return new Emc(n, Double.NaN);
    }

    boolean structured() {
        return Double.isNaN(p);
    }

    /** @param epsilon weight of entries that are not seen; 0 leaves them out */
    Instance<FactoredProblem> instance(long seed, double epsilon) {
        return structured()
                ? PerturbedMatrixCompletion.epsilonMc(n, epsilon, 1).instance()
                : uniform(Math.floorMod(seed, MASKS), epsilon);
    }

    /** Drawn again where nothing is seen, which at n = 6 and p = 0.05 is one mask in three. */
    private Instance<FactoredProblem> uniform(long mask, double epsilon) {
        UniformCompletion model = new UniformCompletion(FactorShape.psd(n), 1, 1, 1, p, 0, epsilon);
        for (long draw = mask; draw < mask + MASKS * MOST_DRAWS; draw += MASKS) {
            if (model.seesSomething(Seeds.generator(draw))) {
                return model.instance(Seeds.generator(draw));
            }
        }
        throw new IllegalStateException("no mask of " + MOST_DRAWS + " sees an entry at n = " + n + ", p = " + p);
    }

    FactoredTrial trial(long seed, Contender method, double epsilon) {
        Instance<FactoredProblem> instance = instance(seed, method.weighs() ? epsilon : 0);
        DMatrixRMaj x0 = InitialPoint.gaussian(instance.problem(), 1, Seeds.generator(1_000_003 * (seed + 1)));
        double size = Math.pow(XI, 1.0 / ORDER);
        CommonOps_DDRM.scale(size / Frobenius.norm(x0), x0);
        return FactoredTrial.of(instance, x0, method.solver())
                .escape(
                        method.escapes() ? "auto" : "none",
                        method.escapes() ? Optional.of(Auto.factored(size / Math.sqrt(n), seed)) : Optional.empty())
                .maxIterations(method.iterations())
                .setting("n", n)
                .setting("mask", structured() ? "structured" : "uniform, p = " + p)
                .setting("epsilon", method.weighs() ? epsilon : 0);
    }

    /** h(M*): ½ε²‖M*‖² over the entries that are not seen. */
    double lossOfTruth(long seed, double epsilon) {
        Instance<FactoredProblem> instance = instance(seed, epsilon);
        return instance.problem().value(instance.truth().orElseThrow().factor());
    }

    /**
     * Whether the seen entries determine a generic M* = zzᵀ: the graph of seen entries, loops included, is connected over all n, and
     * not bipartite (a loop or an odd cycle fixes the squares, the paths the products).
     */
    boolean determined(long seed) {
        int[] parent = new int[2 * n];
        for (int i = 0; i < parent.length; i++) {
            parent[i] = i;
        }
        // Vertices in two colours; an entry joins opposite ones. All of one component: connected and not bipartite.
        ((MaskOperator) instance(seed, 0).problem().operator()).forEachEntry((k, i, j, c) -> {
            parent[root(parent, i)] = root(parent, n + j);
            parent[root(parent, n + i)] = root(parent, j);
        });
        for (int i = 1; i < parent.length; i++) {
            if (root(parent, i) != root(parent, 0)) {
                return false;
            }
        }
        return true;
    }

    private static int root(int[] parent, int i) {
        int at = i;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    /** On the structured mask: 2^(⌈n/2⌉−1) sign patterns with one and the same objective, of which one is the truth. */
    double chance() {
        return Math.pow(2, 1 - (n + 1) / 2);
    }
}
