package io.escapement.escape;

import io.escapement.event.Values;
import io.escapement.landscape.EscapeFeasibility;
import io.escapement.landscape.Survey;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpairs;
import io.escapement.linalg.FactorSvd;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Quartic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * [LEAC] algorithm 2: X̌ = X̂ + s·u_n q_rᵀ with u_n the eigenvector of λ_n = λₘᵢₙ(G(X̂)) and q_r the last right singular
 * vector of X̂ ([LEAC] eq. 14 with β = 1; s = σ_r√α). One candidate, always lower than the trap.
 *
 * <p>Everything is done in s, because σ_r may be 1e−7 or 0 and α then 1e14 or nothing. The rank-deficient case needs no case:
 * q_r is a unit vector of the kernel of X̂, the cross terms vanish, and X̂ = 0 with r = 1 is [LEAC] appendix C.2.
 *
 * <p>Reference, [LEAC] appendix C.2 (n = 11, ρ = 0.01, X̂ ≈ 0): h(X̂) = 3.0015. The exact rule gives s² = 6 and h = 0. The paper
 * rule gives s² = 2.0010 and h = 1.3333 with the exact λ_n = −(1 + 5ρ²) = −1.0005 and L_s = 1; with the printed λ_n = −1.00025
 * and sampled L_s = 0.9987 it is s² = 2.0031 and h = 1.3319, as printed. The printed λ_n is −(1 + 2.5ρ²) to its last digit: what
 * comes out if the gradient counts an off-diagonal pair once, while the printed h counts it twice.
 *
 * @param rule how far to go
 * @param smoothness L_s of the paper rule, if not the operator's own
 * @param eigen how u_n is computed
 */
