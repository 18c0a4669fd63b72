package io.escapement.sensing.data;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.SensingOperator;
import io.escapement.sensing.Instance;
import io.escapement.sensing.SelectedRows;
import io.escapement.sensing.SpectralStart;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * A factor fitted to measurements of the user's own: M ≈ s·XXᵀ (or s·XYᵀ), where
 * minimize ½ Σ (⟨A_k, XXᵀ⟩ − b_k/s)² + (λ/2)‖X‖² over the measurements to fit, s the norm of their b.
 *
 * <p>So a loss of 0.5 means that nothing is explained yet, whatever the unit of b.
 */
public final class RowFit {

    private final SensingOperator operator;
    private final double[] b;
    private final FactorShape shape;
    private final int[] training;
    private final int[] heldOut;
    private final double scale;
    private final Instance<FactoredProblem> instance;

    private RowFit(
            SensingOperator operator,
            double[] b,
            FactorShape shape,
            int[] training,
            int[] heldOut,
            double scale,
            Instance<FactoredProblem> instance) {
        this.operator = operator;
        this.b = b;
        this.shape = shape;
        this.training = training;
        this.heldOut = heldOut;
        this.scale = scale;
        this.instance = instance;
    }

    /**
     * Settings of a fit.
     *
     * @param rank r ≥ 1
     * @param holdOut fraction of the measurements to hold out
     * @param ridge λ relative to its largest useful value, 0 to 1
     */
    public record Options(int rank, double holdOut, double ridge) {

        public Options {
            if (rank < 1) {
                throw new IllegalArgumentException("rank is " + rank + "; at least 1 is needed");
            }
            if (!(holdOut >= 0 && holdOut < 1)) {
                throw new IllegalArgumentException("hold-out is " + holdOut + "; at least 0 and below 1 is needed");
            }
            if (!(ridge >= 0 && ridge <= 1)) {
                throw new IllegalArgumentException("ridge is " + ridge + "; 0 to 1 is possible");
            }
        }
    }

    /**
     * @param name of the data, for the description
     * @param b of all measurements of {@code operator}
     * @param random draws what is held out, and nothing if nothing is
     * @throws IllegalArgumentException if the measurements do not fit the options or are all 0
     */
    public static RowFit of(
            String name,
            SensingOperator operator,
            double[] b,
            FactorShape shape,
            Options options,
            RandomGenerator random) {
        int m = operator.measurements();
        int held = (int) Math.min(m - 1L, Math.round(options.holdOut() * m));
        int[] order = new int[m];
        Arrays.setAll(order, k -> k);
        for (int p = 0; p < held; p++) {
            int q = p + random.nextInt(m - p);
            int k = order[q];
            order[q] = order[p];
            order[p] = k;
        }
        int[] heldOut = Arrays.copyOf(order, held);
        int[] training = Arrays.copyOfRange(order, held, m);
        Arrays.sort(heldOut);
        Arrays.sort(training);
        SensingOperator fitted = held == 0 ? operator : new SelectedRows(operator, training);
        double[] scaled = Arrays.stream(training).mapToDouble(k -> b[k]).toArray();
        double scale = Math.sqrt(Frobenius.dot(scaled, scaled, scaled.length));
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException(
                    "the norm of b over the measurements to fit is " + scale + "; a finite one above 0 is needed");
        }
        if (!(operator.constants().smoothness() > 0)) {
            throw new IllegalArgumentException(
                    "every coefficient of the measurements is 0 or next to it; one that is not is needed");
        }
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] /= scale;
        }
        double lambda = options.ridge() == 0 ? 0 : options.ridge() * 2 * SpectralStart.norm(fitted, scaled, random);
        FactoredProblem problem = new FactoredProblem(fitted, scaled, options.rank(), lambda, shape);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("measurements", (double) m);
        figures.put("heldOut", (double) held);
        figures.put("ridge", lambda);
        String description = name + ", " + operator + ", rank " + options.rank()
                + (shape.symmetric() ? " positive semidefinite" : "")
                + (held > 0 ? ", " + held + (held == 1 ? " measurement" : " measurements") + " held out" : "")
                + String.format(Locale.ROOT, ", b scaled by %.6g", scale);
        return new RowFit(
                operator,
                b,
                shape,
                training,
                heldOut,
                scale,
                new Instance<>("data", description, problem, Optional.empty(), figures));
    }

    /** The problem to solve, in scaled values. */
    public Instance<FactoredProblem> instance() {
        return instance;
    }

    /** ‖𝒜(M) − b‖/‖b‖ over the measurements that are fitted. */
    public double trainResidual(DMatrixRMaj x) {
        return residual(x, training).orElseThrow();
    }

    /** The same over those held out; empty where there are none or b is 0 in all of them. */
    public OptionalDouble heldOutResidual(DMatrixRMaj x) {
        return residual(x, heldOut);
    }

    private OptionalDouble residual(DMatrixRMaj x, int[] rows) {
        double[] measured = new double[b.length];
        operator.measure(x, x, measured);
        double square = 0;
        double size = 0;
        for (int k : rows) {
            double r = scale * measured[k] - b[k];
            square += r * r;
            size += b[k] * b[k];
        }
        return size == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(square / size));
    }

    /** √s·X, in the unit of the data: n×r, or n₁ + n₂ rows of X over Y. */
    public DMatrixRMaj factor(DMatrixRMaj x) {
        DMatrixRMaj factor = new DMatrixRMaj(x.numRows, x.numCols);
        Frobenius.add(factor, Math.sqrt(scale), x, factor);
        return factor;
    }

    /** How the factor makes the matrix, as NumPy writes it. */
    public String image(String z) {
        return shape.symmetric()
                ? z + " @ " + z + ".T"
                : z + "[:" + shape.split() + "] @ " + z + "[" + shape.split() + ":].T";
    }
}
