package io.escapement.landscape;

import io.escapement.event.Figures;
import io.escapement.event.PointVerdict;
import io.escapement.event.PointVerdict.GlobalMinimum;
import io.escapement.event.PointVerdict.SpuriousMinimum;
import io.escapement.event.PointVerdict.StrictSaddle;
import io.escapement.event.PointVerdict.Undecided;
import io.escapement.event.Values;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpairs;
import io.escapement.linalg.FactorSvd;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;

/**
 * Verdict on a point X̂ of h(X) = f(XXᵀ) from λₘᵢₙ(G), λₘᵢₙ(∇²h) and weak duality (mathematics.md, section 2).
 *
 * <p>Scales make the verdict the same for cb and c²𝒜: B = ‖∇f(0)‖₂ (or λ/2 if that is larger) for G, √(D/L_s) for X with
 * D = ‖𝒜*(b)‖₂, so 2B√(D/L_s) for ∇h; for ½‖·‖², B = D. A threshold's record component is relative to them; what verdicts and
 * figures hold is absolute. f stands for f − inf ℓ throughout; a gap is relative to f(0). Curvature is L = L_s times a bound on ∇²ℓ
 * next to the point, plus β.
 *
 * <ol>
 *   <li>Global, by its loss alone, of a {@code brief} judge: inf ℓ is 0 and f(M̂) is within the gap tolerance of it. No eigenvalue is
 *       computed, since none could say more: without noise every descent that succeeds ends so.
 *   <li>Global: f(M̂) minus a rigorous lower bound is within {@code gapTolerance}·f(0), stationary or not; of a norm within
 *       √{@code gapTolerance}·f(0), so that it and its square accept the same points.
 *   <li>Undecided: ‖∇h‖ above ε, the gradient tolerance; or an eigenvalue that decides did not converge.
 *   <li>Global: λₘᵢₙ(G) less its residual is at least −τ.
 *   <li>Strict saddle: λₘᵢₙ(∇²h) &lt; −θ, θ = max(√(ρ_H ‖∇h‖), rounding), ρ_H = 2L‖X̂‖₂ ([IPGD] definition 4 with the ε that
 *       was reached: the closer to rest, the sharper). A Rayleigh quotient that low is proof, converged or not.
 *   <li>Spurious minimum: λₘᵢₙ(G) &lt; −max(τ, θ/2).
 *   <li>Undecided: λₘᵢₙ(G) between. The point is as likely an unfinished global minimum, and descending further tells.
 * </ol>
 *
 * <p>θ/2, because G is half the Hessian's first term, so no better known than to that. Measured on 120 instances (Gaussian and
 * completion, rank-deficient and ill-conditioned among them): without it, descents that were broken off at ‖∇h‖ = ε = 1e−6 were
 * called spurious in 44 of 60 cases that went on to a certified global minimum. Come to rest at 1e−8, none was.
 *
 * <p>The gap is min(f(M̂), ⟨G, M̂⟩ − τ_tr·min(0, λₘᵢₙ(G) − residual)), because f ≥ 0. With a given trace bound, it is about
 * M ⪰ 0 within that bound. With a ridge λ &gt; 0 it is about all M ⪰ 0, since a better one has tr M ≤ 2f(M̂)/λ. Otherwise only
 * f(M̂) is about all M ⪰ 0, and that is the gap of everything but a global minimum, whose verdict names the trace bound it took:
 * twice tr M̂, or twice B/L_s where that is larger (at X̂ = 0 the former says nothing). f is over M of every rank, so with noise
 * the best factor of the given rank may fail the test: the certificate is sufficient, not necessary.
 *
 * <p>Losses that are not smooth: G is one subgradient among many where residuals vanish. If it passes the tests of a global minimum, that
 * is proof as ever, f being convex; if not, nothing is known, and the verdict is undecided with this reason. ‖·‖₂ away from 0, and ‖·‖₁
 * where no residual is 0, are smooth next to the point and judged as such.
 *
 * <p>A balancing term is part of ∇h and ∇²h, so of what a descent comes to rest in, but not of f: G, the gap and the certificate are those of
 * f, and the verdicts are those of the problem without the term, because it vanishes at stationary points and neither adds nor
 * removes a negative curvature there ({@code Balancing}). ⟨G, M̂⟩ is then ½⟨∇h, X̂⟩ − β‖S‖². Figure: {@code imbalance}, ‖S‖.
 *
 * <p>Asymmetric factors: the certificate is about the lifted ZZᵀ ⪰ 0. Without a ridge λₘᵢₙ(G) = −σ_max(R)/2 for the
 * gradient R at XYᵀ, so only R = 0 is certified. With a ridge it is the optimality condition of f + λ‖M‖_*, σ_max(R) ≤ λ, because
 * ‖M‖_* is the least ½(‖X‖² + ‖Y‖²) over XYᵀ = M.
 *
 * <p>Figures, those of a spectrum absent where a brief judge needed none: {@code loss}, {@code gradientNorm}, {@code lambdaMin}, {@code lambdaMinResidual}, {@code multiplicity} where above
 * 1, {@code hessianLambdaMin}, {@code hessianLipschitz} (ρ_H), {@code optimalityGap}, {@code traceBound} where the gap depends on one, {@code sigmaMin}.
 *
 * <p>Over the usual length because one point's figures, thresholds and sentences decide on each other, in the order above.
 *
 * @param traceBound τ_tr, if one is given
 * @param gradientTolerance ε relative to 2B√(B/L_s)
 * @param certificateTolerance τ relative to B
 * @param gapTolerance relative to f(0)
 * @param eigen how eigenvalues are computed
 * @param noisy whether the measurements may hold noise, so that a local minimum of a given rank that fails a test over all
 *     ranks is not called spurious but undecided
 * @param brief whether to leave out eigenvalues where the loss alone decides: for thousands of trials, where nobody looks at them
 */
