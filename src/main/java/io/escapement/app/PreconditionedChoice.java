package io.escapement.app;

import io.escapement.linalg.ConjugateGradients;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Parameterization;
import io.escapement.solve.FixedStep;
import io.escapement.solve.GeometricStep;
import io.escapement.solve.PolyakStep;
import io.escapement.solve.Solver;
import io.escapement.solve.StepSize;
import io.escapement.solve.lmm.DampedSystem;
import io.escapement.solve.lmm.Damping;
import io.escapement.solve.lmm.LevenbergMarquardt;
import io.escapement.solve.lmm.Lmm;
import io.escapement.solve.lmm.LossDamping;
import java.util.List;
import java.util.Optional;

/** The methods of {@code solve.lmm} by name, with their damping and their linear systems. */
final class PreconditionedChoice {

    /** q of the damping of configuration 3, as [LMM] section 6.3 has it for 2. */
    private static final double RATIO = 0.97;

    private static final double CONSTANT = 0.5;

    /** Polyak's γ of nonnegative least squares and of tensors in the authors' code. */
    private static final double HALF = 0.5;

    private static final List<String> DAMPINGS =
            List.of("loss", "loss:C", "geometric", "geometric:LAMBDA,Q", "constant:LAMBDA", "none");
    private static final List<String> SYSTEMS = List.of("direct", "cg", "cg:CAP", "cg:CAP,TOLERANCE");

    private PreconditionedChoice() {}

    static boolean names(String solver) {
        return solver.equals(Lmm.LMM)
                || solver.startsWith(Lmm.LMM + ":")
                || solver.equals(Lmm.GAUSS_NEWTON)
                || solver.equals(LevenbergMarquardt.NAME);
    }

    /** The step in force where the user names none: that of the configuration. */
    static String usualStep(String solver) {
        return switch (solver) {
            case "lmm:2" -> "geometric";
            case "lmm:3" -> "fixed:" + CONSTANT;
            default -> "polyak";
        };
    }

    static Solver<CompositeProblem, ?> of(RunOptions options, CompositeProblem problem) {
        String name = options.solver;
        try {
            if (name.equals(LevenbergMarquardt.NAME)) {
                refuse("--damping", options.damping, name);
                refuse("--system", options.system, name);
                if (!options.step.equals(usualStep(name))) {
                    throw new InvalidOption("--step", "is " + options.step + "; " + name + " has steps of its own");
                }
                LevenbergMarquardt.requireServed(problem);
                return LevenbergMarquardt.standard();
            }
            Lmm.requireServed(problem);
        } catch (IllegalArgumentException e) {
            throw new InvalidOption("--solver", "is '" + name + "': " + e.getMessage());
        }
        StepSize step = step(options.step, problem);
        if (name.equals(Lmm.GAUSS_NEWTON)) {
            refuse("--damping", options.damping, name);
            Lmm solver = Lmm.gaussNewton(step);
            return options.system == null ? solver : solver.with(system(options.system));
        }
        if (!List.of("lmm", "lmm:1", "lmm:2", "lmm:3").contains(name)) {
            throw new InvalidOption("--solver", "is '" + name + "'; valid: lmm, lmm:1, lmm:2, lmm:3");
        }
        Damping damping = options.damping == null ? usual(name, step, problem) : damping(options.damping, problem);
        return Lmm.of(step, damping).with(options.system == null ? DampedSystem.closedForm() : system(options.system));
    }

    /** Polyak's step with the γ of this kind of problem; others as they are. */
    private static StepSize step(String text, CompositeProblem problem) {
        StepSize step = SolverChoice.step(text);
        boolean matrix = problem instanceof FactoredProblem factored
                && (factored.shape().parameterization() == Parameterization.PSD
                        || factored.shape().parameterization() == Parameterization.ASYMMETRIC);
        return step instanceof PolyakStep polyak && !matrix ? new PolyakStep(polyak.optimal(), HALF) : step;
    }

    /**
     * From the loss; with configurations and steps that do not know how far h* is, from the loss at the start, with the same q as a
     * geometric step. The paper's λ = 1e−5 fits its own scale of measurements alone: with it nonnegative least squares diverges.
     */
    private static Damping usual(String name, StepSize step, CompositeProblem problem) {
        LossDamping loss = LossDamping.standard(problem);
        if (step instanceof GeometricStep geometric) {
            return new Damping.GeometricFromLoss(loss, geometric.ratio());
        }
        boolean constant = name.equals("lmm:2") || name.equals("lmm:3") || step instanceof FixedStep;
        return constant ? new Damping.GeometricFromLoss(loss, RATIO) : loss;
    }

    private static Damping damping(String text, CompositeProblem problem) {
        List<String> words = List.of(text.split("[:,]", -1));
        double first = words.size() > 1 ? Check.number("--damping", text, words.get(1)) : 0;
        Check.atLeast("--damping", first, 0);
        return switch (words.get(0) + words.size()) {
            case "loss1" -> LossDamping.standard(problem);
            case "loss2" -> {
                Check.above("--damping loss", first, 0);
                yield new LossDamping(first, problem.growth());
            }
            case "geometric1" -> new Damping.GeometricFromLoss(LossDamping.standard(problem), RATIO);
            case "constant2" -> new Damping.Geometric(first, 1);
            case "geometric3" -> {
                double q = Check.number("--damping", text, words.get(2));
                if (!(q > 0 && q <= 1)) {
                    throw new InvalidOption("--damping geometric Q", "is " + q + "; above 0 and at most 1 is needed");
                }
                yield new Damping.Geometric(first, q);
            }
            case "none1" -> new Damping.None();
            default -> throw Check.unknown("--damping", text, DAMPINGS);
        };
    }

    private static DampedSystem system(String text) {
        List<String> words = List.of(text.split("[:,]", -1));
        if (text.equals("direct")) {
            return DampedSystem.closedForm();
        }
        if (!words.get(0).equals("cg") || words.size() > 3) {
            throw Check.unknown("--system", text, SYSTEMS);
        }
        double cap =
                words.size() > 1 ? Check.number("--system", text, words.get(1)) : DampedSystem.STANDARD.maxIterations();
        double tolerance =
                words.size() > 2 ? Check.number("--system", text, words.get(2)) : DampedSystem.STANDARD.tolerance();
        Check.between("--system cg CAP", cap, 1, 1_000_000);
        Check.between("--system cg TOLERANCE", tolerance, 0, 0.999);
        return DampedSystem.by(new ConjugateGradients((int) cap, tolerance));
    }

    /** @throws InvalidOption if an option is given that this solver does not heed */
    static void refuse(RunOptions options) {
        refuse("--damping", options.damping, options.solver);
        refuse("--system", options.system, options.solver);
    }

    private static void refuse(String option, String value, String solver) {
        Optional.ofNullable(value).ifPresent(given -> {
            throw new InvalidOption(option, "is " + given + "; it is not for the solver " + solver);
        });
    }
}
