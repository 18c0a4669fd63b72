package io.escapement.sensing;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.OuterLoss;
import io.escapement.sensing.DenseOperator.Precision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Gaussian matrix sensing: b_k = ⟨A_k, M*⟩ with independent N(0, 1/m) entries in A_k, so that E‖𝒜(M)‖² is ‖M‖² for every M
 * that the parameterization reaches. A square A_k is not symmetric itself; only its symmetric part matters.
 *
 * <p>Truth, of [LMM]'s experiments: M* = U diag(σ) Vᵀ (V = U if symmetric), σ linear from 1 to 1/κ, U and V of a {@link Frame}.
 * Outliers, as in that code: ⌊m·share⌋ measurements, chosen at random, are those of one other matrix with entries uniform in
 * (0, 1), neither symmetric nor of low rank. Noise comes last, on all of them.
 *
 * @param shape symmetric or n₁×n₂
 * @param rank r of the factor that is searched for
 * @param truthRank r*
 * @param m number of measurements
 * @param kappa κ = σ_1/σ_{r*} ≥ 1
 * @param noise standard deviation relative to the root mean square of the clean measurements, ≥ 0
 * @param outliers share of measurements that are wrong, in [0, 1]
 * @param precision of the stored rows
 * @param loss of the residuals; outliers call for one that they cannot pull at will
 * @param balance weight ≥ 0 of the balancing term, of asymmetric factors only
 * @param frame of the truth's singular vectors
 */
public record GaussianSensing(
        FactorShape shape,
        int rank,
        int truthRank,
        int m,
        double kappa,
        double noise,
        double outliers,
        Precision precision,
        OuterLoss loss,
        double balance,
        Frame frame) {

    public GaussianSensing {
        int limit = Math.min(shape.imageRows(), shape.imageColumns());
        requireRank("rank", rank, limit);
        requireRank("truth rank", truthRank, limit);
        if (m < 1) {
            throw new IllegalArgumentException("m is " + m + "; at least 1 measurement is needed");
        }
        if (!(kappa >= 1) || Double.isInfinite(kappa)) {
            throw new IllegalArgumentException("kappa is " + kappa + "; a finite number of at least 1 is needed");
        }
        if (!(noise >= 0) || Double.isInfinite(noise)) {
            throw new IllegalArgumentException("noise is " + noise + "; a finite number of at least 0 is needed");
        }
        if (!(outliers >= 0 && outliers <= 1)) {
            throw new IllegalArgumentException("outliers is " + outliers + "; a share of 0 to 1 is possible");
        }
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(frame, "frame");
    }

    /** With ½‖·‖², no balancing and uniformly random vectors. */
    public GaussianSensing(
            FactorShape shape,
            int rank,
            int truthRank,
            int m,
            double kappa,
            double noise,
            double outliers,
            Precision precision) {
        this(shape, rank, truthRank, m, kappa, noise, outliers, precision, new HalfSquaredNorm(), 0, Frame.HAAR);
    }

    /** The same measurements, minimized otherwise. */
    public GaussianSensing with(OuterLoss other, double balancing) {
        return new GaussianSensing(
                shape, rank, truthRank, m, kappa, noise, outliers, precision, other, balancing, frame);
    }

    /** The same with other singular vectors of the truth. */
    public GaussianSensing with(Frame other) {
        return new GaussianSensing(shape, rank, truthRank, m, kappa, noise, outliers, precision, loss, balance, other);
    }

    private static void requireRank(String name, int rank, int limit) {
        if (rank < 1 || rank > limit) {
            throw new IllegalArgumentException(name + " is " + rank + "; 1 to " + limit + " is possible");
        }
    }

    /** Noiseless, well-conditioned, searched at the truth's rank. */
    public static GaussianSensing of(FactorShape shape, int rank, int m) {
        return new GaussianSensing(shape, rank, rank, m, 1, 0, 0, Precision.DOUBLE);
    }

    public Instance<FactoredProblem> instance(RandomGenerator random) {
        return instance(LowRankModel.linear(shape, truthRank, kappa, frame, random), random);
    }

    /** @param factor of another truth, shape.rows()×r*; its κ is the caller's to know */
    public Instance<FactoredProblem> instance(DMatrixRMaj factor, RandomGenerator random) {
        FactorTruth truth = new FactorTruth(factor, shape);
        int wrong = (int) Math.floor(m * outliers);
        boolean[] replaced = chosen(wrong, random);
        double[] other =
                random.doubles((long) shape.imageRows() * shape.imageColumns()).toArray();
        double[] elsewhere = new double[m];
        double scale = 1 / Math.sqrt(m);
        DenseOperator operator = new DenseOperator(
                shape,
                m,
                (k, a) -> {
                    for (int e = 0; e < a.length; e++) {
                        a[e] = scale * random.nextGaussian();
                    }
                    elsewhere[k] = replaced[k] ? Frobenius.dot(a, other, a.length) : 0;
                },
                precision);
        DMatrixRMaj z = truth.factor();
        double[] b = new double[m];
        operator.measure(z, z, b);
        double size = Math.sqrt(Frobenius.dot(b, b, m) / m);
        for (int k = 0; k < m; k++) {
            b[k] = (replaced[k] ? elsewhere[k] : b[k]) + (noise > 0 ? noise * size * random.nextGaussian() : 0);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("measurements", (double) m);
        figures.put("perDegreeOfFreedom", m / degreesOfFreedom());
        figures.put("outliers", (double) wrong);
        figures.putAll(operator.imageConstants(shape).figures());
        return new Instance<>(
                "gaussian",
                m + " Gaussian measurements of a " + shape.imageRows() + "×" + shape.imageColumns()
                        + (shape.symmetric() ? " symmetric" : "") + " matrix of rank " + truthRank + ", κ = " + kappa
                        + (noise > 0 ? ", noise " + noise : "") + (wrong > 0 ? ", " + wrong + " outliers" : "")
                        + (precision == Precision.SINGLE ? ", single precision" : "")
                        + LossText.of(loss, balance) + ", rank " + rank,
                new FactoredProblem(operator, b, rank, 0, shape).withLoss(loss).withBalance(balance),
                Optional.of(truth),
                figures);
    }

    /** Dimension of the manifold of matrices of rank r*. */
    private double degreesOfFreedom() {
        double r = truthRank;
        return shape.symmetric()
                ? r * shape.rows() - r * (r - 1) / 2
                : r * ((double) shape.imageRows() + shape.imageColumns() - r);
    }

    /** {@code count} of the m measurements, without replacement. */
    private boolean[] chosen(int count, RandomGenerator random) {
        boolean[] chosen = new boolean[m];
        int left = count;
        for (int k = 0; k < m; k++) {
            if (random.nextInt(m - k) < left) {
                chosen[k] = true;
                left--;
            }
        }
        return chosen;
    }
}
