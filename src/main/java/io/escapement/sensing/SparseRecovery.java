package io.escapement.sensing;

import io.escapement.problem.FactoredProblem;
import io.escapement.problem.OuterLoss;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Sparse recovery by differences of squares ([IPGD] eq. 125): ℓ(A(u∘u − v∘v) − b), b = Aθ*, with independent Gaussian entries in A,
 * m×d. The paper has d = 150, m = 300, and 10, −5, 3, −2, 1 as the first five entries of θ*, the others 0.
 *
 * <p>The entries of A have variance 1/m, so that E‖Aθ‖² is ‖θ‖²; in the paper it is 1, and the loss a sum of squares without ½. One of
 * its gradient steps of η is one of ours of 2mη; the η = 1e−2 printed there would diverge on that sum and fits its mean.
 *
 * @param d entries of θ
 * @param m measurements; fewer than d leave many solutions, of which a small start finds a sparse one
 * @param support k, how many entries of θ* are not 0: the first k of 10, −5, 3, −2, 1, and from the sixth on 1 and −1 in turn
 * @param noise standard deviation relative to the root mean square of the clean measurements, ≥ 0
 * @param loss of the residuals
 */
public record SparseRecovery(int d, int m, int support, double noise, OuterLoss loss) {

    private static final double[] FIRST = {10, -5, 3, -2, 1};

    public SparseRecovery {
        Objects.requireNonNull(loss, "loss");
        if (d < 1) {
            throw new IllegalArgumentException("d is " + d + "; at least 1 is needed");
        }
        if (m < 1) {
            throw new IllegalArgumentException("m is " + m + "; at least 1 measurement is needed");
        }
        if (support < 1 || support > d) {
            throw new IllegalArgumentException("support is " + support + "; 1 to " + d + " is possible");
        }
        if (!(noise >= 0) || Double.isInfinite(noise)) {
            throw new IllegalArgumentException("noise is " + noise + "; a finite number of at least 0 is needed");
        }
    }

    public Instance<FactoredProblem> instance(RandomGenerator random) {
        DMatrixRMaj design = Seeds.gaussian(m, d, 1 / Math.sqrt(m), random);
        double[] theta = new double[d];
        for (int i = 0; i < support; i++) {
            theta[i] = i < FIRST.length ? FIRST[i] : i % 2 == 1 ? 1 : -1;
        }
        RegressionOperator operator = RegressionOperator.signedSquares(design);
        VectorTruth truth = new VectorTruth(theta, operator.shape());
        double[] b = new double[m];
        operator.measure(truth.factor(), truth.factor(), b);
        Seeds.disturb(b, noise, random);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("measurements", (double) m);
        figures.putAll(operator.imageConstants(operator.shape()).figures());
        return new Instance<>(
                "sparse-recovery",
                "sparse recovery, " + m + " Gaussian measurements of " + d + " entries, " + support + " of them not 0"
                        + (noise > 0 ? ", noise " + noise : "") + LossText.of(loss, 0),
                new FactoredProblem(operator, b, 1, 0, operator.shape()).withLoss(loss),
                Optional.of(truth),
                figures);
    }
}
