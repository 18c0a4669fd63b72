package io.escapement.solve.completion;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.SymmetricEigen;
import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.solve.EvaluatedState;
import io.escapement.solve.FromProblem;
import io.escapement.solve.Solver;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Linear recursive feature machine, lin-RFM (Radhakrishnan, Belkin and Drusvyatskiy 2025, PNAS 122; arXiv 2401.04553): a linear
 * predictor for each row, on features that the last round's predictors weigh. With W n₁×n₂, row i seen in the columns Ω_i with the
 * values y_i and weights T_i (1, or ε² where ε-MC has nothing but a zero),
 *
 * <pre>
 * a_i = (K_ΩΩ + λT_i⁻¹)⁻¹ y_i,  w_i = K_{:,Ω} a_i        ridge regression on features M e_j, K = M²
 * K ← s²(WᵀW/(n₁s²) + ε_t I)^{2α}                         M is the average gradient outer product to the power α
 * </pre>
 *
 * <p>from K = s²I, s² the mean of the squared values. It is iteratively reweighted least squares for the Schatten-p quasi-norm with
 * p = 2 − 4α (Mohan and Fazel 2012): α = ¼ is the nuclear norm and α = ½, the default, the log-determinant, which needs no
 * decomposition. ε_t is the smoothing of IRLS, falling geometrically from 1 to 1e−10; λ is 1e−9s², so seen entries are interpolated.
 *
 * <p>The authors' program keeps a ridge of 0.05 (less once the error on unseen entries, which it knows, is small) and no ε_t, but
 * writes the seen entries over W's before WᵀW is taken. Without either, no instance is solved; see the package for the numbers.
 *
 * <p>What the run sees: x is the best factor of the problem's rank of W (of its symmetric part where the matrix is symmetric, whose
 * rows are all rows of the whole). K = s²I is the only start: the run's start point is shown and then left.
 *
 * @param alpha α in (0, 1]
 * @param decay factor in (0, 1) on ε at each round
 */
public record LinRfm(double alpha, double decay) implements Solver<FactoredProblem, LinRfm.State> {

    /** ε_t. */
    public static final String SMOOTHING = "smoothing";

    /** ‖W‖_F²/‖W‖₂², at most the rank. */
    public static final String STABLE_RANK = "stableRank";

    private static final double LAST_SMOOTHING = 1e-10;

    /** λ/s². */
    private static final double RIDGE = 1e-9;

