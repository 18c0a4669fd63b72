package io.escapement.landscape;

import io.escapement.event.Figures;
import io.escapement.event.PointVerdict;
import io.escapement.event.PointVerdict.GlobalMinimum;
import io.escapement.event.PointVerdict.StrictSaddle;
import io.escapement.event.PointVerdict.Undecided;
import io.escapement.event.Values;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpairs;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.SymmetricOperator;
import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Hessian;
import io.escapement.problem.Ray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;

/**
 * Verdict on a point of a problem without a convex counterpart, from its loss and λₘᵢₙ(∇²h). Losses must be at least 0.
 *
 * <ol>
 *   <li>Global: h(x) ≤ {@code gapTolerance}·h(0), stationary or not; √{@code gapTolerance}·h(0) for losses that grow like a norm. There is no
 *       other certificate.
 *   <li>Undecided: the loss is not smooth. A small subgradient is no sign of rest, a large one none of its lack, and there is no curvature.
 *   <li>Undecided: ‖∇h‖ above ε, the gradient tolerance.
 *   <li>Strict saddle: λₘᵢₙ(∇²h) &lt; −θ, θ = max(√(ρ‖∇h‖), rounding) ([IPGD] definition 4 with the ε that was reached). ρ is the
 *       unit of {@link ProblemScale}, 4h(0)/size³. A Rayleigh quotient that low is proof, converged or not.
 *   <li>Undecided, not a minimum: on the ray along the lowest eigenvector, or against it, the loss falls by more than four times what
 *       the slope explains, and by more than the slope at a tenth and a hundredth of the way too. So at X = 0 of a CP tensor, where
 *       gradient and Hessian vanish and the third derivative does not, and at a factor with columns of zeros.
 *   <li>Undecided: the eigenvalue did not converge.
 *   <li>Undecided, too close to call: λₘᵢₙ(∇²h) is negative, below −4‖∇h‖/‖x‖, or the loss is below {@value #LOW}·h(0).
 *   <li>Undecided: a local minimum as far as curvature tells, which none of the records for traps fits: a spurious minimum is one
 *       that failed the test of a global one, and here there is none.
 * </ol>
 *
 * <p>4‖∇h‖/‖x‖, because where x can be turned or rescaled without changing F(x), the Hessian has eigenvalues of about −‖∇h‖/‖x‖
 * at a point that has not quite come to rest. For the same reason eigenvalues of 0 are no sign of anything, and Lanczos is
 * used whatever the size: from a random start it finds a random member of an eigenspace, which a third derivative will see.
 *
 * <p>Figures: {@code loss}, {@code gradientNorm}, {@code optimalityGap} (the loss, because it cannot be negative) and, but for a global
 * minimum, {@code hessianLambdaMin} and {@code hessianLipschitz} (ρ).
 *
 * @param gradientTolerance ε relative to 4h(0)/size
 * @param gapTolerance relative to h(0)
 * @param eigen how eigenvalues are computed; its dense limit is not used
 */
