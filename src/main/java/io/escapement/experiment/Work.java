package io.escapement.experiment;

import io.escapement.problem.FactoredProblem;
import io.escapement.problem.ResidualWeight;
import io.escapement.problem.RestrictedConstants;
import io.escapement.problem.SensingOperator;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.ejml.data.DMatrixRMaj;

/**
 * Counts what an operator is asked for, in gradient evaluations: one of X, n×r, is a measurement of r columns and a
 * backprojection of r columns. Everything that touches the operator counts, whoever asks: steps, line searches (a step of exact
 * gradient descent is 1.5), judgements, eigenvectors, candidates, trials that fail. So mechanisms can be compared at the same
 * expense.
 *
 * <p>One run's.
 */
public final class Work implements SensingOperator {

    /** Name of the figure in events and outcomes. */
    public static final String GRADIENTS = "gradients";

    private final SensingOperator operator;
    private final AtomicLong columns = new AtomicLong();

    private Work(SensingOperator operator) {
        this.operator = Objects.requireNonNull(operator, "operator");
    }

    /** The same problem, with an operator that counts. */
    public static FactoredProblem counted(FactoredProblem problem) {
        double[] b = new double[problem.operator().measurements()];
        for (int k = 0; k < b.length; k++) {
            b[k] = problem.measurement(k);
        }
        return new FactoredProblem(
                new Work(problem.operator()), b, problem.columns(), problem.ridge(), problem.shape());
    }

    /** Of a problem that was made by {@link #counted}. */
    static Work of(FactoredProblem problem) {
        return (Work) problem.operator();
    }

    /** From here on. */
    void reset() {
        columns.set(0);
    }

    /** @param rank r of the factor of which a gradient is taken */
    double gradients(int rank) {
        return columns.get() / (2.0 * rank);
    }

    private void add(DMatrixRMaj factor, int passes) {
        columns.addAndGet((long) passes * factor.numCols);
    }

    @Override
    public int dimension() {
        return operator.dimension();
    }

    @Override
    public int measurements() {
        return operator.measurements();
    }

    @Override
    public void measure(DMatrixRMaj x, DMatrixRMaj y, double[] out) {
        add(x, 1);
        operator.measure(x, y, out);
    }

    @Override
    public void backproject(double[] w, DMatrixRMaj v, DMatrixRMaj out) {
        add(v, 1);
        operator.backproject(w, v, out);
    }

    @Override
    public void residualAndBackprojection(DMatrixRMaj x, double[] b, double[] residual, DMatrixRMaj out) {
        add(x, 2);
        operator.residualAndBackprojection(x, b, residual, out);
    }

    @Override
    public void residualAndBackprojection(
            DMatrixRMaj x, double[] b, ResidualWeight weight, double[] residual, DMatrixRMaj out) {
        add(x, 2);
        operator.residualAndBackprojection(x, b, weight, residual, out);
    }

    @Override
    public RestrictedConstants constants() {
        return operator.constants();
    }
}
