package io.escapement.app;

import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.lifted.Lifting;
import io.escapement.solve.ArmijoStep;
import io.escapement.solve.ExactStep;
import io.escapement.solve.FixedStep;
import io.escapement.solve.GeometricStep;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.Lbfgs;
import io.escapement.solve.OptimalValue;
import io.escapement.solve.PolyakStep;
import io.escapement.solve.Solver;
import io.escapement.solve.StableStep;
import io.escapement.solve.StepSize;
import io.escapement.solve.TargetLevel;
import io.escapement.solve.completion.BurerMonteiro;
import io.escapement.solve.lift.Lift;
import java.util.List;
import java.util.stream.Stream;

/** Solvers and step sizes by name. */
final class SolverChoice {

    static final List<String> NAMES = Stream.of(
                    List.of("gd", "subgradient"),
                    BaselineSolvers.GENERAL,
                    List.of("lbfgs", "lmm", "gauss-newton", "levenberg-marquardt"),
                    BaselineSolvers.MATRIX,
                    List.of("lift", "semilift", "gnmr", "lin-rfm", "sdp", "bm"),
                    PerturbedChoice.NAMES)
            .flatMap(List::stream)
            .toList();

    private static final List<String> STEPS = List.of(
            "exact",
            "stable",
            "armijo",
            "armijo:FIRST",
            "fixed:ETA",
            "polyak",
            "polyak:HSTAR",
            "polyak:adaptive",
            "geometric",
            "geometric:GAMMA,Q");
    private static final int LBFGS_MEMORY = 10;
    private static final double ARMIJO_FIRST = 1;

    /** q of [LMM] section 6.3, where the method is least sensitive to γ. */
    private static final double GEOMETRIC_RATIO = 0.97;

    private static final int LIFT_ORDER = 3;
    private static final int MOST_ORDER = 99;
    private static final String OPTION = "--solver";

    private SolverChoice() {}

    /**
     * The solver for a problem; {@code lift} is refused where the lift does not fit.
     *
     * @param gradientBound at which the run rests, absolute
     */
    static Solver<? super FactoredProblem, ?> of(RunOptions options, FactoredProblem problem, double gradientBound) {
        List<String> words = List.of(options.solver.split(":", -1));
        if (words.get(0).equals("lift") && words.size() <= 2) {
            PreconditionedChoice.refuse(options);
            return lift(options.solver, words, step(options.step), problem);
        }
        if (BaselineSolvers.MATRIX.contains(words.get(0))) {
            PreconditionedChoice.refuse(options);
            return BaselineSolvers.matrix(options.solver, step(options.step), problem);
        }
        if (CompletionSolvers.named(words.get(0))) {
            PreconditionedChoice.refuse(options);
            return CompletionSolvers.of(options.solver, problem);
        }
        return of(options, (CompositeProblem) problem, gradientBound);
    }

    /** A solver for a problem of any class. */
    static Solver<CompositeProblem, ?> of(RunOptions options, CompositeProblem problem, double gradientBound) {
        String name = options.solver;
        if (PreconditionedChoice.names(name)) {
            return PreconditionedChoice.of(options, problem);
        }
        PreconditionedChoice.refuse(options);
        StepSize size = step(options.step);
        if (perturbed(name)) {
            return PerturbedChoice.of(name, size, gradientBound, options.seed);
        }
        return switch (name) {
            case "gd", "subgradient", "semilift" -> new GradientDescent(size);
            case "lbfgs" -> new Lbfgs(LBFGS_MEMORY, size);
            case "bm" -> new BurerMonteiro(BurerMonteiro.PAPER);
            default -> BaselineSolvers.general(name, size).orElseThrow(() -> refused(name));
        };
    }

    private static InvalidOption refused(String name) {
        boolean ofMatrices = name.startsWith("lift") || CompletionSolvers.named(name.split(":", -1)[0]);
        return ofMatrices
                ? new InvalidOption(
                        OPTION, "is '" + name + "', which is for matrices; gd and lbfgs are for tensors too")
                : Check.unknown(OPTION, name, NAMES);
    }

    private static Lift lift(String name, List<String> words, StepSize size, FactoredProblem problem) {
        double order = words.size() == 1 ? LIFT_ORDER : Check.number(OPTION, name, words.get(1));
        if (order != Math.rint(order) || order < 3 || order % 2 == 0 || order > MOST_ORDER) {
            throw new InvalidOption(OPTION, "is '" + name + "'; lift:L takes an odd number from 3 to " + MOST_ORDER);
        }
        try {
            Lift lift = Lift.of((int) order, size);
            Lifting.requireFits(problem, lift.order(), lift.maxEntries());
            return lift;
        } catch (IllegalArgumentException e) {
            throw new InvalidOption(OPTION, "is '" + name + "': " + e.getMessage());
        }
    }

    /**
     * The mechanism in force where the user names none: [LEAC]'s Semilift is gradient descent with its escapes, and its Lift
     * leaves lifted saddles by itself; methods that hold the matrix in full have no traps to leave, or none that a factor knows.
     */
    static String escape(String solver, String usual) {
        if (solver.equals("semilift")) {
            return "leac-simulated:paper,leac-canonical";
        }
        boolean ownWay = solver.equals("lift")
                || solver.startsWith("lift:")
                || CompletionSolvers.holdsTheMatrix(solver)
                || perturbed(solver);
        return ownWay ? EscapeChoice.NONE : usual;
    }

    /** Whether this is one of [IPGD]'s, which perturb by themselves. */
    static boolean perturbed(String solver) {
        return PerturbedChoice.NAMES.contains(solver.split(":", 2)[0]);
    }

    /** Whether it starts at 0 where the user names no start: [IPGD] does, and its own perturbation takes it from there. */
    static boolean startsAtZero(String solver) {
        return perturbed(solver) && !solver.startsWith("pgd");
    }

    /** The step where the user names none: an exact one from a tiny perturbation has no implicit bias. */
    static String usualStep(String solver) {
        if (PreconditionedChoice.names(solver)) {
            return PreconditionedChoice.usualStep(solver);
        }
        if (perturbed(solver)) {
            return "stable";
        }
        return BaselineSolvers.usualStep(solver).orElse(solver.equals("subgradient") ? "polyak" : "exact");
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
        if (rule.equals("polyak")) {
            return new PolyakStep(colon < 0 ? new OptimalValue.Infimum() : optimal(text, text.substring(colon + 1)));
        }
        if (rule.equals("geometric") && colon < 0) {
            return GeometricStep.fromFirst(GEOMETRIC_RATIO);
        }
        if (rule.equals("geometric")) {
            List<String> numbers = List.of(text.substring(colon + 1).split(",", -1));
            if (numbers.size() == 2) {
                double gamma = Check.number("--step", text, numbers.get(0));
                double q = Check.number("--step", text, numbers.get(1));
                Check.above("--step geometric GAMMA", gamma, 0);
                if (!(q > 0 && q < 1)) {
                    throw new InvalidOption("--step geometric Q", "is " + q + "; a number between 0 and 1 is needed");
                }
                return new GeometricStep(gamma, q);
            }
        }
        throw Check.unknown("--step", text, STEPS);
    }

    private static OptimalValue optimal(String text, String value) {
        if (value.equals("adaptive")) {
            return TargetLevel.unseen();
        }
        double known = Check.number("--step", text, value);
        Check.atLeast("--step polyak", known, -Double.MAX_VALUE);
        return new OptimalValue.Known(known);
    }
}
