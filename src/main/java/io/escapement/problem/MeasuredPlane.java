package io.escapement.problem;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * A factored problem on a plane. B is bilinear and symmetric, so the residual is a quadratic of (α, β) with vectors for coefficients,
 *
 * <pre>
 * ρ = [B(X₀,X₀) − b] + 2α·B(X₀,U) + 2β·B(X₀,V) + α²·B(U,U) + 2αβ·B(U,V) + β²·B(V,V),
 * </pre>
 *
 * six measurements whatever the grid. Ridge and balancing term are halves of sums of squares of quadratics too, √λ·X and √β·S. So ½‖·‖² with
 * its penalties is one {@link PlaneSquares}, and a point costs 21 multiplications; ‖·‖₂ likewise, a function of the same norm. Any other
 * loss is asked for its value of ρ, m operations a point.
 */
final class MeasuredPlane implements PlaneLoss {

    private final OuterLoss loss;
    private final double[] b;

    /** Coefficients of ρ, or null where the squares stand for them. */
    private final double[][] rho;

    /** Of ρ, and of the penalties where the loss is ½‖·‖²; null where ρ itself is needed. */
    private final PlaneSquares measured;

    /** Of what {@link #measured} has not; null where there is none. */
    private final PlaneSquares penalties;

    private MeasuredPlane(OuterLoss loss, double[] b, double[][] rho, PlaneSquares measured, PlaneSquares penalties) {
        this.loss = loss;
        this.b = b;
        this.rho = rho;
        this.measured = measured;
        this.penalties = penalties;
    }

    /** @param b the data; not copied */
    static MeasuredPlane of(
            FactoredProblem problem, double[] b, Balancing balancing, DMatrixRMaj x0, DMatrixRMaj u, DMatrixRMaj v) {
        OuterLoss loss = problem.loss();
        double[][] rho = coefficients(problem.operator(), b, x0, u, v);
        PlaneSquares measured = loss.ofNormAlone() ? PlaneSquares.none().and(rho, b.length) : null;
        PlaneSquares extra = null;
        if (problem.penalized()) {
            extra = loss.quadratic() ? measured : PlaneSquares.none();
            if (problem.ridge() != 0) {
                extra = extra.and(ridge(Math.sqrt(problem.ridge()), x0, u, v), x0.getNumElements());
            }
            if (balancing != null) {
                extra = extra.and(balancing.onPlane(x0, u, v), x0.numCols * x0.numCols);
            }
        }
        if (loss.quadratic()) {
            return new MeasuredPlane(loss, b, null, extra == null ? measured : extra, null);
        }
        return new MeasuredPlane(loss, b, measured == null ? rho : null, measured, extra);
    }

    private static double[][] coefficients(
            SensingOperator operator, double[] b, DMatrixRMaj x0, DMatrixRMaj u, DMatrixRMaj v) {
        double[][] rho = new double[PlaneSquares.TERMS][b.length];
        operator.measure(x0, x0, rho[0]);
        operator.measure(x0, u, rho[1]);
        operator.measure(x0, v, rho[2]);
        operator.measure(u, u, rho[3]);
        operator.measure(u, v, rho[4]);
        operator.measure(v, v, rho[5]);
        for (int k = 0; k < b.length; k++) {
            rho[0][k] -= b[k];
            rho[1][k] *= 2;
            rho[2][k] *= 2;
            rho[4][k] *= 2;
        }
        return rho;
    }

    private static double[][] ridge(double root, DMatrixRMaj x0, DMatrixRMaj u, DMatrixRMaj v) {
        int size = x0.getNumElements();
        double[][] columns = new double[PlaneSquares.TERMS][size];
        for (int i = 0; i < size; i++) {
            columns[0][i] = root * x0.data[i];
            columns[1][i] = root * u.data[i];
            columns[2][i] = root * v.data[i];
        }
        return columns;
    }

    @Override
    public double at(double alpha, double beta) {
        double penalty = penalties == null ? 0 : penalties.half(alpha, beta);
        if (loss.quadratic()) {
            return measured.half(alpha, beta);
        }
        if (measured != null) {
            double[] six = measured.residual(alpha, beta);
            return loss.value(six, new double[PlaneSquares.TERMS]) + penalty;
        }
        double[] residual = new double[b.length];
        for (int k = 0; k < b.length; k++) {
            residual[k] = rho[0][k]
                    + alpha * (rho[1][k] + alpha * rho[3][k] + beta * rho[4][k])
                    + beta * (rho[2][k] + beta * rho[5][k]);
        }
        return loss.value(residual, b) + penalty;
    }

    @Override
    public Optional<double[]> squares() {
        return loss.quadratic() ? Optional.of(measured.triangle()) : Optional.empty();
    }

    @Override
    public String method() {
        return measured == null ? "measurements" : "squares";
    }

    @Override
    public long size() {
        return rho == null ? (long) PlaneSquares.TERMS * PlaneSquares.TERMS : (long) PlaneSquares.TERMS * b.length;
    }
}
