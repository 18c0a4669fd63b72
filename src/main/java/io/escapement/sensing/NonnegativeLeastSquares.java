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
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Nonnegative least squares by squared variables ([LMM] section 6.1 and eq. 19): ℓ(A(x∘x) − b), b = Az*, A = U diag(σ) Vᵀ m×d with
 * uniformly random orthonormal U, V and σ linear from 1 to 1/κ. The paper has κ = 10, m = 2d, r* = 10, d and τ of 10 or 100 and 1 or 100.
 *
 * <p>Truth: z* linear from 1 to 1/τ on the first r* entries, then 0, as the paper says; or x* = √z*, as in its authors' program, whose
 * z* so has ratio τ².
 *
 * @param d entries of z
 * @param m measurements, at least d, so that A has full rank
 * @param support r*
 * @param tau τ ≥ 1, the ratio of the largest to the smallest entry over the support
 * @param kappa κ(A) ≥ 1
 * @param noise standard deviation relative to the root mean square of the clean measurements, ≥ 0
 * @param loss of the residuals
 * @param roots whether it is x* that is linear
 */
public record NonnegativeLeastSquares(
        int d, int m, int support, double tau, double kappa, double noise, OuterLoss loss, boolean roots) {

    public NonnegativeLeastSquares {
        Objects.requireNonNull(loss, "loss");
        if (d < 1) {
            throw new IllegalArgumentException("d is " + d + "; at least 1 is needed");
        }
        if (m < d) {
            throw new IllegalArgumentException("m is " + m + "; at least d = " + d + " measurements are needed");
        }
        if (support < 1 || support > d) {
            throw new IllegalArgumentException("support is " + support + "; 1 to " + d + " is possible");
        }
        requireRatio("tau", tau);
        requireRatio("kappa", kappa);
        if (!(noise >= 0) || Double.isInfinite(noise)) {
            throw new IllegalArgumentException("noise is " + noise + "; a finite number of at least 0 is needed");
        }
    }

    /** With linear z*. */
    public NonnegativeLeastSquares(int d, int m, int support, double tau, double kappa, double noise, OuterLoss loss) {
        this(d, m, support, tau, kappa, noise, loss, false);
    }

    private static void requireRatio(String name, double ratio) {
        if (!(ratio >= 1) || Double.isInfinite(ratio)) {
            throw new IllegalArgumentException(name + " is " + ratio + "; a finite number of at least 1 is needed");
        }
    }

    public Instance<FactoredProblem> instance(RandomGenerator random) {
        DMatrixRMaj u = Orthonormal.basis(Seeds.gaussian(m, d, 1, random));
        DMatrixRMaj v = Orthonormal.basis(Seeds.gaussian(d, d, 1, random));
        double[] sigma = linear(d, kappa);
        for (int e = 0; e < u.getNumElements(); e++) {
            u.data[e] *= sigma[e % d];
        }
        DMatrixRMaj design = new DMatrixRMaj(m, d);
        CommonOps_DDRM.multTransB(u, v, design);
        double[] z = Arrays.copyOf(linear(support, tau), d);
        for (int i = 0; i < support && roots; i++) {
            z[i] *= z[i];
        }
        RegressionOperator operator = RegressionOperator.squares(design);
        VectorTruth truth = new VectorTruth(z, operator.shape());
        double[] b = new double[m];
        operator.measure(truth.factor(), truth.factor(), b);
        Seeds.disturb(b, noise, random);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("measurements", (double) m);
        figures.putAll(operator.imageConstants(operator.shape()).figures());
        return new Instance<>(
                "nnls",
                "nonnegative least squares, " + m + " measurements of " + d + " entries, " + support
                        + " of them not 0, τ = " + tau + (roots ? " of the roots" : "") + ", κ(A) = " + kappa
                        + (noise > 0 ? ", noise " + noise : "")
                        + LossText.of(loss, 0),
                new FactoredProblem(operator, b, 1, 0, FactorShape.hadamard(d)).withLoss(loss),
                Optional.of(truth),
                figures);
    }

    /** From 1 to 1/ratio. */
    private static double[] linear(int count, double ratio) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = count == 1 ? 1 : 1 - (1 - 1 / ratio) * i / (count - 1);
        }
        return values;
    }
}
