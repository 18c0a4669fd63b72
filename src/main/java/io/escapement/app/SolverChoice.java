package io.escapement.app;

import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.lifted.Lifting;
import io.escapement.solve.ArmijoStep;
import io.escapement.solve.ExactStep;
import io.escapement.solve.FixedStep;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.Lbfgs;
import io.escapement.solve.Solver;
import io.escapement.solve.StableStep;
import io.escapement.solve.StepSize;
import io.escapement.solve.completion.BurerMonteiro;
import io.escapement.solve.lift.Lift;
import java.util.List;

/** Solvers and step sizes by name. */
final class SolverChoice {

    static final List<String> NAMES = List.of("gd", "lbfgs", "lift", "semilift", "gnmr", "lin-rfm", "sdp", "bm");

    private static final int LBFGS_MEMORY = 10;
    private static final double ARMIJO_FIRST = 1;
    private static final int LIFT_ORDER = 3;
    private static final int MOST_ORDER = 99;
    private static final String OPTION = "--solver";

    private SolverChoice() {}

    /** The solver for a problem; {@code lift} is refused where the lift does not fit. */
    static Solver<? super FactoredProblem, ?> of(String name, String step, FactoredProblem problem) {
        StepSize size = step(step);
        List<String> words = List.of(name.split(":", -1));
        if (words.get(0).equals("lift") && words.size() <= 2) {
            return lift(name, words, size, problem);
        }
        if (CompletionSolvers.named(words.get(0))) {
            return CompletionSolvers.of(name, problem);
        }
        return of(name, step);
    }

    /** A solver that needs only value, gradient and rays. */
    static Solver<CompositeProblem, ?> of(String name, String step) {
        StepSize size = step(step);
        return switch (name) {
            case "gd", "semilift" -> new GradientDescent(size);
            case "lbfgs" -> new Lbfgs(LBFGS_MEMORY, size);
            case "bm" -> new BurerMonteiro(BurerMonteiro.PAPER);
            default -> {
                boolean ofMatrices = name.startsWith("lift") || CompletionSolvers.named(name.split(":", -1)[0]);
                throw ofMatrices
                        ? new InvalidOption(
                                OPTION, "is '" + name + "', which is for matrices; gd and lbfgs are for tensors too")
                        : Check.unknown(OPTION, name, NAMES);
            }
        };
    }

    private static Lift lift(String name, List<String> words, StepSize size, FactoredProblem problem) {
        double order = words.size() == 1 ? LIFT_ORDER : Check.number(OPTION, name, words.get(1));
        if (order != Math.rint(order) || order < 3 || order % 2 == 0 || order > MOST_ORDER) {
            throw new InvalidOption(OPTION, "is '" + name + "'; lift:L takes an odd number from 3 to " + MOST_ORDER);
        }
        Lift lift = Lift.of((int) order, size);
        try {
            Lifting.requireFits(problem, lift.order(), lift.maxEntries());
        } catch (IllegalArgumentException e) {
            throw new InvalidOption(OPTION, "is '" + name + "': " + e.getMessage());
        }
        return lift;
    }

    /**
     * The mechanism in force where the user names none: [LEAC]'s Semilift is gradient descent with its escapes, and its Lift
     * leaves lifted saddles by itself; methods that hold the matrix in full have no traps to leave, or none that a factor knows.
     */
    static String escape(String solver, String usual) {
        if (solver.equals("semilift")) {
            return "leac-simulated:paper,leac-canonical";
        }
        boolean ownWay =
                solver.equals("lift") || solver.startsWith("lift:") || CompletionSolvers.holdsTheMatrix(solver);
        return ownWay ? EscapeChoice.NONE : usual;
    }

    static StepSize step(String text) {
        int colon = text.indexOf(':');
        String rule = colon < 0 ? text : text.substring(0, colon);
        if (rule.equals("exact") && colon < 0) {
            return new ExactStep();
        }
        if (rule.equals("stable") && colon < 0) {
            return new StableStep();
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
        throw Check.unknown("--step", text, List.of("exact", "stable", "armijo", "armijo:FIRST", "fixed:ETA"));
    }
}