public record CompositeJudge(double gradientTolerance, double gapTolerance, EigenSolver eigen)
        implements PointJudge<CompositeProblem> {

    /** A loss below this multiple of h(0) is as likely one that is still falling to 0. */
    private static final double LOW = 1e-6;

    /** Rounding of an eigenvalue of the Hessian, relative to its norm. */
    private static final double ROUNDING = 1e-10;

    /** A fall so many times the slope's own is not the slope's. */
    private static final double BEYOND_SLOPE = 4;

    private static final int MAX_PRODUCTS = 2000;

    public CompositeJudge {
        Objects.requireNonNull(eigen, "eigen");
        requireTolerance("gradientTolerance", gradientTolerance);
        requireTolerance("gapTolerance", gapTolerance);
    }

    /** ε = 1e−6, gap 1e−12, residuals of eigenpairs 1e−7 in at most 2000 products. */
    public static CompositeJudge standard() {
        return new CompositeJudge(
                1e-6,
                1e-12,
                new EigenSolver(1e-7, MAX_PRODUCTS, 0, EigenSolver.standard().seed()));
    }

    public CompositeJudge withGradientTolerance(double relative) {
        return new CompositeJudge(relative, gapTolerance, eigen);
    }

    private static void requireTolerance(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + "; at least 0 and below 1 is needed");
        }
    }

    /** ε of a problem, absolute: the gradient norm above which a point is not taken for stationary. */
    public double stationaryBelow(CompositeProblem problem) {
        return gradientTolerance * ProblemScale.of(problem, () -> false).gradient();
    }

    @Override
    public Judgement judge(CompositeProblem problem, DMatrixRMaj x) {
        return judge(problem, x, () -> false);
    }

    @Override
    public Judgement judge(CompositeProblem problem, DMatrixRMaj x, BooleanSupplier stop) {
        Survey survey = Survey.of(problem, x);
        Evaluation at = survey.at();
        if (!survey.finite()) {
            return new Judgement(
                    new Undecided("the loss is " + at.loss() + " and the gradient norm " + at.gradientNorm()
                            + "; only a finite point can be judged"),
                    Values.of(Map.of(Values.LOSS, at.loss(), Values.GRADIENT_NORM, at.gradientNorm())));
        }
        double lossAtZero = problem.evaluate(new DMatrixRMaj(problem.rows(), problem.columns()))
                .loss();
        double tolerance = (problem.growth() == 1 ? Math.sqrt(gapTolerance) : gapTolerance) * lossAtZero;
        if (at.loss() <= tolerance) {
            return new Judgement(GlobalMinimum.lowestLoss(at.loss(), tolerance), Values.of(figures(at)));
        }
        if (!problem.smooth()) {
            return new Judgement(
                    new Undecided(
                            "the loss is not smooth, so neither its subgradient nor its curvature tells a minimum;"
                                    + " the optimum is at most " + figure(at.loss()) + " lower"),
                    Values.of(figures(at)));
        }
        return new Point(problem, survey, ProblemScale.of(problem, stop), stop).judge();
    }

    private static Map<String, Double> figures(Evaluation at) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Values.LOSS, at.loss());
        figures.put(Values.GRADIENT_NORM, at.gradientNorm());
        figures.put(Values.OPTIMALITY_GAP, at.loss());
        return figures;
    }

    private static String figure(double value) {
        return Figures.of(value);
    }

    /** What is known of one point whose loss is not the lowest possible. */
    private final class Point {

        private final CompositeProblem problem;
        private final Survey survey;
        private final Evaluation at;
        private final ProblemScale scale;
        private final Eigenpairs bend;
        private final double mu;
        private final double rounding;

        Point(CompositeProblem problem, Survey survey, ProblemScale scale, BooleanSupplier stop) {
            this.problem = problem;
            this.survey = survey;
            this.at = survey.at();
            this.scale = scale;
            SymmetricOperator hessian = new Hessian(problem, at).until(stop);
            EigenSolver lanczos = eigen.withDenseLimit(0);
            this.bend = survey.hessian(lanczos, 1, stop);
            this.mu = bend.first().value();
            this.rounding = ROUNDING * lanczos.norm(hessian);
        }

        Judgement judge() {
            Map<String, Double> figures = figures(at);
            figures.put(Values.HESSIAN_LAMBDA_MIN, mu);
            figures.put(Values.HESSIAN_LIPSCHITZ, scale.hessianLipschitz());
            String close = tooClose();
            PointVerdict verdict = verdict(close);
            boolean closer =
                    verdict instanceof Undecided undecided && undecided.why().equals(close);
            return new Judgement(verdict, Values.of(figures), closer, Optional.of(survey));
        }

        private PointVerdict verdict(String close) {
            double epsilon = gradientTolerance * scale.gradient();
            if (at.gradientNorm() > epsilon) {
                return new Undecided("not a stationary point: the gradient norm is " + figure(at.gradientNorm())
                        + ", above " + figure(epsilon) + "; the Hessian's smallest eigenvalue is " + figure(mu));
            }
            if (mu < -threshold()) {
                return new StrictSaddle(mu, threshold(), Double.NaN, at.loss());
            }
            double fall = Math.max(fall(1), fall(-1));
            if (fall > 0) {
                return new Undecided("not a minimum, though no strict saddle: along a direction whose curvature is "
                        + figure(mu) + " the loss falls by " + figure(fall)
                        + " right from here; the optimum is at most "
                        + figure(at.loss()) + " lower");
            }
            if (!bend.converged()) {
                return new Undecided("the Hessian's smallest eigenvalue is not known well enough: " + figure(mu)
                        + " with residual " + figure(bend.first().residual()) + " against −" + figure(threshold()));
            }
            if (!close.isEmpty()) {
                return new Undecided(close);
            }
            return new Undecided("a local minimum as far as curvature tells (smallest Hessian eigenvalue " + figure(mu)
                    + "); no certificate exists for this class of problems, and the optimum is at most "
                    + figure(at.loss()) + " lower");
        }

        private double threshold() {
            return Math.max(Math.sqrt(scale.hessianLipschitz() * at.gradientNorm()), rounding);
        }

        /** Why descending further would tell, or nothing. */
        private String tooClose() {
            if (mu < -Math.max(rounding, 4 * at.gradientNorm() / Frobenius.norm(at.x()))) {
                return "too close to call: the Hessian's smallest eigenvalue is " + figure(mu)
                        + ", negative but not below −" + figure(threshold())
                        + ", which it must be to mean something at a gradient norm of " + figure(at.gradientNorm())
                        + "; descending further tells";
            }
            return at.loss() <= LOW * scale.lossAtZero()
                    ? "too close to call: the loss is " + figure(at.loss())
                            + ", as low as one that is still falling to 0; descending further tells"
                    : "";
        }

        /** How far the loss falls along or against the lowest eigenvector for more than its slope; 0 if it does not. */
        private double fall(double sign) {
            DMatrixRMaj direction = new DMatrixRMaj(problem.rows(), problem.columns());
            System.arraycopy(bend.first().vector().data, 0, direction.data, 0, direction.getNumElements());
            Ray ray = problem.ray(at, ProblemScale.times(sign, direction), new Workspace());
            double s = ray.positiveMinimizer();
            if (!(s > 0)) {
                return 0;
            }
            double fall = -ray.change(s);
            boolean falls = fall > gapTolerance * scale.lossAtZero()
                    && fall > BEYOND_SLOPE * s * Math.abs(ray.slope())
                    && beyondSlope(ray, 0.1 * s)
                    && beyondSlope(ray, 0.01 * s);
            return falls ? fall : 0;
        }

        private boolean beyondSlope(Ray ray, double s) {
            return ray.change(s) < s * ray.slope();
        }
    }
}
