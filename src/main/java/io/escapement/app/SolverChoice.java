package io.escapement.app;

import io.escapement.problem.CompositeProblem;
import io.escapement.solve.ArmijoStep;
import io.escapement.solve.ExactStep;
import io.escapement.solve.FixedStep;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.Lbfgs;
import io.escapement.solve.Solver;
import io.escapement.solve.StepSize;
import java.util.List;

/** Solvers and step sizes by name. */
final class SolverChoice {

    static final List<String> NAMES = List.of("gd", "lbfgs");

    private static final int LBFGS_MEMORY = 10;
    private static final double ARMIJO_FIRST = 1;

    private SolverChoice() {}

    static Solver<CompositeProblem, ?> of(String name, String step) {
        StepSize size = step(step);
        return switch (name) {
            case "gd" -> new GradientDescent(size);
            case "lbfgs" -> new Lbfgs(LBFGS_MEMORY, size);
            default -> throw Check.unknown("--solver", name, NAMES);
        };
    }

    static StepSize step(String text) {
        int colon = text.indexOf(':');
        String rule = colon < 0 ? text : text.substring(0, colon);
        if (rule.equals("exact") && colon < 0) {
            return new ExactStep();
        }
        if (rule.equals("armijo")) {
            double first = colon < 0 ? ARMIJO_FIRST : Check.number("--step", text, text.substring(colon + 1));
            Check.above("--step " + rule, first, 0);
            return ArmijoStep.startingAt(first);
        }
        if (rule.equals("fixed") && colon >= 0) {
            double eta = Check.number("--step", text, text.substring(colon + 1));
            Check.above("--step " + rule, eta, 0);
            return new FixedStep(eta);
        }
        throw Check.unknown("--step", text, List.of("exact", "armijo", "armijo:FIRST", "fixed:ETA"));
    }
}
