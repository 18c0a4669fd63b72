package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * The measurements of a factored problem on a ray: r₀ + s·r₁ + s²·r₂ with r₀ = 𝒜(XXᵀ) − b, r₁ = 𝒜(XDᵀ + DXᵀ), r₂ = 𝒜(DDᵀ). They are
 * taken when first asked for; the residual at a step then needs no operator, and is measured afresh only now and then.
 */
abstract class MeasuredRay implements Ray {

    /** A residual updated along rays this many times in a row is measured afresh, so that rounding cannot build up. */
    private static final int REFRESH = 32;

    final FactoredProblem problem;
    final Evaluation at;
    final DMatrixRMaj direction;
    final double slope;
    private final Workspace workspace;
    /** Of length m or more; null until they are measured. */
    private double[] r1;

    private double[] r2;

    MeasuredRay(FactoredProblem problem, Evaluation at, DMatrixRMaj direction, Workspace workspace) {
        this.problem = problem;
        this.at = at;
        this.direction = direction;
        this.workspace = workspace;
        this.slope = Frobenius.dot(at.gradient(), direction);
    }

    final double[] r1() {
        measure();
        return r1;
    }

    final double[] r2() {
        measure();
        return r2;
    }

    private void measure() {
        if (r1 != null) {
            return;
        }
        SensingOperator operator = problem.operator();
        int m = operator.measurements();
        r1 = workspace.array(0, m);
        r2 = workspace.array(1, m);
        operator.measure(at.x(), direction, r1);
        operator.measure(direction, direction, r2);
        for (int k = 0; k < m; k++) {
            r1[k] *= 2;
        }
    }

    /**
     * 2‖G‖₂ + 4L_sκ‖X‖² + 6β‖X‖² by ‖𝒜*(w)‖₂ ≤ √L_s·‖w‖, κ the curvature of the loss here; as sure as the operator's L_s.
     */
    @Override
    public final OptionalDouble curvatureBound() {
        double bend = problem.curvatureBound(at);
        if (!Double.isFinite(bend)) {
            return OptionalDouble.empty();
        }
        double smoothness = problem.operator().constants().smoothness();
        double pull = Math.sqrt(smoothness)
                * OuterLoss.norm(at.weights(), problem.operator().measurements());
        double square = Frobenius.dot(at.x(), at.x());
        return OptionalDouble.of(2 * pull + problem.ridge() + (4 * smoothness * bend + 6 * problem.balance()) * square);
    }

    /** ½‖r₀ + s·r₁ + s²·r₂‖² with the penalties. Its coefficient of s is that of the residual; {@link #slope} is not used. */
    final Quartic square() {
        int m = problem.operator().measurements();
        double[] r0 = at.residual();
        double[] one = r1();
        double[] two = r2();
        double r0r1 = 0;
        double r0r2 = 0;
        double r1r1 = 0;
        double r1r2 = 0;
        double r2r2 = 0;
        for (int k = 0; k < m; k++) {
            r0r1 += r0[k] * one[k];
            r0r2 += r0[k] * two[k];
            r1r1 += one[k] * one[k];
            r1r2 += one[k] * two[k];
            r2r2 += two[k] * two[k];
        }
        return new Quartic(at.loss(), r0r1, 0.5 * r1r1 + r0r2, r1r2, 0.5 * r2r2);
    }

    @Override
    public final double loss() {
        return at.loss();
    }

    @Override
    public final double aboveInfimum() {
        return problem.aboveInfimum(at);
    }

    @Override
    public final double slope() {
        return slope;
    }

    @Override
    public final Evaluation evaluate(double s) {
        DMatrixRMaj x = new DMatrixRMaj(direction.numRows, direction.numCols);
        Frobenius.add(at.x(), s, direction, x);
        if (r1 == null || at.age() + 1 >= REFRESH) {
            return problem.evaluate(x);
        }
        double[] r0 = at.residual();
        double[] residual = new double[problem.operator().measurements()];
        for (int k = 0; k < residual.length; k++) {
            residual[k] = r0[k] + s * (r1[k] + s * r2[k]);
        }
        return problem.evaluate(x, residual, at.age() + 1);
    }
}
