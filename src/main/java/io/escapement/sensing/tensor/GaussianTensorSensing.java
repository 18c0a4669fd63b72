package io.escapement.sensing.tensor;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.cp.CpMap;
import io.escapement.problem.cp.CpSensing;
import io.escapement.problem.cp.CpShape;
import io.escapement.problem.cp.CpTruth;
import io.escapement.sensing.DenseOperator.Precision;
import io.escapement.sensing.Frame;
import io.escapement.sensing.Instance;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Gaussian tensor sensing: b_k = ⟨A_k, T*⟩ with independent N(0, 1/m) entries in A_k ([LMM] section 6.3, figure 8). Truth:
 * {@link CpModel}.
 *
 * <p>Of A_k only the symmetric part matters in the symmetric case. In the coordinates of a stored tensor it has independent N(0, 1/m)
 * entries itself, so only those are drawn.
 *
 * <p>Outliers: ⌊m·share⌋ measurements, chosen at random, are those of one other tensor with entries uniform in (0, 1), neither
 * symmetric nor of low rank. What its unsymmetric part adds to a measurement is N(0, its squared norm/m), independent of
 * the stored row. Noise comes last, on all of them.
 *
 * @param shape symmetric or d₁×d₂×d₃
 * @param rank r of the factor that is searched for
 * @param truthRank r*
 * @param m number of measurements
 * @param kappa κ, the ratio of the largest to the smallest weight of a component, ≥ 1
 * @param noise standard deviation relative to the root mean square of the clean measurements, ≥ 0
 * @param outliers share of measurements that are wrong, in [0, 1]
 * @param precision of the stored rows
 * @param frame of the truth's vectors
 */
public record GaussianTensorSensing(
        CpShape shape,
        int rank,
        int truthRank,
        int m,
        double kappa,
        double noise,
        double outliers,
        Precision precision,
        Frame frame) {

    public GaussianTensorSensing {
        Objects.requireNonNull(frame, "frame");
        CpModel.requireRanks(shape, rank, truthRank, kappa);
        if (m < 1) {
            throw new IllegalArgumentException("m is " + m + "; at least 1 measurement is needed");
        }
        if (!(noise >= 0) || Double.isInfinite(noise)) {
            throw new IllegalArgumentException("noise is " + noise + "; a finite number of at least 0 is needed");
        }
        if (!(outliers >= 0 && outliers <= 1)) {
            throw new IllegalArgumentException("outliers is " + outliers + "; a share of 0 to 1 is possible");
        }
    }

    /** With uniformly random vectors. */
    public GaussianTensorSensing(
            CpShape shape,
            int rank,
            int truthRank,
            int m,
            double kappa,
            double noise,
            double outliers,
            Precision precision) {
        this(shape, rank, truthRank, m, kappa, noise, outliers, precision, Frame.HAAR);
    }

    /** Noiseless, well-conditioned, searched at the truth's rank. */
    public static GaussianTensorSensing of(CpShape shape, int rank, int m) {
        return new GaussianTensorSensing(shape, rank, rank, m, 1, 0, 0, Precision.DOUBLE);
    }

    /** @throws IllegalArgumentException if the rows do not fit into what is left of the memory */
    public Instance<CpSensing> instance(RandomGenerator random) {
        RowMemory.ofThisProgram().require(shape, m, precision);
        CpTruth truth = CpModel.truth(shape, truthRank, kappa, frame, random);
        CpMap map = new CpMap(shape);
        int wrong = (int) Math.floor(m * outliers);
        boolean[] replaced = chosen(wrong, random);
        Other other = wrong > 0 ? Other.draw(map, random) : null;
        double[] elsewhere = new double[m];
        double scale = 1 / Math.sqrt(m);
        TensorRows rows = new TensorRows(
                map.length(),
                m,
                (k, a) -> {
                    for (int e = 0; e < a.length; e++) {
                        a[e] = scale * random.nextGaussian();
                    }
                    elsewhere[k] = replaced[k]
                            ? Frobenius.dot(a, other.stored, a.length) + other.rest * scale * random.nextGaussian()
                            : 0;
                },
                precision);
        double[] image = new double[map.length()];
        double[] b = new double[m];
        map.image(truth.factor(), image);
        rows.measure(image, b);
        double size = Math.sqrt(Frobenius.dot(b, b, m) / m);
        for (int k = 0; k < m; k++) {
            b[k] = (replaced[k] ? elsewhere[k] : b[k]) + (noise > 0 ? noise * size * random.nextGaussian() : 0);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("measurements", (double) m);
        figures.put("perDegreeOfFreedom", m / degreesOfFreedom());
        figures.put("outliers", (double) wrong);
        return new Instance<>(
                "tensor-sensing",
                m + " Gaussian measurements of a " + shape + " tensor of CP rank " + truthRank + ", κ = " + kappa
                        + (noise > 0 ? ", noise " + noise : "") + (wrong > 0 ? ", " + wrong + " outliers" : "")
                        + (precision == Precision.SINGLE ? ", single precision" : "") + ", rank " + rank,
                new CpSensing(shape, rows, b, rank),
                Optional.of(truth),
                figures);
    }

    /** The tensor that outliers measure: what is stored of it, and the norm of the rest. */
    private static final class Other {
        final double[] stored;
        final double rest;

        private Other(double[] stored, double rest) {
            this.stored = stored;
            this.rest = rest;
        }

        static Other draw(CpMap map, RandomGenerator random) {
            CpShape shape = map.shape();
            double[] values = random.doubles((long) shape.first() * shape.second() * shape.third())
                    .toArray();
            double[] stored = new double[map.length()];
            map.pack(values, stored);
            double rest = Frobenius.dot(values, values, values.length) - Frobenius.dot(stored, stored, stored.length);
            return new Other(stored, shape.symmetric() ? Math.sqrt(Math.max(0, rest)) : 0);
        }
    }

    /** Numbers that a tensor of CP rank r* depends on: r*·d, or r*·(d₁ + d₂ + d₃ − 2). */
    private double degreesOfFreedom() {
        return truthRank * (double) (shape.symmetric() ? shape.rows() : shape.rows() - 2);
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
