package io.escapement.escape;

import io.escapement.escape.Escape.Outcome;
import io.escapement.escape.Escape.Refused;
import io.escapement.escape.Escape.Trap;
import io.escapement.event.Figures;
import io.escapement.landscape.Survey;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpairs;
import io.escapement.linalg.FactorSvd;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What both mechanisms of [SOD] start from: the trap evaluated, its components, and the lowest eigenpairs of G. Their common
 * refusals are here: a loss or a term of another kind, a point that is not finite, eigenpairs that did not converge.
 */
record SodPoint(FactoredProblem problem, Evaluation at, FactorSvd svd, Eigenpairs lowest, BooleanSupplier stop) {

    /** σ_φ below this fraction of σ_1 is zero. */
    private static final double NEGLIGIBLE = 1e-12;

    /** What {@code then} makes of the trap, or why it cannot be asked. */
    static Outcome of(
            FactoredProblem problem, Trap trap, EigenSolver eigen, int directions, Function<SodPoint, Outcome> then) {
        if (!problem.quadratic()) {
            return Quadratic.refusal(problem);
        }
        if (problem.balance() > 0) {
            return new Refused("the problem has a balancing term (" + Figures.of(problem.balance())
                    + "), which the score and the lifted objective do not hold");
        }
        Survey survey = trap.survey(problem);
        Evaluation at = survey.at();
        if (!survey.finite()) {
            return new Refused("the loss is " + at.loss() + "; only a finite point can be left");
        }
        Eigenpairs lowest = survey.gradientMatrix(eigen, directions, trap.stop());
        if (!lowest.converged()) {
            return new Refused("λₘᵢₙ of the gradient matrix did not converge: "
                    + Figures.of(lowest.first().value()) + " with residual "
                    + Figures.of(lowest.first().residual()) + " after " + lowest.products() + " products");
        }
        return then.apply(new SodPoint(problem, at, FactorSvd.of(at.x()), lowest, trap.stop()));
    }

    /** The weakest component: the last. */
    int weakest() {
        return svd.rank() - 1;
    }

    /** The next stronger component worth a try, or −1: of those that are zero, only the last is. */
    int stronger(int component) {
        int next = component - 1;
        while (next >= 0 && empty(next)) {
            next--;
        }
        return next;
    }

    /** Whether there is nothing in a component. */
    boolean empty(int component) {
        return svd.sigma(component) <= NEGLIGIBLE * svd.largest();
    }
}