public record LeacSimulated(Rule rule, OptionalDouble smoothness, EigenSolver eigen)
        implements Escape<FactoredProblem> {

    /** A decrease below this fraction of the loss is rounding. */
    private static final double ROUNDING = 1e-12;

    /** Halvings of α until it counts as failed. */
    private static final int MAX_HALVINGS = 60;

    /** As the judge's, who has found u_n. */
    private static final EigenSolver EIGEN = EigenSolver.standard().withTolerance(1e-9);

    /** How s is chosen. */
    public enum Rule {
        /** The global minimizer of h(X̂ + s·u_n q_rᵀ) over s of both signs, in closed form. */
        EXACT,
        /**
         * α from Υ = −2λ_n/(L_s σ_r²) − 2 downward, halving until h drops ([LEAC] theorem 4.4); of ±s, the lower. Needs
         * Υ &gt; 0, the testable part of condition (10).
         */
        PAPER
    }

    public LeacSimulated {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(smoothness, "smoothness");
        Objects.requireNonNull(eigen, "eigen");
        if (smoothness.isPresent() && !(smoothness.getAsDouble() > 0 && Double.isFinite(smoothness.getAsDouble()))) {
            throw new IllegalArgumentException(
                    "smoothness is " + smoothness.getAsDouble() + "; a finite number above 0 is needed");
        }
    }

    /** The exact rule with the operator's L_s for the record. */
    public static LeacSimulated exact() {
        return new LeacSimulated(Rule.EXACT, OptionalDouble.empty(), EIGEN);
    }

    /** The paper's rule with the operator's L_s. */
    public static LeacSimulated paper() {
        return new LeacSimulated(Rule.PAPER, OptionalDouble.empty(), EIGEN);
    }

    @Override
    public String name() {
        return "leac-simulated";
    }

    @Override
    public Outcome from(FactoredProblem problem, Trap trap) {
        if (!problem.quadratic()) {
            return Quadratic.refusal(problem);
        }
        Survey survey = trap.survey(problem);
        Evaluation at = survey.at();
        if (!survey.finite()) {
            return new Refused("the loss is " + at.loss() + "; only a finite point can be left");
        }
        Eigenpairs lowest = survey.gradientMatrix(eigen, 1, trap.stop());
        if (!lowest.converged()) {
            return new Refused("λₘᵢₙ of the gradient matrix did not converge: "
                    + figure(lowest.first().value()) + " with residual "
                    + figure(lowest.first().residual()) + " after " + lowest.products() + " products");
        }
        return new Attempt(problem, at, lowest).outcome();
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private final class Attempt {

        private final FactoredProblem problem;
        private final Evaluation at;
        private final double lambda;
        private final int multiplicity;
        private final double sigma;
        private final double constant;
        private final DMatrixRMaj direction;
        private final EscapeFeasibility score;
        private final Quartic quartic;

        Attempt(FactoredProblem problem, Evaluation at, Eigenpairs lowest) {
            FactorSvd svd = FactorSvd.of(at.x());
            this.problem = problem;
            this.at = at;
            this.lambda = lowest.first().value();
            this.multiplicity = lowest.multiplicity();
            this.sigma = svd.smallest();
            this.constant =
                    smoothness.orElseGet(() -> problem.operator().constants().smoothness());
            this.direction = svd.inPlaceOf(svd.rank() - 1, lowest.first().vector());
            this.score = EscapeFeasibility.of(problem, at, svd, lowest.first().vector(), svd.rank() - 1);
            this.quartic = problem.quartic(at, direction, new Workspace());
        }

        Outcome outcome() {
            return rule == Rule.EXACT ? exact() : paper();
        }

        private Outcome exact() {
            return candidate(quartic.minimizer(), "stepped to the exact minimizer along u_n q_rᵀ")
                    .orElseGet(() -> new Refused("no step along u_n q_rᵀ lowers the loss " + figure(at.loss())
                            + ": λₘᵢₙ is " + figure(lambda) + ", σ_r " + figure(sigma) + ", " + margins()));
        }

        private Outcome paper() {
            double longest = upsilonTimesSigmaSquared();
            if (!(longest > 0)) {
                return new Refused("Υσ_r² = −2λₘᵢₙ/L_s − 2σ_r² is " + figure(longest) + ", not above 0: λₘᵢₙ is "
                        + figure(lambda) + ", L_s " + figure(constant) + ", σ_r " + figure(sigma));
            }
            double square = longest;
            for (int halvings = 0; halvings <= MAX_HALVINGS; halvings++) {
                double s = Math.sqrt(square);
                double lower = quartic.change(-s) < quartic.change(s) ? -s : s;
                Optional<Outcome> moved = candidate(lower, "stepped along u_n q_rᵀ by Υ halved " + halvings + " times");
                if (moved.isPresent()) {
                    return moved.get();
                }
                square *= 0.5;
            }
            return new Refused("no α from Υ down lowers the loss " + figure(at.loss()) + ": λₘᵢₙ is " + figure(lambda)
                    + ", L_s " + figure(constant) + ", σ_r " + figure(sigma) + ", " + margins());
        }

        /** −2λ_n/L_s − 2σ_r²: the largest s² of theorem 4.4. */
        private double upsilonTimesSigmaSquared() {
            return -2 * lambda / constant - 2 * sigma * sigma;
        }

        /** X̂ + s·u_n q_rᵀ if the loss there is lower, by the quartic and as measured. */
        private Optional<Outcome> candidate(double s, String detail) {
            if (!(quartic.change(s) < -ROUNDING * at.loss())) {
                return Optional.empty();
            }
            DMatrixRMaj x = new DMatrixRMaj(direction.numRows, direction.numCols);
            Frobenius.add(at.x(), s, direction, x);
            double after = problem.value(x);
            if (!(after < at.loss())) {
                return Optional.empty();
            }
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put(Values.LAMBDA_MIN, lambda);
            if (multiplicity > 1) {
                figures.put("multiplicity", (double) multiplicity);
            }
            figures.put("sigmaMin", sigma);
            figures.put("smoothness", constant);
            putFinite(figures, "upsilon", upsilonTimesSigmaSquared() / (sigma * sigma));
            figures.put("s", s);
            putFinite(figures, "alpha", s * s / (sigma * sigma));
            putFinite(figures, "efs", score.efs());
            figures.put("lossBefore", at.loss());
            figures.put("lossAfter", after);
            return Optional.of(new Moved(List.of(new Candidate(name(), x, after, Values.of(figures), detail))
                    .iterator()));
        }

        private static void putFinite(Map<String, Double> figures, String name, double value) {
            if (Double.isFinite(value)) {
                figures.put(name, value);
            }
        }

        /** The escape feasibility score of the ray. */
        private String margins() {
            return score.margins() + ", and more than 1 is needed";
        }
    }
}
