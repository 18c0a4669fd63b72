package io.escapement.sensing;

import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.OuterLoss;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Completion of a random low-rank matrix of which each entry (of a symmetric one: each i ≤ j) is seen with probability p,
 * independently ([EMC] theorem 2.2).
 *
 * <p>Truth: M* = U diag(σ) Vᵀ (V = U if symmetric) with uniformly random orthonormal U, V and σ geometric from κ down to 1,
 * scaled so that the entries of M* have root mean square 1. Noise is added to the entries that are seen, and its level is
 * therefore also its size relative to an entry.
 *
 * @param shape symmetric or n₁×n₂
 * @param rank r of the factor that is searched for
 * @param truthRank r*
 * @param kappa κ = σ_1/σ_{r*} ≥ 1
 * @param p probability in (0, 1]
 * @param noise standard deviation ≥ 0
 * @param offMask weight of unseen entries, whose b is 0: ε of ε-MC ([EMC] eq. 5–7, symmetric only); 0 leaves them out
 * @param loss of the residuals, as a sum over all entries of both triangles where it is one ({@link EntryCounts})
 * @param balance weight ≥ 0 of the balancing term, of asymmetric factors only
 */
public record UniformCompletion(
        FactorShape shape,
        int rank,
        int truthRank,
        double kappa,
        double p,
        double noise,
        double offMask,
        OuterLoss loss,
        double balance) {

    public UniformCompletion {
        int limit = Math.min(shape.imageRows(), shape.imageColumns());
        requireRank("rank", rank, limit);
        requireRank("truth rank", truthRank, limit);
        if (!(kappa >= 1) || Double.isInfinite(kappa)) {
            throw new IllegalArgumentException("kappa is " + kappa + "; a finite number of at least 1 is needed");
        }
        if (!(p > 0 && p <= 1)) {
            throw new IllegalArgumentException("p is " + p + "; above 0 and at most 1 is needed");
        }
        if (!(noise >= 0) || Double.isInfinite(noise)) {
            throw new IllegalArgumentException("noise is " + noise + "; a finite number of at least 0 is needed");
        }
        if (!(offMask >= 0 && offMask <= 1)) {
            throw new IllegalArgumentException("epsilon is " + offMask + "; 0 to 1 is possible");
        }
        if (offMask > 0 && !shape.symmetric()) {
            throw new IllegalArgumentException("epsilon is " + offMask + " for a " + shape.imageRows() + "×"
                    + shape.imageColumns() + " matrix; weights on unseen entries are for symmetric matrices");
        }
        Objects.requireNonNull(loss, "loss");
    }

    /** With ½‖·‖² and no balancing. */
    public UniformCompletion(
            FactorShape shape, int rank, int truthRank, double kappa, double p, double noise, double offMask) {
        this(shape, rank, truthRank, kappa, p, noise, offMask, new HalfSquaredNorm(), 0);
    }

    /** The same entries, minimized otherwise. */
    public UniformCompletion with(OuterLoss other, double balancing) {
        return new UniformCompletion(shape, rank, truthRank, kappa, p, noise, offMask, other, balancing);
    }

    private static void requireRank(String name, int rank, int limit) {
        if (rank < 1 || rank > limit) {
            throw new IllegalArgumentException(name + " is " + rank + "; 1 to " + limit + " is possible");
        }
    }

    /** Noiseless, well-conditioned, searched at the truth's rank. */
    public static UniformCompletion of(FactorShape shape, int rank, double p) {
        return new UniformCompletion(shape, rank, rank, 1, p, 0, 0);
    }

    /** Whether the instance of a generator in the same state would see an entry. */
    public boolean seesSomething(RandomGenerator random) {
        LowRankModel.factor(shape, truthRank, kappa, random);
        return draw(shape, p, random).size() > 0;
    }

    /** @throws IllegalArgumentException if no entry happens to be seen */
    public Instance<FactoredProblem> instance(RandomGenerator random) {
        return instance(LowRankModel.factor(shape, truthRank, kappa, random), random);
    }

    /**
     * @param factor of another truth, shape.rows()×r*; its κ is the caller's to know
     * @throws IllegalArgumentException if no entry happens to be seen
     */
    public Instance<FactoredProblem> instance(DMatrixRMaj factor, RandomGenerator random) {
        FactorTruth truth = new FactorTruth(factor, shape);
        ObservedMatrix seen = observe(truth, random);
        EntryCounts counts = EntryCounts.of(loss, shape);
        MaskOperator operator;
        double[] b;
        if (offMask > 0) {
            int n = shape.rows();
            EntryPattern all = EntryPattern.upperTriangle(n);
            double[] full = new double[all.size()];
            boolean[] known = new boolean[all.size()];
            for (int i = 0; i < n; i++) {
                for (int k = seen.entries().rowStart(i); k < seen.entries().rowStart(i + 1); k++) {
                    int at = all.rowStart(i) + seen.entries().column(k) - i;
                    full[at] = seen.values()[k];
                    known[at] = true;
                }
            }
            operator = counts.mask(all, (i, j) -> known[all.rowStart(i) + j - i] ? 1 : offMask);
            b = weighted(operator, full);
        } else {
            operator = counts.mask(seen.entries(), (i, j) -> 1);
            b = weighted(operator, seen.values());
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("observed", (double) seen.knownCells());
        figures.put("sampleRatio", seen.density());
        figures.putAll(operator.imageConstants(shape).figures());
        return new Instance<>(
                offMask > 0 ? "epsilon-mc" : "completion",
                "completion of a " + shape.imageRows() + "×" + shape.imageColumns()
                        + (shape.symmetric() ? " symmetric" : "") + " matrix of rank " + truthRank + ", κ = " + kappa
                        + ", each entry seen with p = " + p + (noise > 0 ? ", noise " + noise : "")
                        + (offMask > 0 ? ", ε = " + offMask : "") + LossText.of(loss, balance) + ", rank " + rank,
                new FactoredProblem(operator, b, rank, 0, shape)
                        .withLoss(counts.loss(operator))
                        .withBalance(balance),
                Optional.of(truth.seenAt(seen.entries())),
                figures);
    }

    /** b in measurement order: values times coefficients. */
    private static double[] weighted(MaskOperator operator, double[] rowMajor) {
        double[] b = operator.arrange(rowMajor);
        operator.forEachEntry((k, i, j, c) -> b[k] *= c);
        return b;
    }

    /** The entries that are seen, with noise. Skips from one to the next, so the cost is that of the entries seen. */
    public ObservedMatrix observe(FactorTruth truth, RandomGenerator random) {
        EntryPattern entries = pattern(shape, p, random);
        double[] values = new double[entries.size()];
        for (int i = 0; i < entries.rows(); i++) {
            for (int k = entries.rowStart(i); k < entries.rowStart(i + 1); k++) {
                values[k] = truth.entry(i, entries.column(k)) + (noise > 0 ? noise * random.nextGaussian() : 0);
            }
        }
        return new ObservedMatrix(entries, values, shape.symmetric());
    }

    /** Entries (of a symmetric matrix: i ≤ j), each taken with probability p. */
    static EntryPattern pattern(FactorShape shape, double p, RandomGenerator random) {
        EntryPattern drawn = draw(shape, p, random);
        if (drawn.size() == 0) {
            throw new IllegalArgumentException("no entry of the " + drawn.rows() + "×" + drawn.columns()
                    + " matrix was seen with p = " + p + "; use a larger p or another seed");
        }
        return drawn;
    }

    private static EntryPattern draw(FactorShape shape, double p, RandomGenerator random) {
        int rows = shape.imageRows();
        int columns = shape.imageColumns();
        int[] rowStart = new int[rows + 1];
        GrowingInts column = new GrowingInts();
        double logMiss = Math.log1p(-p);
        for (int i = 0; i < rows; i++) {
            rowStart[i] = column.size();
            long j = (shape.symmetric() ? i : 0) + gap(logMiss, random);
            while (j < columns) {
                column.add((int) j);
                j += 1 + gap(logMiss, random);
            }
        }
        rowStart[rows] = column.size();
        return new EntryPattern(columns, rowStart, column.toArray());
    }

    /** Failures before the next success: geometric, by inversion. */
    private static long gap(double logMiss, RandomGenerator random) {
        if (logMiss == Double.NEGATIVE_INFINITY) {
            return 0;
        }
        return (long) Math.min(1L << 40, Math.floor(Math.log1p(-random.nextDouble()) / logMiss));
    }
}