    public LinRfm {
        if (!(alpha > 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha is " + alpha + "; above 0 and at most 1 is needed");
        }
        if (!(decay > 0 && decay < 1)) {
            throw new IllegalArgumentException("decay is " + decay + "; between 0 and 1 is needed");
        }
    }

    /** A smoothing that falls by a twentieth each round. */
    public static LinRfm of(double alpha) {
        return new LinRfm(alpha, 0.95);
    }

    /**
     * Where the method is.
     *
     * @param rows the entries as n₁ rows
     * @param kernel K, n₂×n₂
     * @param smoothing ε_t of the next round
     */
    public record State(
            @FromProblem Rows rows, Evaluation at, DMatrixRMaj kernel, double smoothing, double stableRank, int steps)
            implements EvaluatedState {

        @Override
        public double stepSize() {
            return steps == 0 ? Double.NaN : 1;
        }

        @Override
        public Map<String, Double> figures() {
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put(SMOOTHING, smoothing);
            if (steps > 0) {
                figures.put(STABLE_RANK, stableRank);
            }
            return figures;
        }
    }

    /** The seen entries row by row: n₁×n₂ weights relative to the largest, values, and their mean square. */
    record Rows(boolean symmetric, DMatrixRMaj weights, DMatrixRMaj values, double meanSquare) {

        static Rows of(Entries entries) {
            boolean symmetric = entries.shape().symmetric();
            DMatrixRMaj weights = entries.weights();
            DMatrixRMaj values = entries.values();
            int n = entries.rows();
            int split = entries.shape().split();
            if (!symmetric) {
                weights = CommonOps_DDRM.extract(weights, 0, split, split, n);
                values = CommonOps_DDRM.extract(values, 0, split, split, n);
            }
            double most = CommonOps_DDRM.elementMax(weights);
            DMatrixRMaj relative = weights.copy();
            CommonOps_DDRM.scale(most > 0 ? 1 / most : 1, relative);
            double squares = 0;
            double total = 0;
            for (int e = 0; e < relative.getNumElements(); e++) {
                squares += relative.data[e] * values.data[e] * values.data[e];
                total += relative.data[e];
            }
            return new Rows(symmetric, relative, values, total > 0 ? squares / total : 0);
        }
    }

    /** @throws IllegalArgumentException saying why, if it does not serve the problem */
    public static void requireFits(FactoredProblem problem) {
        Served.requireEntries(problem, "lin-rfm");
        Served.requireResidualsAlone(problem, "lin-rfm");
    }

    @Override
    public String name() {
        return "lin-rfm";
    }

    @Override
    public String describe() {
        return "linear recursive feature machine, α = " + alpha;
    }

    @Override
    public State start(FactoredProblem problem, DMatrixRMaj x0, Workspace workspace) {
        requireFits(problem);
        Rows rows = Rows.of(Entries.of(problem));
        DMatrixRMaj kernel = CommonOps_DDRM.identity(rows.values().numCols);
        CommonOps_DDRM.scale(rows.meanSquare(), kernel);
        return new State(rows, problem.evaluate(x0), kernel, 1, Double.NaN, 0);
    }

    @Override
    public State step(FactoredProblem problem, State state, Workspace workspace) {
        Rows rows = state.rows();
        if (!Double.isFinite(state.loss()) || !Double.isFinite(state.gradientNorm()) || rows.meanSquare() == 0) {
            return state;
        }
        DMatrixRMaj w = predictors(rows, state.kernel(), RIDGE * rows.meanSquare());
        DMatrixRMaj gram = new DMatrixRMaj(w.numCols, w.numCols);
        CommonOps_DDRM.multInner(w, gram);
        double squares = Frobenius.dot(w, w);
        CommonOps_DDRM.scale(1 / (w.numRows * rows.meanSquare()), gram);
        for (int j = 0; j < gram.numRows; j++) {
            gram.data[j * gram.numRows + j] += state.smoothing();
        }
        DMatrixRMaj kernel =
                alpha == 0.5 ? gram : SymmetricEigen.of(gram).map(lambda -> Math.pow(Math.max(0, lambda), 2 * alpha));
        CommonOps_DDRM.scale(rows.meanSquare(), kernel);
        DMatrixRMaj x;
        if (rows.symmetric()) {
            x = SymmetricEigen.of(w).leadingFactor(problem.columns());
        } else {
            x = Entries.factor(w, problem.columns());
        }
        Evaluation at = problem.evaluate(x);
        double spectral = Math.pow(NormOps_DDRM.normP2(w), 2);
        double smoothing = Math.max(LAST_SMOOTHING, decay * state.smoothing());
        return new State(rows, at, kernel, smoothing, squares / spectral, state.steps() + 1);
    }

    /** W: a ridge regression for each row. A row of which nothing is seen is 0. */
    static DMatrixRMaj predictors(Rows rows, DMatrixRMaj kernel, double ridge) {
        int n1 = rows.values().numRows;
        int n2 = rows.values().numCols;
        DMatrixRMaj w = new DMatrixRMaj(n1, n2);
        int[] seen = new int[n2];
        for (int i = 0; i < n1; i++) {
            int count = 0;
            for (int j = 0; j < n2; j++) {
                if (rows.weights().data[i * n2 + j] > 0) {
                    seen[count++] = j;
                }
            }
            if (count == 0) {
                continue;
            }
            double[] a = coefficients(rows, kernel, ridge, i, seen, count);
            for (int j = 0; j < n2; j++) {
                double sum = 0;
                for (int s = 0; s < count; s++) {
                    sum += kernel.data[j * n2 + seen[s]] * a[s];
                }
                w.data[i * n2 + j] = sum;
            }
        }
        return w;
    }

    private static double[] coefficients(Rows rows, DMatrixRMaj kernel, double ridge, int i, int[] seen, int count) {
        int n2 = kernel.numCols;
        DMatrixRMaj system = new DMatrixRMaj(count, count);
        DMatrixRMaj y = new DMatrixRMaj(count, 1);
        for (int s = 0; s < count; s++) {
            for (int t = 0; t < count; t++) {
                system.data[s * count + t] = kernel.data[seen[s] * n2 + seen[t]];
            }
            system.data[s * count + s] += ridge / rows.weights().data[i * n2 + seen[s]];
            y.data[s] = rows.values().data[i * n2 + seen[s]];
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(count);
        DMatrixRMaj a = new DMatrixRMaj(count, 1);
        if (!solver.setA(system)) {
            // K is semidefinite but for rounding, which the ridge no longer covers.
            Arrays.fill(a.data, Double.NaN);
            return a.data;
        }
        solver.solve(y, a);
        return a.data;
    }
}
