package io.escapement.app;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.problem.Hessian;
import io.escapement.sensing.Instance;
import io.escapement.web.ProblemSheet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Makes the sheets of the generated problems from an instance with the defaults: computed once each, when they are first asked for.
 *
 * <p>Curvature at 0 and at the truth from the dense Hessian, of factors of up to {@value #MOST_NUMBERS} numbers. The picture shows h(aT + bB), T the
 * truth with the lower half of its rows that are not 0 set to 0 and B the rest: the truth is at (1, 1), its negative at (−1, −1), and what differs from it
 * by the sign of one half at (1, −1).
 */
final class ProblemSheets {

    /** Numbers of a factor whose Hessian is formed. */
    private static final int MOST_NUMBERS = 400;

    /** Random matrices for the sampled constants. */
    private static final int SAMPLES = 200;

    /** Eigenvalues below this fraction of the largest are 0. */
    private static final double FLAT = 1e-9;

    /** So that (1, 1) is one of the points. */
    private static final int SIZE = 33;

    private static final double REACH = 1.6;

    /** The picture is cut off this far below its largest value: at the truth the loss is 0. */
    private static final double DECADES = 4;

    /** A loss below this fraction of that at 0 is 0 to rounding. */
    private static final double ZERO = 1e-12;

    private final Map<String, ProblemSheet> made = new ConcurrentHashMap<>();

    /** The sheet of a problem, or nothing where there is none of this name. */
    Optional<ProblemSheet> of(String problem) {
        return ProblemChoice.names().contains(problem)
                ? Optional.of(made.computeIfAbsent(problem, ProblemSheets::make))
                : Optional.empty();
    }

    private static ProblemSheet make(String name) {
        RunOptions options = RunOptions.standard();
        Instance<?> instance = ProblemChoice.start(name, options).instance();
        if (instance.problem() instanceof FactoredProblem) {
            options.sampleConstants = SAMPLES;
        }
        InstanceFacts facts = InstanceFacts.of(instance, options);
        ProblemTheory theory = ProblemTheory.of(name);
        CompositeProblem problem = instance.problem();
        DMatrixRMaj zero = new DMatrixRMaj(problem.rows(), problem.columns());
        DMatrixRMaj truth = instance.truth()
                .map(GroundTruth::factor)
                .filter(z -> z.numRows == zero.numRows && z.numCols == zero.numCols)
                .orElse(null);
        double atZero = problem.evaluate(zero).loss();
        Double atTruth = truth == null ? null : problem.evaluate(truth).loss();
        boolean known = atTruth != null && (theory.truthIsOptimal() || atTruth <= ZERO * Math.abs(atZero));
        List<ProblemSheet.Point> points = new ArrayList<>();
        point("0", problem, zero).ifPresent(points::add);
        if (truth != null) {
            point("truth", problem, truth).ifPresent(points::add);
        }
        return new ProblemSheet(
                theory.formula(),
                Symmetry.of(problem, theory.symmetry()),
                theory.references(),
                defaults(name, options),
                problem.rows(),
                problem.columns(),
                finite(facts.figures()),
                facts.sources(),
                atTruth,
                known ? (theory.truthIsOptimal() ? atTruth : Double.valueOf(0)) : null,
                points,
                truth == null ? null : picture(problem, truth));
    }

    private static Map<String, String> defaults(String name, RunOptions options) {
        Map<String, String> all = OptionText.of(options);
        Map<String, String> own = new LinkedHashMap<>();
        for (String option : ProblemChoice.named(name).options()) {
            if (all.containsKey(option)) {
                own.put(option, all.get(option));
            }
        }
        return own;
    }

    private static Map<String, Double> finite(Map<String, Double> figures) {
        Map<String, Double> finite = new LinkedHashMap<>();
        figures.forEach((key, value) -> {
            if (Double.isFinite(value)) {
                finite.put(key, value);
            }
        });
        return finite;
    }

    /** Curvature where the gradient vanishes; nothing where it does not, or the Hessian would be too large. */
    private static Optional<ProblemSheet.Point> point(String name, CompositeProblem problem, DMatrixRMaj x) {
        Evaluation at = problem.evaluate(x);
        boolean rests = Double.isFinite(at.loss()) && at.gradientNorm() <= 1e-8 * (1 + Frobenius.norm(x));
        if (!rests || x.getNumElements() > MOST_NUMBERS) {
            return Optional.empty();
        }
        DMatrixRMaj hessian = new Hessian(problem, at).matrix();
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(hessian.numRows, false, true);
        if (!eigen.decompose(hessian)) {
            return Optional.empty();
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < eigen.getNumberOfEigenvalues(); i++) {
            low = Math.min(low, eigen.getEigenvalue(i).getReal());
            high = Math.max(high, eigen.getEigenvalue(i).getReal());
        }
        double flat = FLAT * Math.max(Math.abs(low), Math.abs(high));
        int index = 0;
        int zeros = 0;
        for (int i = 0; i < eigen.getNumberOfEigenvalues(); i++) {
            double value = eigen.getEigenvalue(i).getReal();
            index += value < -flat ? 1 : 0;
            zeros += Math.abs(value) <= flat ? 1 : 0;
        }
        return Optional.of(new ProblemSheet.Point(name, index, zeros, low, high, at.loss()));
    }

    private static ProblemSheet.Picture picture(CompositeProblem problem, DMatrixRMaj truth) {
        boolean[] upper = upper(truth);
        double[] logs = new double[SIZE * SIZE];
        double highest = Double.NEGATIVE_INFINITY;
        DMatrixRMaj x = new DMatrixRMaj(truth.numRows, truth.numCols);
        for (int row = 0; row < SIZE; row++) {
            double b = REACH * (2.0 * row / (SIZE - 1) - 1);
            for (int column = 0; column < SIZE; column++) {
                double a = REACH * (2.0 * column / (SIZE - 1) - 1);
                for (int i = 0; i < truth.numRows; i++) {
                    for (int c = 0; c < truth.numCols; c++) {
                        x.set(i, c, (upper[i] ? a : b) * truth.get(i, c));
                    }
                }
                double log = Math.log10(
                        Math.max(Double.MIN_NORMAL, problem.evaluate(x).loss()));
                logs[row * SIZE + column] = log;
                highest = Math.max(highest, log);
            }
        }
        List<Double> values = new ArrayList<>(logs.length);
        for (double log : logs) {
            values.add(Math.round(1000 * Math.max(log, highest - DECADES)) / 1000.0);
        }
        return new ProblemSheet.Picture(
                SIZE,
                REACH,
                values,
                "a multiplies the upper half of the truth's rows that are not 0, b the lower half");
    }

    /** Which rows are above the middle of those that are not 0. */
    private static boolean[] upper(DMatrixRMaj truth) {
        boolean[] filled = new boolean[truth.numRows];
        int count = 0;
        for (int i = 0; i < truth.numRows; i++) {
            for (int c = 0; c < truth.numCols; c++) {
                filled[i] |= truth.get(i, c) != 0;
            }
            count += filled[i] ? 1 : 0;
        }
        boolean[] upper = new boolean[truth.numRows];
        int seen = 0;
        for (int i = 0; i < truth.numRows; i++) {
            upper[i] = 2 * seen < count;
            seen += filled[i] ? 1 : 0;
        }
        return upper;
    }
}
