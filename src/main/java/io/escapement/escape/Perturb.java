package io.escapement.escape;

import io.escapement.event.Figures;
import io.escapement.event.PointVerdict;
import io.escapement.event.Values;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Hessian;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.ejml.data.DMatrixRMaj;

/**
 * Perturbed gradient descent: X̌ = X̂ + ξ with ξ uniform in the ball of radius γ, and back to X̂ if the loss has not dropped by
 * F after T_escape iterations ([IPGD] algorithm 1, lines 4 to 10; what follows it, algorithm 2 or {@code IPGD+}, is the run's
 * own descent to rest; the solvers pgd, ipgd and ipgd+ are the two algorithms themselves, without a judgement before each draw). γ = ε/L is PGD ([IPGD] theorem 1); IPGD is any smaller one, down to 1e−15, which keeps the iterate in
 * the implicit region and costs only a longer T_escape.
 *
 * <p>Unless given: γ = ε/L with ε the gradient norm at which the run rests and L = ‖∇²h(X̂)‖₂; F = 1e−6·|h(X̂)|, what the run needs
 * to tell a new point from the old one; T_escape = 4(L/|μ|)·log(√d·δ/γ), δ = √(2F/|μ|). That is line 1 with the step 1/L and
 * the curvature μ that was found in place of √(ρε), which bounds it from below: the component of ξ along the lowest
 * eigenvector, about γ/√d, grows by 1 + |μ|/L an iteration until ½|μ|δ² = F. Four times that, because the draw may be worse.
 *
 * <p>A perturbation leaves saddles only. At a local minimum it refuses, unless the radius is given: a large one may cross
 * the rim. A radius below the last digit of an entry of X̂ changes only smaller entries.
 *
 * @param radius γ, absolute, if given
 * @param iterations T_escape, if given
 * @param drop F, absolute, if given
 * @param gradientBound ε, absolute
 * @param seed of the run
 * @param eigen how L is estimated
 */
public record Perturb(
        OptionalDouble radius,
        OptionalLong iterations,
        OptionalDouble drop,
        double gradientBound,
        long seed,
        EigenSolver eigen)
        implements Escape<CompositeProblem> {

    /** F relative to the loss. */
    private static final double DROP = 1e-6;

    /** C of T_escape. */
    private static final double GENEROSITY = 4;

    /** T_escape where no negative curvature is known. */
    private static final long ITERATIONS = 1000;

    private static final long MOST_ITERATIONS = 1_000_000;

    public Perturb {
        Objects.requireNonNull(eigen, "eigen");
        radius.ifPresent(given -> requireAbove("radius", given));
        drop.ifPresent(given -> requireAbove("drop", given));
        requireAbove("gradientBound", gradientBound);
        if (iterations.isPresent() && iterations.getAsLong() < 1) {
            throw new IllegalArgumentException("iterations is " + iterations.getAsLong() + "; at least 1 is needed");
        }
    }

    /** Everything from the problem's own scale. */
    public static Perturb standard(double gradientBound, long seed) {
        return new Perturb(
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                gradientBound,
                seed,
                EigenSolver.standard());
    }

    private static void requireAbove(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; a finite number above 0 is needed");
        }
    }

    @Override
    public String name() {
        return "perturb";
    }

    @Override
    public Outcome from(CompositeProblem problem, Trap trap) {
        if (!problem.smooth() && radius.isEmpty()) {
            return new Refused("the loss is not smooth, so ε/L gives no radius; one can be given");
        }
        Evaluation at = problem.evaluate(trap.x());
        if (!Double.isFinite(at.loss()) || !Double.isFinite(at.gradientNorm())) {
            return new Refused("the loss is " + at.loss() + "; only a finite point can be left");
        }
        double mu = trap.judgement().figures().getOr(Values.HESSIAN_LAMBDA_MIN, Double.NaN);
        if (radius.isEmpty() && trap.judgement().verdict() instanceof PointVerdict.SpuriousMinimum) {
            return new Refused("a perturbation leaves saddles, and this is a local minimum: the Hessian's smallest"
                    + " eigenvalue is " + Figures.of(mu));
        }
        boolean curved = mu < 0;
        double smoothness = radius.isPresent() && !(iterations.isEmpty() && curved)
                ? Double.NaN
                : eigen.norm(new Hessian(problem, at).until(trap.stop()));
        double gamma = radius.orElse(gradientBound / smoothness);
        if (!(gamma > 0) || Double.isInfinite(gamma)) {
            return new Refused("the Hessian's norm is " + Figures.of(smoothness) + ", which gives no radius");
        }
        double f = drop.orElse(DROP * Math.abs(at.loss()));
        long patience = iterations.orElse(
                curved ? escapeTime(smoothness, -mu, f, gamma, at.x().getNumElements()) : ITERATIONS);
        DMatrixRMaj x = new DMatrixRMaj(at.x().numRows, at.x().numCols);
        DMatrixRMaj noise = Draws.ball(x.numRows, x.numCols, gamma, Draws.of(seed, name(), trap));
        Frobenius.add(at.x(), 1, noise, x);
        double after = problem.evaluate(x).loss();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("radius", gamma);
        figures.put("escapeTime", (double) patience);
        figures.put("dropNeeded", f);
        figures.put("lossBefore", at.loss());
        figures.put("lossAfter", after);
        Candidate candidate = new Candidate(
                name(), x, after, Values.of(figures), "moved at random within a radius of " + Figures.of(gamma));
        return new Moved(List.of(candidate.with(new Patience(patience, f))).iterator());
    }

    private static long escapeTime(double smoothness, double curvature, double drop, double gamma, int dimension) {
        double delta = Math.sqrt(2 * drop / curvature);
        double growth = Math.log(Math.max(Math.E, Math.sqrt(dimension) * delta / gamma));
        double time = Math.ceil(GENEROSITY * smoothness / curvature * growth);
        return (long) Math.max(1, Math.min(MOST_ITERATIONS, time));
    }
}
