package io.escapement.problem;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.ejml.data.DMatrixRMaj;

/**
 * An operator that counts what is asked of it, in gradient evaluations: the work that everything a run does has in common,
 * whether it descends, judges or escapes.
 *
 * <p>h and ∇h at an n×r factor take one {@code measure} and one {@code backproject} of r columns: one evaluation. A single
 * one of them is a half, and k columns count k/r. So an iteration with the exact step is 1.5 (two measurements on the ray, one
 * backprojection at its end), a product with the Hessian 1.5, and a Lanczos product with the gradient matrix 1/(2r).
 */
public final class CountingOperator implements SensingOperator {

    private final SensingOperator operator;
    private final int rank;
    private final AtomicLong columns = new AtomicLong();

    /** @param rank r, columns of the factor whose gradient is one evaluation */
    public CountingOperator(SensingOperator operator, int rank) {
        this.operator = Objects.requireNonNull(operator, "operator");
        if (rank < 1) {
            throw new IllegalArgumentException("rank is " + rank + "; at least 1 is needed");
        }
        this.rank = rank;
    }

    /** So far. */
    public double gradientEvaluations() {
        return columns.get() / (2.0 * rank);
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
        columns.addAndGet(x.numCols);
        operator.measure(x, y, out);
    }

    @Override
    public void backproject(double[] w, DMatrixRMaj v, DMatrixRMaj out) {
        columns.addAndGet(v.numCols);
        operator.backproject(w, v, out);
    }

    @Override
    public void residualAndBackprojection(DMatrixRMaj x, double[] b, double[] residual, DMatrixRMaj out) {
        columns.addAndGet(2L * x.numCols);
        operator.residualAndBackprojection(x, b, residual, out);
    }

    @Override
    public void residualAndBackprojection(
            DMatrixRMaj x, double[] b, ResidualWeight weight, double[] residual, DMatrixRMaj out) {
        columns.addAndGet(2L * x.numCols);
        operator.residualAndBackprojection(x, b, weight, residual, out);
    }

    @Override
    public RestrictedConstants constants() {
        return operator.constants();
    }
}
