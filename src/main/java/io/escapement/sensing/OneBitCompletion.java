package io.escapement.sensing;

import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Logistic;
import io.escapement.problem.OuterLoss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * 1-bit matrix completion (Davenport and others 2014; [IPGD] eq. 124): of an entry one sees only how often a coin of probability
 * σ(M*_ij) came up, α_ij. Minimized is the logistic loss Σ log(1 + exp M_ij) − α_ij M_ij over the entries seen, of a symmetric matrix
 * over both triangles. The paper's model is every entry, α_ij = σ(M*_ij) itself, n = 20, singular values 10, 5, 1.
 *
 * <p>Truth: M* = U diag(σ) Vᵀ (V = U if symmetric), uniformly random orthonormal U, V. With α = σ(M*) it is the minimizer; with few tosses
 * the minimizer is only near it, and with α of 0 or 1 at all entries that a row has it may lie at infinity.
 *
 * @param shape symmetric or n₁×n₂
 * @param rank r of the factor that is searched for
 * @param sigma singular values of M*, above 0
 * @param p probability in (0, 1] that an entry is seen
 * @param tosses how often each entry's coin is tossed; 0 for α = σ(M*)
 * @param balance weight ≥ 0 of the balancing term, of asymmetric factors only
 */
public record OneBitCompletion(FactorShape shape, int rank, List<Double> sigma, double p, int tosses, double balance) {

    public OneBitCompletion {
        sigma = List.copyOf(sigma);
        int limit = Math.min(shape.imageRows(), shape.imageColumns());
        if (rank < 1 || rank > limit) {
            throw new IllegalArgumentException("rank is " + rank + "; 1 to " + limit + " is possible");
        }
        if (sigma.isEmpty() || sigma.size() > limit) {
            throw new IllegalArgumentException(
                    "there are " + sigma.size() + " singular values; 1 to " + limit + " are possible");
        }
        for (double value : sigma) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(
                        "a singular value is " + value + "; finite numbers above 0 are needed");
            }
        }
        if (!(p > 0 && p <= 1)) {
            throw new IllegalArgumentException("p is " + p + "; above 0 and at most 1 is needed");
        }
        if (tosses < 0) {
            throw new IllegalArgumentException(
                    "tosses is " + tosses + "; at least 1 is needed, or 0 for the probability itself");
        }
    }

    /** The paper's: singular values 10, 5, 1, every entry with its probability. */
    public static OneBitCompletion of(FactorShape shape, int rank) {
        return new OneBitCompletion(shape, rank, List.of(10.0, 5.0, 1.0), 1, 0, 0);
    }

    public Instance<FactoredProblem> instance(RandomGenerator random) {
        double[] values = sigma.stream().mapToDouble(Double::doubleValue).toArray();
        FactorTruth truth = new FactorTruth(LowRankModel.factor(shape, values, random), shape);
        EntryPattern seen = UniformCompletion.pattern(shape, p, random);
        EntryCounts counts = EntryCounts.of(new Logistic(), shape);
        MaskOperator operator = counts.mask(seen, (i, j) -> 1);
        double[] alpha = new double[seen.size()];
        for (int i = 0; i < seen.rows(); i++) {
            for (int k = seen.rowStart(i); k < seen.rowStart(i + 1); k++) {
                alpha[k] = share(Logistic.sigmoid(truth.entry(i, seen.column(k))), random);
            }
        }
        OuterLoss loss = counts.loss(operator);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("observed", (double) seen.size());
        figures.putAll(operator.imageConstants(shape).figures());
        return new Instance<>(
                "one-bit",
                "1-bit completion of a " + shape.imageRows() + "×" + shape.imageColumns()
                        + (shape.symmetric() ? " symmetric" : "") + " matrix of rank " + values.length
                        + (p < 1 ? ", each entry seen with p = " + p : "")
                        + (tosses > 0 ? ", " + tosses + " tosses each" : ", probabilities given")
                        + LossText.of(loss, balance) + ", rank " + rank,
                new FactoredProblem(operator, operator.arrange(alpha), rank, 0, shape)
                        .withLoss(loss)
                        .withBalance(balance),
                Optional.of(truth),
                figures);
    }

    private double share(double probability, RandomGenerator random) {
        if (tosses == 0) {
            return probability;
        }
        int ones = 0;
        for (int toss = 0; toss < tosses; toss++) {
            ones += random.nextDouble() < probability ? 1 : 0;
        }
        return ones / (double) tosses;
    }
}
