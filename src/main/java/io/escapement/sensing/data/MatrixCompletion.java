package io.escapement.sensing.data;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.EntryPattern;
import io.escapement.sensing.Instance;
import io.escapement.sensing.MaskOperator;
import io.escapement.sensing.ObservedMatrix;
import io.escapement.sensing.SpectralStart;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Completion of a matrix read from a file: M ≈ μ + s·XYᵀ (or μ + s·XXᵀ), where
 * minimize ½ Σ ((XYᵀ)_ij − (M_ij − μ)/s)² + (λ/2)(‖X‖² + ‖Y‖²) over the entries to fit.
 *
 * <p>s is the norm of the centred entries to fit, so that ‖b‖ = 1: a loss of 0.5 means that nothing is explained yet, and
 * tolerances do not depend on the unit of the data. λ multiplies the nuclear norm of the scaled matrix, in effect
 * (½(‖X‖² + ‖Y‖²) ≥ ‖XYᵀ‖_*), and is given relative to ‖𝒜*(b)‖, the λ from which on the solution is 0.
 */
public final class MatrixCompletion {

    /**
     * Small enough that noiseless data come back to four digits, large enough that a row with fewer entries than the rank has
     * one solution. Noisy data at a generous rank want more: see {@link #advice}.
     */
    public static final double DEFAULT_RIDGE = 1e-4;

    /** Held-out error over training error from which on the fit is called an overfit. */
    private static final double OVERFIT = 1.5;

    private final Options options;
    private final ObservedMatrix matrix;
    private final HoldOut split;
    private final double mean;
    private final double scale;
    private final Instance<FactoredProblem> instance;

    private MatrixCompletion(
            Options options,
            ObservedMatrix matrix,
            HoldOut split,
            double mean,
            double scale,
            Instance<FactoredProblem> instance) {
        this.options = options;
        this.matrix = matrix;
        this.split = split;
        this.mean = mean;
        this.scale = scale;
        this.instance = instance;
    }

    /**
     * Settings of a completion.
     *
     * @param rank r ≥ 1
     * @param holdOut fraction of the known entries to hold out
     * @param centering what is taken from the entries first
     * @param ridge λ relative to its largest useful value, 0 to 1
     * @param psd fit a symmetric positive semidefinite μ + s·XXᵀ; the matrix must be symmetric
     */
    public record Options(int rank, double holdOut, Centering centering, double ridge, boolean psd) {

        /** A tenth held out, no centring, {@link #DEFAULT_RIDGE}, XYᵀ. */
        public static Options of(int rank) {
            return new Options(rank, 0.1, Centering.NONE, DEFAULT_RIDGE, false);
        }