public record FactoredJudge(
        Optional<TraceBound> traceBound,
        double gradientTolerance,
        double certificateTolerance,
        double gapTolerance,
        EigenSolver eigen,
        boolean noisy,
        boolean brief)
        implements PointJudge<FactoredProblem> {

    /** Rows up to which the Hessian is formed: each of its columns costs a measurement and two backprojections. */
    private static final int DENSE_HESSIAN = 64;

    /** Rounding of an eigenvalue of the Hessian, relative to a bound on its norm. */
    private static final double ROUNDING = 1e-10;

    public FactoredJudge {
        Objects.requireNonNull(traceBound, "traceBound");
        Objects.requireNonNull(eigen, "eigen");
        requireTolerance("gradientTolerance", gradientTolerance);
        requireTolerance("certificateTolerance", certificateTolerance);
        requireTolerance("gapTolerance", gapTolerance);
    }

    /** ε = 1e−6, τ = 1e−6, gap 1e−12, residuals of eigenpairs 1e−9, no trace bound. */
    public static FactoredJudge standard() {
        return new FactoredJudge(
                Optional.empty(), 1e-6, 1e-6, 1e-12, EigenSolver.standard().withTolerance(1e-9), false, false);
    }

    public FactoredJudge withTraceBound(TraceBound bound) {
        return new FactoredJudge(
                Optional.of(bound), gradientTolerance, certificateTolerance, gapTolerance, eigen, noisy, brief);
    }

    public FactoredJudge withGradientTolerance(double relative) {
        return new FactoredJudge(traceBound, relative, certificateTolerance, gapTolerance, eigen, noisy, brief);
    }

    /** For measurements that may hold noise. */
    public FactoredJudge withNoise() {
        return new FactoredJudge(traceBound, gradientTolerance, certificateTolerance, gapTolerance, eigen, true, brief);
    }

    /** The same without eigenvalues where the loss alone decides. */
    public FactoredJudge inBrief() {
        return new FactoredJudge(traceBound, gradientTolerance, certificateTolerance, gapTolerance, eigen, noisy, true);
    }

    @Override
    public void prepare(FactoredProblem problem, BooleanSupplier stop) {
        Scales unused = Scales.of(problem, eigen, stop);
    }

    @Override
    public Judgement judge(FactoredProblem problem, DMatrixRMaj x) {
        return judge(problem, x, () -> false);
    }

    @Override
    public Judgement judge(FactoredProblem problem, DMatrixRMaj x, BooleanSupplier stop) {
        Survey survey = Survey.of(problem, x);
        Evaluation at = survey.at();
        if (!survey.finite()) {
            return new Judgement(
                    new Undecided("the loss is " + at.loss() + " and the gradient norm " + at.gradientNorm()
                            + "; only a finite point can be judged"),
                    Values.of(Map.of(Values.LOSS, at.loss(), Values.GRADIENT_NORM, at.gradientNorm())));
        }
        return brief && problem.excessAtZero() == problem.lossAtZero() && problem.excess(at) <= lowest(problem)
                ? lowest(problem, survey)
                : new Point(problem, survey, stop).judge();
    }

    /** What f may be above its infimum, absolute, to count as there. */
    private double lowest(FactoredProblem problem) {
        double relative = problem.loss().growth() == 1 ? Math.sqrt(gapTolerance) : gapTolerance;
        return relative * problem.excessAtZero();
    }

    /** Of a loss of 0: no eigenvalue can add to that. */
    private Judgement lowest(FactoredProblem problem, Survey survey) {
        Evaluation at = survey.at();
        double excess = problem.excess(at);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Values.LOSS, at.loss());
        figures.put(Values.GRADIENT_NORM, at.gradientNorm());
        figures.put(Values.OPTIMALITY_GAP, excess);
        figures.put("sigmaMin", FactorSvd.of(at.x()).smallest());
        if (problem.balance() > 0) {
            figures.put("imbalance", Math.sqrt(problem.squaredImbalance(at.x())));
        }
        PointVerdict verdict = GlobalMinimum.lowestLoss(excess, lowest(problem));
        return new Judgement(verdict, Values.of(figures), false, Optional.of(survey));
    }

    /** ε of a problem, absolute: the gradient norm above which a point is not taken for stationary. */
    public double stationaryBelow(FactoredProblem problem) {
        return gradientTolerance * Scales.of(problem, eigen, () -> false).ofGradient();
    }

    /** Sizes of things in a problem: {@code matrix} B, {@code data} D, {@code smoothness} L_s. */
    private record Scales(double matrix, double data, double smoothness) {

        static Scales of(FactoredProblem problem, EigenSolver eigen, BooleanSupplier stop) {
            double data = problem.dataNorm(eigen, stop);
            double pull = problem.pullNorm(eigen, stop);
            double ridge = 0.5 * problem.ridge();
            return new Scales(
                    Math.max(pull, ridge),
                    problem.quadratic() ? Math.max(data, ridge) : data,
                    problem.operator().constants().smoothness());
        }

        /** 2B√(D/L_s), √(D/L_s) being the size of a factor whose image explains the data. */
        double ofGradient() {
            return smoothness > 0 ? 2 * matrix * Math.sqrt(data / smoothness) : 0;
        }
    }

    private static void requireTolerance(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + "; at least 0 and below 1 is needed");
        }
    }

    private static String figure(double value) {
        return Figures.of(value);
    }

    /** Everything that is known of one point. */
    private final class Point {

        private final FactoredProblem problem;
        private final Survey survey;
        private final Evaluation at;
        private final FactorSvd svd;
        private final Eigenpairs lowest;
        private final Eigenpairs bend;
        private final Scales scales;
        private final double scale;
        private final double excess;
        /** L; infinite where the loss has a kink. */
        private final double curvature;

        private final double trace;
        private boolean tooClose;

        Point(FactoredProblem problem, Survey survey, BooleanSupplier stop) {
            this.problem = problem;
            this.survey = survey;
            this.at = survey.at();
            this.svd = FactorSvd.of(at.x());
            this.lowest = survey.gradientMatrix(eigen, 1, stop);
            this.bend = survey.hessian(eigen.withDenseLimit(Math.min(DENSE_HESSIAN, eigen.denseLimit())), 1, stop);
            this.scales = Scales.of(problem, eigen, stop);
            this.scale = scales.matrix();
            this.excess = problem.excess(at);
            this.curvature = scales.smoothness() * problem.curvatureBound(at) + problem.balance();
            this.trace = Frobenius.dot(at.x(), at.x());
        }

        Judgement judge() {
            TraceBound bound = boundOfBetter().orElseGet(this::assumedBound);
            double gap = boundOfBetter().map(this::gap).orElse(excess);
            PointVerdict verdict = verdict(bound, gap);
            boolean global = verdict instanceof GlobalMinimum;
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put(Values.LOSS, at.loss());
            figures.put(Values.GRADIENT_NORM, at.gradientNorm());
            figures.put(Values.LAMBDA_MIN, lambda());
            figures.put("lambdaMinResidual", lowest.first().residual());
            if (lowest.multiplicity() > 1) {
                figures.put("multiplicity", (double) lowest.multiplicity());
            }
            if (Double.isFinite(curvature)) {
                figures.put(Values.HESSIAN_LAMBDA_MIN, mu());
                figures.put(Values.HESSIAN_LIPSCHITZ, lipschitz());
            }
            figures.put(Values.OPTIMALITY_GAP, global ? gap(bound) : gap);
            if (global || boundOfBetter().isPresent()) {
                figures.put("traceBound", bound.value());
            }
            figures.put("sigmaMin", svd.smallest());
            if (problem.balance() > 0) {
                figures.put("imbalance", Math.sqrt(problem.squaredImbalance(at.x())));
            }
            return new Judgement(verdict, Values.of(figures), tooClose, Optional.of(survey));
        }

        private PointVerdict verdict(TraceBound bound, double gap) {
            double tau = certificateTolerance * scale;
            if (gap <= gapTolerance() * problem.excessAtZero()) {
                // λₘᵢₙ(G) ≥ −‖𝒜*(w)‖₂ ≥ −√(L_s)·‖w‖ and ‖w‖² ≤ 2·(Lipschitz constant)·excess, so this tolerance is
                // met
                // whatever the iteration found.
                double met = problem.loss().smooth()
                        ? Math.max(
                                tau,
                                Math.sqrt(
                                        2 * scales.smoothness() * problem.loss().smoothness() * excess))
                        : tau;
                return new GlobalMinimum(lambda(), Math.max(met, -lambda()), gap(bound), bound.value(), bound.source());
            }
            double epsilon = gradientTolerance * scales.ofGradient();
            if (at.gradientNorm() > epsilon) {
                return new Undecided("not a stationary point: the gradient norm is " + figure(at.gradientNorm())
                        + ", above " + figure(epsilon) + "; λₘᵢₙ of the gradient matrix is " + figure(lambda())
                        + (Double.isFinite(curvature) ? ", the Hessian's smallest eigenvalue " + figure(mu()) : "")
                        + (problem.loss().smooth() ? "" : "; " + notSmooth()));
            }
            if (lowest.converged() && lowest.first().lowerBound() >= -tau) {
                return new GlobalMinimum(lambda(), tau, gap(bound), bound.value(), bound.source());
            }
            if (!Double.isFinite(curvature)) {
                return new Undecided("a residual is 0, where the loss has a kink and no Hessian; " + notSmooth()
                        + "; λₘᵢₙ of the gradient matrix is " + figure(lambda()));
            }
            double hessianNorm = 2 * scale + 6 * curvature * svd.largest() * svd.largest();
            double threshold = Math.max(Math.sqrt(lipschitz() * at.gradientNorm()), ROUNDING * hessianNorm);
            if (mu() < -threshold) {
                return new StrictSaddle(mu(), threshold, lambda(), gap);
            }
            double clear = Math.max(tau, 0.5 * threshold);
            if (lambda() < -clear && bend.converged()) {
                return noisy
                        ? new Undecided("a local minimum of this rank (smallest Hessian eigenvalue " + figure(mu())
                                + ") that is not certified over matrices of every rank, as noise alone can keep it from"
                                + " being: λₘᵢₙ of the gradient matrix is " + figure(lambda())
                                + ", and the optimum over"
                                + " all ranks is at most " + figure(gap) + " lower")
                        : new SpuriousMinimum(mu(), threshold, lambda(), clear, gap);
            }
            if (lowest.converged() && bend.converged()) {
                tooClose = true;
                return new Undecided("too close to call: λₘᵢₙ of the gradient matrix is " + figure(lambda())
                        + ", below −" + figure(tau) + " of a global minimum but not below −" + figure(clear)
                        + ", which it must be to mean something at a gradient norm of " + figure(at.gradientNorm())
                        + "; descending further tells");
            }
            return new Undecided("the eigenvalues are not known well enough: λₘᵢₙ of the gradient matrix is "
                    + figure(lambda()) + " with residual "
                    + figure(lowest.first().residual()) + " against −"
                    + figure(tau) + ", the Hessian's smallest eigenvalue " + figure(mu()) + " with residual "
                    + figure(bend.first().residual()) + " against −" + figure(threshold));
        }

        private double gapTolerance() {
            return problem.loss().growth() == 1 ? Math.sqrt(gapTolerance) : gapTolerance;
        }

        private String notSmooth() {
            return "the loss " + problem.loss().describe()
                    + " is not smooth, and where residuals vanish a minimum may have any subgradient";
        }

        private double lambda() {
            return lowest.first().value();
        }

        /** ρ_H. */
        private double lipschitz() {
            return 2 * curvature * svd.largest();
        }

        private double mu() {
            return bend.first().value();
        }

        /** A trace that no better M exceeds, or that the user limits M to. */
        private Optional<TraceBound> boundOfBetter() {
            if (traceBound.isPresent()) {
                return traceBound;
            }
            return problem.ridge() > 0
                    ? Optional.of(new TraceBound(
                            2 * excess / problem.ridge(), "by the ridge, no better matrix has a larger trace"))
                    : Optional.empty();
        }

        private TraceBound assumedBound() {
            double data = scales.smoothness() > 0 ? scales.data() / scales.smoothness() : 0;
            return trace >= data
                    ? new TraceBound(2 * trace, "twice the trace of this point")
                    : new TraceBound(2 * data, "twice the norm of the backprojected data over L_s");
        }

        /** Weak duality: f(M) ≥ f(M̂) − ⟨G, M̂⟩ + τ_tr·min(0, λ_n) for M ⪰ 0 with tr M ≤ τ_tr; and f(M) ≥ inf ℓ. */
        private double gap(TraceBound bound) {
            double balanced = problem.balance() * problem.squaredImbalance(at.x());
            double inner = 0.5 * Frobenius.dot(at.gradient(), at.x()) - balanced;
            double dual = inner - bound.value() * Math.min(0, lowest.first().lowerBound());
            return Math.max(0, lowest.converged() ? Math.min(excess, dual) : excess);
        }
    }
}
