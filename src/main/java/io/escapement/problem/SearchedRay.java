package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import org.ejml.data.DMatrixRMaj;

/**
 * Any loss with its penalties on a ray: h(X + sD) − h(X) = c₁s + c₂s² + c₃s³ + c₄s⁴ + rise(s), where c₁ is the slope, c₂ = ⟨∇ℓ, r₂⟩ plus
 * the penalties' part, and the rise of ℓ above its tangent is what is not a polynomial. m operations for each s, no operator.
 *
 * <p>Minimizer: of an increasing function of ‖r‖ alone that of its square, exact and global. Otherwise {@link RaySearch}, which first
 * tries the minimizer of the quartic that lies above h because ∇ℓ is Lipschitz, so the loss falls there; of a loss that is not
 * smooth, Polyak's step (ℓ − inf ℓ)/|c₁|.
 */
final class SearchedRay extends MeasuredRay {

    private final OuterLoss loss;
    private final double[] b;
    private Quartic polynomial;

    SearchedRay(
            FactoredProblem problem,
            Evaluation at,
            DMatrixRMaj direction,
            Workspace workspace,
            OuterLoss loss,
            double[] b) {
        super(problem, at, direction, workspace);
        this.loss = loss;
        this.b = b;
    }

    private Quartic polynomial() {
        if (polynomial == null) {
            Quartic penalty = problem.penalty(at.x(), direction);
            double pull = Frobenius.dot(at.weights(), r2(), b.length);
            polynomial = new Quartic(0, slope, pull + penalty.c2(), penalty.c3(), penalty.c4());
        }
        return polynomial;
    }

    private Rise curve(double s) {
        Quartic smooth = polynomial();
        Rise rise = loss.rise(at.residual(), b, r1(), r2(), s);
        return new Rise(smooth.change(s) + rise.value(), smooth.derivative(s) + rise.slope());
    }

    @Override
    public double change(double s) {
        return curve(s).value();
    }

    @Override
    public double positiveMinimizer() {
        if (loss.ofNormAlone() && !problem.penalized()) {
            return square().positiveMinimizer();
        }
        return RaySearch.positiveMinimizer(this::curve, slope, firstTrial());
    }

    private double firstTrial() {
        double r0 = OuterLoss.norm(at.residual(), b.length);
        double r1 = OuterLoss.norm(r1(), b.length);
        double r2 = OuterLoss.norm(r2(), b.length);
        double trial = Double.NaN;
        if (slope < 0 && loss.smooth()) {
            double bound = loss.smoothness();
            Quartic exact = polynomial();
            double r1r2 = Frobenius.dot(r1(), r2(), b.length);
            trial = new Quartic(
                            0,
                            slope,
                            exact.c2() + 0.5 * bound * r1 * r1,
                            exact.c3() + bound * r1r2,
                            exact.c4() + 0.5 * bound * r2 * r2)
                    .positiveMinimizer();
        } else if (slope < 0) {
            trial = loss.excess(at.residual(), b) / -slope;
        }
        if (trial > 0 && Double.isFinite(trial)) {
            return trial;
        }
        // Where what the ray adds is about as large as what is there.
        double linear = r1 > 0 ? r0 / r1 : Double.POSITIVE_INFINITY;
        double square = r2 > 0 ? Math.sqrt(r0 / r2) : Double.POSITIVE_INFINITY;
        double scale = Math.min(linear, square);
        return scale > 0 && Double.isFinite(scale) ? scale : 1;
    }
}
