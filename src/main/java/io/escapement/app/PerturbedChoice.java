package io.escapement.app;

import io.escapement.solve.Perturbation;
import io.escapement.solve.PerturbedDescent;
import io.escapement.solve.StepSize;
import java.util.List;
import java.util.OptionalDouble;

/** [IPGD]'s solvers with their settings after colons: {@code pgd}, {@code ipgd} and {@code ipgd+}. */
final class PerturbedChoice {

    static final List<String> NAMES = List.of("pgd", "ipgd", "ipgd+");

    private static final String OPTION = "--solver";

    /** γ next to the rounding of doubles, as in section 7. */
    private static final double INFINITESIMAL = 1e-15;

    /** Line 1 of algorithm 1 for steps that grow what leaves a saddle by 1 % or more: 100·log(1/γ). Section 7 has 50, good for half. */
    private static final long ESCAPE_TIME = 3500;

    private static final long LOCAL_STEPS = 1000;

    private PerturbedChoice() {}

    /** @param gradientBound the run's, which is G where none is given */
    static PerturbedDescent of(String text, StepSize step, double gradientBound, long seed) {
        List<String> words = List.of(text.split(":", -1));
        String name = words.get(0);
        boolean plus = name.equals("ipgd+");
        if (words.size() > (plus ? 6 : 5)) {
            throw new InvalidOption(
                    OPTION,
                    "is '" + text + "'; " + name + "[:GAMMA[:G[:F[:T_ESCAPE" + (plus ? "[:T_LOCAL]" : "")
                            + "]]]] is the form");
        }
        OptionalDouble radius = setting("GAMMA", text, words, 1);
        Perturbation rule = new Perturbation(
                radius.isEmpty() && !name.equals("pgd") ? OptionalDouble.of(INFINITESIMAL) : radius,
                setting("G", text, words, 2).orElse(gradientBound),
                setting("F", text, words, 3),
                whole("T_ESCAPE", text, words, 4, ESCAPE_TIME));
        long local = plus ? whole("T_LOCAL", text, words, 5, LOCAL_STEPS) : 0;
        return new PerturbedDescent(name, step, rule, local, seed);
    }

    private static OptionalDouble setting(String what, String text, List<String> words, int place) {
        if (words.size() <= place) {
            return OptionalDouble.empty();
        }
        double value = Check.number(OPTION, text, words.get(place));
        Check.above(OPTION + " " + what, value, 0);
        return OptionalDouble.of(value);
    }

    private static long whole(String what, String text, List<String> words, int place, long standard) {
        double value = setting(what, text, words, place).orElse((double) standard);
        if (value != Math.rint(value) || value > 1e15) {
            throw new InvalidOption(OPTION + " " + what, "is " + words.get(place) + "; a whole number is needed");
        }
        return (long) value;
    }
}
