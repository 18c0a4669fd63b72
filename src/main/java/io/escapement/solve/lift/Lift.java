package io.escapement.solve.lift;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.linalg.tensor.RankOne;
import io.escapement.linalg.tensor.SymmetricTensor;
import io.escapement.linalg.tensor.TensorPca;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GradientMatrix;
import io.escapement.problem.Ray;
import io.escapement.problem.lifted.LiftedEscape;
import io.escapement.problem.lifted.Lifting;
import io.escapement.solve.ExactStep;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.Solver;
import io.escapement.solve.StepSize;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * [LEAC]'s Lift solver ([EMC] eq. 12): gradient descent on the order-l tensor, w ← w − s·∇h^l(w) from w₀ = vec(X₀)^{⊗l}; where
 * that rests, a step out along vec(u_n q_rᵀ)^{⊗l} ({@link LiftedEscape}, Armijo); where there is none, tensor PCA, and descent of
 * the matrix it gives (exact steps), which the lifted problem is too ill-conditioned to polish. Deterministic.
 *
 * <p>A step is one lifted gradient, escape or matrix gradient: an epoch of the papers.
 *
 * @param order l, odd, at least 3
 * @param stepSize of the lifted descent; {@code exact} is the minimizer of the quartic that h^l is on a ray
 * @param restTolerance the lifted descent rests where ‖∇h^l‖ is at most this, relative to its scale 2B^l(B/L_s)^{l/2}
 * @param leavesSaddles whether it tries to leave where it rests; without, it is gradient descent and tensor PCA alone
 * @param maxEntries numbers that one array of the lift may hold
 */
