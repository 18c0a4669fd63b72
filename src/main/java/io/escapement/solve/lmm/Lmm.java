package io.escapement.solve.lmm;

import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gram;
import io.escapement.problem.Ray;
import io.escapement.solve.EvaluatedState;
import io.escapement.solve.PolyakStep;
import io.escapement.solve.Solver;
import io.escapement.solve.StepSize;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * The Levenberg-Morrison-Marquardt subgradient method ([LMM] algorithm 1): x ← x − γ_k d_k with d_k = (∇Fᵀ∇F + λ_k I)⁻¹∇Fᵀv_k, v_k ∈ ∂h(F(x_k)),
 * for any parameterization and any loss. λ = 0 is the Gauss-Newton subgradient method of Davis and Jiang that the paper compares with.
 *
 * <p>Configuration 1 is {@link PolyakStep} with {@link LossDamping}; 2 a geometric step with geometric damping; 3 a fixed step with
 * geometric damping. Polyak's step divides by ⟨d, ∇Fᵀ∇F d⟩ as the authors' code does, where the paper has ‖Πv‖²: they agree as λ → 0, and
 * the former needs no projection. Other steps go along the ray −d as any solver's do.
 *
 * <p>Polyak's step is on a {@link Leash}, which the runs of the paper's experiments hardly feel.
 *
 * <p>One step takes one pass over the measurements, that of the next point; steps that search the ray take what they take.
 *
 * @param name as on the command line
 * @param stepSize γ_k
 * @param damping λ_k
 * @param system how d_k is found
 * @param leashed whether a runaway step is held back; the paper's methods are without
 */
public record Lmm(String name, StepSize stepSize, Damping damping, DampedSystem system, boolean leashed)
        implements Solver<CompositeProblem, Lmm.State> {

    public static final String LMM = "lmm";
    public static final String GAUSS_NEWTON = "gauss-newton";

    /** λ, a figure of every iteration. */
    public static final String DAMPING = "damping";

    /** Slot of the workspace. */
    private static final int DIRECTION = 14;

    public Lmm {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(stepSize, "stepSize");
        Objects.requireNonNull(damping, "damping");
        Objects.requireNonNull(system, "system");
    }

    public static Lmm of(StepSize stepSize, Damping damping) {
        return new Lmm(LMM, stepSize, damping, DampedSystem.closedForm(), true);
    }

    /** λ = 0, by conjugate gradients and without a leash, as in the paper: how it fails where the system is singular is part of the method. */
    public static Lmm gaussNewton(StepSize stepSize) {
        return new Lmm(GAUSS_NEWTON, stepSize, new Damping.None(), DampedSystem.by(DampedSystem.STANDARD), false);
    }

    public Lmm with(DampedSystem other) {
        return new Lmm(name, stepSize, damping, other, leashed);
    }

    /** The paper's method to the letter. */
    public Lmm withoutLeash() {
        return new Lmm(name, stepSize, damping, system, false);
    }

    /**
     * The evaluated iterate, the step that led to it, the rules for the next one.
     *
     * @param leash of Polyak's step
     * @param damped λ of the step that led here; 0 at a start
     */
    public record State(Evaluation at, double stepSize, Leash leash, double damped, StepSize rule, Damping damping)
            implements EvaluatedState {

        @Override
        public Map<String, Double> figures() {
            return Map.of(DAMPING, damped);
        }
    }

    @Override
    public String describe() {
        return name + ", step " + stepSize.describe() + ", damping " + damping.describe() + ", system "
                + system.describe();
    }

    /** @throws IllegalArgumentException if h is not a function of F(x) alone */
    @Override
    public State start(CompositeProblem problem, DMatrixRMaj x0, Workspace workspace) {
        requireServed(problem);
        return new State(problem.evaluate(x0), Double.NaN, Leash.loose(), 0, stepSize, damping);
    }

    /** @throws IllegalArgumentException if h has terms that are not functions of F(x), for which there is no v in ∂h(F(x)) */
    public static void requireServed(CompositeProblem problem) {
        if (problem instanceof FactoredProblem factored && !factored.ofImageAlone()) {
            throw new IllegalArgumentException("ridge is " + factored.ridge() + " and balance " + factored.balance()
                    + " with the parameterization "
                    + factored.shape().parameterization().label()
                    + "; the preconditioner needs a loss of F(x) alone, so both must be 0 there");
        }
    }

    @Override
    public State step(CompositeProblem problem, State state, Workspace workspace) {
        Evaluation at = state.at();
        if (!Double.isFinite(at.loss()) || !Double.isFinite(at.gradientNorm())) {
            return state;
        }
        StepSize rule = state.rule();
        double gap = Math.max(0, gap(rule, at.loss(), problem.aboveInfimum(at)));
        double lambda = state.damping().at(gap);
        DMatrixRMaj gradient = at.gradient();
        DMatrixRMaj d = DMatrixRMaj.wrap(
                gradient.numRows, gradient.numCols, workspace.array(DIRECTION, gradient.getNumElements()));
        Gram gram = problem.gram(at.x());
        system.solve(gram, lambda, gradient, d, workspace);
        for (int i = 0; i < d.getNumElements(); i++) {
            d.data[i] = -d.data[i];
        }
        Ray ray = problem.ray(at, d, workspace);
        if (rule instanceof PolyakStep polyak) {
            double s = Math.min(state.leash().ceiling(), polyak.length(gap, gram.squaredImage(d)));
            Evaluation next = ray.evaluate(s);
            double risen = gap(rule, next.loss(), problem.aboveInfimum(next));
            if (leashed && s > 0 && risen > state.leash().most(gap, problem.growth())) {
                Leash shorter = state.leash().failed(s, ray.slope(), risen - gap);
                return new State(at, 0, shorter, lambda, rule, state.damping());
            }
            Leash leash = state.leash().taken(risen);
            return new State(
                    next, s, leash, lambda, rule.after(ray), state.damping().after(lambda));
        }
        double s = rule.along(ray, state.stepSize());
        return new State(
                ray.evaluate(s),
                s,
                state.leash(),
                lambda,
                rule.after(ray),
                state.damping().after(lambda));
    }

    private static double gap(StepSize rule, double loss, double aboveInfimum) {
        return rule instanceof PolyakStep polyak ? polyak.optimal().gap(loss, aboveInfimum) : aboveInfimum;
    }
}
