package io.escapement.solve;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.UniformBall;
import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Hessian;
import io.escapement.problem.Ray;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;

/**
 * Perturbed gradient descent ([IPGD] algorithms 1 and 2): {@code pgd} with a large radius γ, {@code ipgd} with a tiny one, and
 * {@code ipgd+}, which goes on from the answer with T′ plain steps.
 *
 * <pre>
 * for t = 0, 1, …
 *   if ‖∇h(x_t)‖ ≤ G and t − T_noise &gt; T_escape:   z ← x_t;  x_t ← x_t + ξ, ξ uniform in the ball of γ;  T_noise ← t
 *   if t − T_noise = T_escape and h(x_t) − h(z) ≥ −F:   return z
 *   x_{t+1} ← x_t − η∇h(x_t)
 * </pre>
 *
 * <p>A perturbation is an iteration of its own here, of step size 0, so that the perturbed point is seen; so is the return to z. It
 * decides itself where it rests. η should be a fixed step, or the stable one: an exact step from a tiny perturbation goes as far as the
 * signal needs at once, which multiplies the residual as much, so nothing of the implicit bias toward low rank is left.
 *
 * @param name {@code pgd}, {@code ipgd} or {@code ipgd+}
 * @param stepSize η
 * @param rule γ, G, F, T_escape
 * @param localSteps T′; 0 for none
 * @param seed of the draws, each of which follows from it and its number
 */
public record PerturbedDescent(String name, StepSize stepSize, Perturbation rule, long localSteps, long seed)
        implements Solver<CompositeProblem, PerturbedDescent.State> {

    /** F relative to |h(x_0)|, where it is not given. */
    private static final double DROP = 1e-10;

    /** 2⁶⁴ over the golden ratio, odd: successive multiples are far apart. */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    public PerturbedDescent {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(stepSize, "stepSize");
        Objects.requireNonNull(rule, "rule");
        if (localSteps < 0) {
            throw new IllegalArgumentException("localSteps is " + localSteps + "; at least 0 is needed");
        }
    }

    /** [IPGD] algorithm 1 with an infinitesimal radius. */
    public static PerturbedDescent ipgd(StepSize stepSize, Perturbation rule, long seed) {
        return new PerturbedDescent("ipgd", stepSize, rule, 0, seed);
    }

    /** Algorithm 2. */
    public static PerturbedDescent ipgdPlus(StepSize stepSize, Perturbation rule, long localSteps, long seed) {
        return new PerturbedDescent("ipgd+", stepSize, rule, localSteps, seed);
    }

    /** Algorithm 1 with a large radius. */
    public static PerturbedDescent pgd(StepSize stepSize, Perturbation rule, long seed) {
        return new PerturbedDescent("pgd", stepSize, rule, 0, seed);
    }

    /**
     * Where it is.
     *
     * @param at the evaluated iterate
     * @param stepSize that led to it; 0 of a perturbation or a return, NaN at a start
     * @param steps t
     * @param sinceNoise t − T_noise, more than T_escape before the first perturbation
     * @param before z, or null before the first perturbation
     * @param perturbations so far
     * @param drop F in force
     * @param returned whether algorithm 1 has given its answer
     * @param localLeft steps of the local improvement still to be taken
     */
    public record State(
            Evaluation at,
            double stepSize,
            long steps,
            long sinceNoise,
            Evaluation before,
            int perturbations,
            double drop,
            boolean returned,
            long localLeft)
            implements EvaluatedState {

        @Override
        public Map<String, Double> figures() {
            return Map.of("perturbations", (double) perturbations);
        }

        @Override
        public Optional<String> ended() {
            return returned && localLeft == 0
                    ? Optional.of("perturbation " + perturbations + " did not lower the loss by " + drop
                            + ", so the point before it is the answer")
                    : Optional.empty();
        }
    }

    @Override
    public String describe() {
        return name + ", step " + stepSize.describe() + ", " + rule.describe()
                + (localSteps > 0 ? ", then " + localSteps + " plain steps" : "");
    }

    @Override
    public boolean restsByItself() {
        return true;
    }

    @Override
    public State start(CompositeProblem problem, DMatrixRMaj x0, Workspace workspace) {
        Evaluation at = problem.evaluate(x0);
        double drop = rule.drop().orElse(DROP * Math.abs(at.loss()));
        return new State(at, Double.NaN, 0, rule.escapeTime() + 1, null, 0, drop, false, localSteps);
    }

    @Override
    public State step(CompositeProblem problem, State state, Workspace workspace) {
        if (state.returned) {
            return state.localLeft == 0 ? state : descended(problem, state, workspace);
        }
        if (state.at.gradientNorm() <= rule.gradient() && state.sinceNoise > rule.escapeTime()) {
            return perturbed(problem, state);
        }
        boolean due = state.before != null && state.sinceNoise == rule.escapeTime();
        if (due && state.at.loss() - state.before.loss() >= -state.drop) {
            return new State(
                    state.before,
                    0,
                    state.steps,
                    state.sinceNoise,
                    state.before,
                    state.perturbations,
                    state.drop,
                    true,
                    state.localLeft);
        }
        return descended(problem, state, workspace);
    }

    private State descended(CompositeProblem problem, State from, Workspace workspace) {
        DMatrixRMaj direction = SearchDirection.steepest(from.at, workspace);
        Ray ray = problem.ray(from.at, direction, workspace);
        double eta = stepSize.along(ray, from.stepSize > 0 ? from.stepSize : Double.NaN);
        return new State(
                ray.evaluate(eta),
                eta,
                from.steps + 1,
                from.sinceNoise + 1,
                from.before,
                from.perturbations,
                from.drop,
                from.returned,
                from.returned ? from.localLeft - 1 : from.localLeft);
    }

    private State perturbed(CompositeProblem problem, State from) {
        Evaluation z = from.at;
        SplittableRandom random =
                new SplittableRandom(new SplittableRandom(seed).nextLong() + GOLDEN * from.perturbations);
        DMatrixRMaj x = UniformBall.draw(z.x().numRows, z.x().numCols, radius(problem, z), random);
        Frobenius.add(z.x(), 1, x, x);
        return new State(
                problem.evaluate(x), 0, from.steps, 0, z, from.perturbations + 1, from.drop, false, from.localLeft);
    }

    private double radius(CompositeProblem problem, Evaluation z) {
        if (rule.radius().isPresent()) {
            return rule.radius().getAsDouble();
        }
        double smoothness = EigenSolver.standard().norm(new Hessian(problem, z));
        return smoothness > 0 ? rule.gradient() / smoothness : rule.gradient();
    }
}
