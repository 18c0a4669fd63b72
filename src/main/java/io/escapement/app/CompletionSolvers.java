package io.escapement.app;

import io.escapement.problem.FactoredProblem;
import io.escapement.solve.Solver;
import io.escapement.solve.completion.BurerMonteiro;
import io.escapement.solve.completion.Gnmr;
import io.escapement.solve.completion.LinRfm;
import io.escapement.solve.completion.Sdp;
import java.util.List;

/** The baselines of [EMC] by name, with their parameter after a colon: {@code gnmr:-1}. The step size is their own. */
final class CompletionSolvers {

    private static final String OPTION = "--solver";
    private static final double UPDATING = -1;
    private static final double LOG_DETERMINANT = 0.5;

    private CompletionSolvers() {}

    static boolean named(String word) {
        return List.of("gnmr", "lin-rfm", "sdp", "bm").contains(word);
    }

    /** Whether it works on the matrix instead of a factor. */
    static boolean holdsTheMatrix(String name) {
        return name.equals("sdp") || name.equals("lin-rfm") || name.startsWith("lin-rfm:");
    }

    /** @throws InvalidOption if the parameter does not fit, or the problem is not one that it serves */
    static Solver<? super FactoredProblem, ?> of(String name, FactoredProblem problem) {
        List<String> words = List.of(name.split(":", -1));
        String solver = words.get(0);
        if (words.size() > (solver.equals("sdp") ? 1 : 2)) {
            throw Check.unknown(OPTION, name, SolverChoice.NAMES);
        }
        try {
            switch (solver) {
                case "gnmr" -> {
                    Gnmr.requireFits(problem);
                    return Gnmr.of(parameter(name, words, UPDATING));
                }
                case "lin-rfm" -> {
                    LinRfm.requireFits(problem);
                    return LinRfm.of(parameter(name, words, LOG_DETERMINANT));
                }
                case "sdp" -> {
                    Sdp.requireFits(problem);
                    return new Sdp();
                }
                default -> {
                    return new BurerMonteiro(parameter(name, words, BurerMonteiro.PAPER));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidOption(OPTION, "is '" + name + "': " + e.getMessage());
        }
    }

    private static double parameter(String name, List<String> words, double standard) {
        return words.size() == 1 ? standard : Check.number(OPTION, name, words.get(1));
    }
}