        public Options {
            Objects.requireNonNull(centering, "centering");
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
     * @throws IllegalArgumentException if the matrix does not fit the options
     */
    public static MatrixCompletion of(String name, ObservedMatrix data, Options options, RandomGenerator random) {
        ObservedMatrix matrix = options.psd() ? data.asSymmetric() : data.general();
        int limit = Math.min(matrix.rows(), matrix.columns());
        if (options.rank() > limit) {
            throw new IllegalArgumentException("rank is " + options.rank() + "; 1 to " + limit
                    + " is possible for a matrix of " + matrix.rows() + " rows and " + matrix.columns() + " columns");
        }
        HoldOut split = HoldOut.split(matrix, options.holdOut(), random);
        ObservedMatrix training = split.training();
        MaskOperator operator = options.psd()
                ? MaskOperator.symmetric(training.entries())
                : MaskOperator.rectangular(training.entries());
        double mean = options.centering() == Centering.MEAN ? mean(training) : 0;
        double[] b = operator.arrange(training.values());
        operator.forEachEntry((k, i, j, c) -> b[k] = c * (b[k] - mean));
        double scale = Math.sqrt(Frobenius.dot(b, b, b.length));
        if (Double.isInfinite(scale)) {
            throw new IllegalArgumentException("the known entries of " + name
                    + " are so large that the sum of their squares is infinite; divide them by a common number");
        }
        if (scale == 0) {
            throw new IllegalArgumentException("every known entry of " + name + " is " + training.values()[0]
                    + "; there is nothing to fit a factor to");
        }
        for (int k = 0; k < b.length; k++) {
            b[k] /= scale;
        }
        FactorShape shape = operator.shape();
        // The gradient matrix at 0 is (λ/2)I − 𝒜*(b): from λ = 2‖𝒜*(b)‖ on, 0 is the solution.
        double lambda = options.ridge() == 0 ? 0 : options.ridge() * 2 * SpectralStart.norm(operator, b, random);
        FactoredProblem problem = new FactoredProblem(operator, b, options.rank(), lambda, shape);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("observed", (double) matrix.knownCells());
        figures.put("sampleRatio", matrix.density());
        figures.put("heldOut", (double) split.heldOut().knownCells());
        figures.put("ridge", lambda);
        Instance<FactoredProblem> instance = new Instance<>(
                "data", describe(name, matrix, split, options, mean, scale), problem, Optional.empty(), figures);
        return new MatrixCompletion(options, matrix, split, mean, scale, instance);
    }

    private static double mean(ObservedMatrix training) {
        double sum = 0;
        for (int i = 0; i < training.rows(); i++) {
            for (int k = training.entries().rowStart(i); k < training.entries().rowStart(i + 1); k++) {
                sum += training.values()[k] * cells(training, i, k);
            }
        }
        return sum / training.knownCells();
    }

    /** Cells that an entry stands for: two off the diagonal of a symmetric matrix. */
    private static int cells(ObservedMatrix matrix, int i, int k) {
        return matrix.symmetric() && matrix.entries().column(k) != i ? 2 : 1;
    }

    private static String describe(
            String name, ObservedMatrix matrix, HoldOut split, Options options, double mean, double scale) {
        StringBuilder text = new StringBuilder("completion of ")
                .append(name)
                .append(", a ")
                .append(matrix)
                .append(", rank ")
                .append(options.rank())
                .append(options.psd() ? " positive semidefinite" : "");
        long held = split.heldOut().knownCells();
        if (options.holdOut() > 0) {
            text.append(", ").append(held).append(" cells held out");
        }
        if (options.centering() == Centering.MEAN) {
            text.append(String.format(Locale.ROOT, ", mean %.6g taken off", mean));
        }
        text.append(String.format(Locale.ROOT, ", scaled by %.6g", scale));
        long unseen = unseen(split.training());
        if (unseen > 0) {
            text.append("; nothing is known of ")
                    .append(unseen)
                    .append(unseen == 1 ? " row or column, whose" : " rows and columns, whose")
                    .append(" entries are filled with ")
                    .append(mean == 0 ? "0" : "the mean");
        }
        return text.toString();
    }

    private static long unseen(ObservedMatrix training) {
        int[][] counts = training.entries().counts();
        long unseen = 0;
        for (int i = 0; i < counts[0].length; i++) {
            unseen += counts[0][i] == 0 && (!training.symmetric() || counts[1][i] == 0) ? 1 : 0;
        }
        for (int j = 0; j < counts[1].length && !training.symmetric(); j++) {
            unseen += counts[1][j] == 0 ? 1 : 0;
        }
        return unseen;
    }

    /** The problem to solve, in scaled values. */
    public Instance<FactoredProblem> instance() {
        return instance;
    }

    /** The entries that were held out; none if none were asked for or none could be spared. */
    public ObservedMatrix heldOut() {
        return split.heldOut();
    }

    /** Root mean square error over the entries that are fitted, in the unit of the data. */
    public double trainRmse(DMatrixRMaj x) {
        return rmse(x, split.training());
    }

    /** Root mean square error over the entries held out, in the unit of the data; empty if there are none. */
    public OptionalDouble heldOutRmse(DMatrixRMaj x) {
        return split.heldOut().entries().size() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(rmse(x, split.heldOut()));
    }

    /** What to try where the held-out entries are predicted much worse than the fitted ones. */
    public Optional<String> advice(DMatrixRMaj x) {
        OptionalDouble heldOut = heldOutRmse(x);
        double train = trainRmse(x);
        // Below a thousandth of the data's size both are exact for this purpose.
        double exact = 1e-3 * scale / Math.sqrt((double) split.training().knownCells());
        if (heldOut.isEmpty() || heldOut.getAsDouble() < Math.max(OVERFIT * train, exact)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "held-out entries are predicted %.2g times worse than fitted ones; a lower rank, a larger ridge (now %s, try"
                        + " 0.01)%s may generalize better",
                heldOut.getAsDouble() / train,
                options.ridge(),
                options.centering() == Centering.NONE ? " or taking the mean off" : ""));
    }

    private double rmse(DMatrixRMaj x, ObservedMatrix part) {
        CompletedMatrix completed = completed(x);
        EntryPattern entries = part.entries();
        double sum = 0;
        for (int i = 0; i < entries.rows(); i++) {
            for (int k = entries.rowStart(i); k < entries.rowStart(i + 1); k++) {
                double error = completed.predicted(i, entries.column(k)) - part.values()[k];
                sum += cells(part, i, k) * error * error;
            }
        }
        return Math.sqrt(sum / part.knownCells());
    }

    /** The matrix completed by a factor of the instance's problem. */
    public CompletedMatrix completed(DMatrixRMaj x) {
        return new CompletedMatrix(matrix, x, instance.problem().shape(), mean, scale);
    }
}
