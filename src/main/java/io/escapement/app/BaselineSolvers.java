package io.escapement.app;

import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactoredProblem;
import io.escapement.solve.Adam;
import io.escapement.solve.FixedStep;
import io.escapement.solve.HeavyBall;
import io.escapement.solve.Nesterov;
import io.escapement.solve.PolyakStep;
import io.escapement.solve.Solver;
import io.escapement.solve.StepSize;
import io.escapement.solve.precondition.Opsa;
import io.escapement.solve.precondition.PreconditionedDescent;
import io.escapement.solve.precondition.ScaledGradientDescent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What others compare with, by name: first-order methods for every problem, preconditioned ones for matrices. */
final class BaselineSolvers {

    static final List<String> GENERAL = List.of("momentum", "nesterov", "adam");
    static final List<String> MATRIX = List.of("scaled-gd", "prec-gd", "opsa");

    private static final String OPTION = "--solver";
    private static final String STEP = "--step";
    private static final String RESTART = "restart";

    private BaselineSolvers() {}

    /** One that needs only value, gradient and rays. */
    static Optional<Solver<CompositeProblem, ?>> general(String name, StepSize size) {
        List<String> words = words(name);
        return switch (words.get(0)) {
            case "momentum" -> {
                double beta = number(name, words, HeavyBall.USUAL_BETA);
                if (!(beta >= 0 && beta < 1)) {
                    throw new InvalidOption(OPTION, "is '" + name + "'; momentum:BETA takes 0 to below 1");
                }
                yield Optional.of(new HeavyBall(beta, size));
            }
            case "nesterov" -> {
                boolean restart = words.size() == 2 && words.get(1).equals(RESTART);
                if (words.size() > 1 && !restart) {
                    throw new InvalidOption(OPTION, "is '" + name + "'; nesterov and nesterov:restart are possible");
                }
                yield Optional.of(new Nesterov(size, restart));
            }
            case "adam" -> Optional.of(adam(name, size));
            default -> {
                if (MATRIX.contains(words.get(0))) {
                    throw new InvalidOption(OPTION, "is '" + name + "', which is for matrices; this is none");
                }
                yield Optional.empty();
            }
        };
    }

    private static Adam adam(String name, StepSize size) {
        double rate = number(name, words(name), Adam.USUAL_RATE);
        Check.above(OPTION + " adam", rate, 0);
        if (!size.equals(new FixedStep(rate))) {
            throw new InvalidOption(STEP, "is '" + size.describe() + "'; adam has its own, adam:LR");
        }
        return new Adam(rate);
    }

    /** One of {@link #MATRIX}. */
    static Solver<FactoredProblem, ?> matrix(String name, StepSize size, FactoredProblem problem) {
        List<String> words = words(name);
        switch (words.get(0)) {
            case "scaled-gd" -> {
                double lambda = number(name, words, ScaledGradientDescent.USUAL_LAMBDA);
                Check.atLeast(OPTION + " scaled-gd", lambda, 0);
                fits(name, ScaledGradientDescent::require, problem);
                return new ScaledGradientDescent(size, lambda);
            }
            case "prec-gd" -> {
                double factor = number(name, words, PreconditionedDescent.USUAL_FACTOR);
                Check.above(OPTION + " prec-gd", factor, 0);
                fits(name, PreconditionedDescent::require, problem);
                return new PreconditionedDescent(size, factor);
            }
            case "opsa" -> {
                double lambda = number(name, words, Opsa.USUAL_LAMBDA);
                Check.above(OPTION + " opsa", lambda, 0);
                fits(name, Opsa::require, problem);
                if (!(size instanceof PolyakStep polyak)) {
                    throw new InvalidOption(STEP, "is '" + size.describe() + "'; opsa takes polyak and polyak:HSTAR");
                }
                return new Opsa(polyak, lambda);
            }
            default -> {
                throw Check.unknown(OPTION, name, MATRIX);
            }
        }
    }

    /** The step in force where the user names none; empty for one that is as others. */
    static Optional<String> usualStep(String name) {
        List<String> words = words(name);
        return switch (words.get(0)) {
            case "adam" -> Optional.of("fixed:" + number(name, words, Adam.USUAL_RATE));
            case "opsa" -> Optional.of("polyak");
            default -> Optional.empty();
        };
    }

    private static void fits(String name, Consumer<FactoredProblem> requirement, FactoredProblem problem) {
        try {
            requirement.accept(problem);
        } catch (IllegalArgumentException e) {
            throw new InvalidOption(OPTION, "is '" + name + "': " + e.getMessage());
        }
    }

    private static double number(String name, List<String> words, double usual) {
        if (words.size() > 2) {
            throw new InvalidOption(OPTION, "is '" + name + "'; at most one number may follow " + words.get(0));
        }
        return words.size() == 1 ? usual : Check.number(OPTION, name, words.get(1));
    }

    private static List<String> words(String name) {
        return List.of(name.split(":", -1));
    }
}