public record Lift(int order, StepSize stepSize, double restTolerance, boolean leavesSaddles, long maxEntries)
        implements Solver<FactoredProblem, LiftState> {

    /** Up to so many entries κ is computed at every step, above it at every tenth: it costs about a ninth of one there. */
    private static final int SMALL = 100_000;

    private static final int KAPPA_EVERY = 10;

    /** From the last step's x, so that few contractions do. */
    private static final TensorPca TRACKING = new TensorPca(1, 1e-12, 100);

    private static final GradientDescent POLISH = new GradientDescent(new ExactStep());

    public Lift {
        Objects.requireNonNull(stepSize, "stepSize");
        if (stepSize.evolves()) {
            throw new IllegalArgumentException(
                    "the step is " + stepSize.describe()
                            + "; a lifted descent keeps no memory of its steps, so one that is the same rule every time is needed");
        }
        if (order < 3 || order % 2 == 0) {
            throw new IllegalArgumentException("order is " + order + "; an odd number of at least 3 is needed");
        }
        if (!(restTolerance > 0 && restTolerance < 1)) {
            throw new IllegalArgumentException("restTolerance is " + restTolerance + "; between 0 and 1 is needed");
        }
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries is " + maxEntries + "; at least 1 is needed");
        }
    }

    /** At rest at 1e−3, leaving saddles, arrays of at most 4·10⁶ numbers. */
    public static Lift of(int order, StepSize stepSize) {
        return new Lift(order, stepSize, 1e-3, true, Lifting.DEFAULT_MAX_ENTRIES);
    }

    @Override
    public String name() {
        return "lift";
    }

    @Override
    public String describe() {
        return "gradient descent on the lifted tensor of order " + order + ", step " + stepSize.describe()
                + (leavesSaddles ? ", leaving lifted saddles" : "");
    }

    @Override
    public LiftState start(FactoredProblem problem, DMatrixRMaj x0, Workspace workspace) {
        Lifting lifting = Lifting.of(problem, order, maxEntries);
        Evaluation at = problem.evaluate(x0);
        Evaluation lifted = lifting.problem().evaluate(lifting.lift(x0));
        double length = Frobenius.norm(x0);
        double[] unit = x0.data.clone();
        for (int i = 0; i < unit.length; i++) {
            unit[i] /= length > 0 ? length : 1;
        }
        RankOne leading = new RankOne(Math.pow(length, order), unit, 0, 0, true);
        return new LiftState(lifting, Optional.of(lifted), at, leading, OptionalDouble.of(0), Double.NaN, 0, 0);
    }

    @Override
    public LiftState step(FactoredProblem problem, LiftState state, Workspace workspace) {
        if (!Double.isFinite(state.loss()) || !Double.isFinite(state.gradientNorm())) {
            return state;
        }
        if (state.lifted().isEmpty()) {
            return polish(problem, state, workspace);
        }
        Evaluation w = state.lifted().get();
        if (state.atRest(restTolerance)) {
            return leave(problem, state, w, workspace);
        }
        DMatrixRMaj direction = new DMatrixRMaj(w.x().numRows, w.x().numCols);
        Frobenius.add(direction, -1, w.gradient(), direction);
        Ray ray = state.lifting().problem().ray(w, direction, workspace);
        double s = stepSize.along(ray, state.stepSize());
        // No way down by a gradient step is rest, too: what is left of the gradient is rounding.
        return s == 0
                ? leave(problem, state, w, workspace)
                : collapsed(problem, state, ray.evaluate(s), s, state.escapes(), false);
    }

    private LiftState leave(FactoredProblem problem, LiftState state, Evaluation w, Workspace workspace) {
        Optional<LiftedEscape> escape = leavesSaddles
                ? LiftedEscape.from(
                        state.lifting(),
                        w,
                        state.at(),
                        EigenSolver.standard()
                                .smallest(GradientMatrix.at(state.lifting().base(), state.at()), 1),
                        LiftedEscape.Rule.ARMIJO,
                        workspace)
                : Optional.empty();
        // Where descent rests at ε, its loss is within about ε² of where it is going: a smaller fall is no way out.
        double worth = restTolerance * restTolerance * state.lifting().lossAtZero();
        if (escape.isEmpty() || !(escape.get().change() < -worth)) {
            return polish(problem, state, workspace);
        }
        double eta = escape.get().eta();
        Ray ray = state.lifting().problem().ray(w, escape.get().direction(), workspace);
        return collapsed(problem, state, ray.evaluate(eta), eta, state.escapes() + 1, true);
    }

    /** The state at another w: its matrix by tensor PCA, from the last one's unless w has jumped. */
    private LiftState collapsed(
            FactoredProblem problem, LiftState state, Evaluation w, double s, int escapes, boolean jumped) {
        Lifting lifting = state.lifting();
        int steps = state.steps() + 1;
        if (!Double.isFinite(w.gradientNorm())) {
            return new LiftState(
                    lifting, Optional.of(w), state.at(), state.leading(), OptionalDouble.empty(), s, escapes, steps);
        }
        SymmetricTensor tensor = lifting.tensor(w.x());
        RankOne leading = jumped
                ? TensorPca.standard().dominant(tensor)
                : TRACKING.from(tensor, state.leading().vector());
        Evaluation at = problem.evaluate(lifting.matrix(leading.root(order)));
        boolean measured = tensor.data().length <= SMALL || steps % KAPPA_EVERY == 0;
        OptionalDouble kappa =
                measured ? OptionalDouble.of(TensorPca.standard().kappa(tensor, leading)) : OptionalDouble.empty();
        return new LiftState(lifting, Optional.of(w), at, leading, kappa, s, escapes, steps);
    }

    private static LiftState polish(FactoredProblem problem, LiftState state, Workspace workspace) {
        GradientDescent.State next = POLISH.step(
                problem, new GradientDescent.State(state.at(), state.stepSize(), POLISH.stepSize()), workspace);
        return new LiftState(
                state.lifting(),
                Optional.empty(),
                next.at(),
                state.leading(),
                OptionalDouble.empty(),
                next.stepSize(),
                state.escapes(),
                state.steps() + 1);
    }
}
