package io.escapement.sensing;

import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.OuterLoss;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Low-rank factorization: every entry of a random low-rank matrix is known, 𝒜 the identity. Truth as in {@link UniformCompletion}: M* = U
 * diag(σ) Vᵀ, σ geometric with ratio κ, entries of root mean square 1.
 *
 * @param shape symmetric or n₁×n₂
 * @param rank r of the factor that is searched for
 * @param truthRank r*
 * @param kappa κ = σ_1/σ_{r*} ≥ 1
 * @param noise standard deviation of what is added to each entry (of a symmetric matrix: to each i ≤ j), ≥ 0
 * @param loss of the residuals, as a sum over all entries where it is one ({@link EntryCounts})
 * @param balance weight ≥ 0 of the balancing term, of asymmetric factors only
 */
public record Factorization(
        FactorShape shape, int rank, int truthRank, double kappa, double noise, OuterLoss loss, double balance) {

    public Factorization {
        Objects.requireNonNull(loss, "loss");
        int limit = Math.min(shape.imageRows(), shape.imageColumns());
        requireRank("rank", rank, limit);
        requireRank("truth rank", truthRank, limit);
        if (!(kappa >= 1) || Double.isInfinite(kappa)) {
            throw new IllegalArgumentException("kappa is " + kappa + "; a finite number of at least 1 is needed");
        }
        if (!(noise >= 0) || Double.isInfinite(noise)) {
            throw new IllegalArgumentException("noise is " + noise + "; a finite number of at least 0 is needed");
        }
    }

    private static void requireRank(String name, int rank, int limit) {
        if (rank < 1 || rank > limit) {
            throw new IllegalArgumentException(name + " is " + rank + "; 1 to " + limit + " is possible");
        }
    }

    public Instance<FactoredProblem> instance(RandomGenerator random) {
        FactorTruth truth = new FactorTruth(LowRankModel.factor(shape, truthRank, kappa, random), shape);
        EntryCounts counts = EntryCounts.of(loss, shape);
        IdentityOperator operator = counts.identity();
        double[] b = new double[operator.measurements()];
        DMatrixRMaj z = truth.factor();
        operator.measure(z, z, b);
        if (noise > 0) {
            double[] scales = operator.coefficients();
            Arrays.setAll(b, k -> b[k] + scales[k] * noise * random.nextGaussian());
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("measurements", (double) b.length);
        figures.putAll(operator.imageConstants(shape).figures());
        return new Instance<>(
                "factorization",
                "factorization of a " + shape.imageRows() + "×" + shape.imageColumns()
                        + (shape.symmetric() ? " symmetric" : "") + " matrix of rank " + truthRank + ", κ = " + kappa
                        + (noise > 0 ? ", noise " + noise : "") + LossText.of(loss, balance) + ", rank " + rank,
                new FactoredProblem(operator, b, rank, 0, shape)
                        .withLoss(counts.lossOfIdentity())
                        .withBalance(balance),
                Optional.of(truth),
                figures);
    }
}
