package io.escapement.app;

import io.escapement.escape.Escape;
import io.escapement.escape.LeacCanonical;
import io.escapement.escape.LeacSimulated;
import io.escapement.escape.OracleProbe;
import io.escapement.linalg.EigenSolver;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.lifted.LiftedEscape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Escape mechanisms by name, with their settings after colons; a comma chains. */
final class EscapeChoice {

    static final String NONE = "none";
    static final List<String> NAMES = List.of(NONE, "leac-simulated", "leac-canonical", "oracle-probe");

    private static final String OPTION = "--escape";

    private EscapeChoice() {}

    static Optional<Escape<FactoredProblem>> of(String text) {
        if (text.equals(NONE)) {
            return Optional.empty();
        }
        Escape<FactoredProblem> chain = null;
        for (String part : text.split(",", -1)) {
            Escape<FactoredProblem> escape = one(text, part.strip());
            chain = chain == null ? escape : chain.orElse(escape);
        }
        return Optional.ofNullable(chain);
    }

    private static Escape<FactoredProblem> one(String text, String part) {
        List<String> words = List.of(part.split(":", -1));
        return switch (words.get(0)) {
            case "leac-simulated" -> leac(text, words);
            case "leac-canonical" -> canonical(text, words);
            case "oracle-probe" -> probe(text, words);
            default -> throw Check.unknown(OPTION, text, NAMES);
        };
    }

    private static Escape<FactoredProblem> leac(String text, List<String> words) {
        String rule = words.size() > 1 ? words.get(1) : "exact";
        if (rule.equals("exact") && words.size() <= 2) {
            return LeacSimulated.exact();
        }
        if (rule.equals("paper") && words.size() == 2) {
            return LeacSimulated.paper();
        }
        if (rule.equals("paper") && words.size() == 3) {
            double smoothness = Check.number(OPTION, text, words.get(2));
            Check.above(OPTION + " leac-simulated:paper", smoothness, 0);
            return new LeacSimulated(LeacSimulated.Rule.PAPER, OptionalDouble.of(smoothness), EigenSolver.standard());
        }
        throw Check.unknown(
                OPTION,
                text,
                List.of(
                        "leac-simulated",
                        "leac-simulated:exact",
                        "leac-simulated:paper",
                        "leac-simulated:paper:SMOOTHNESS"));
    }

    private static Escape<FactoredProblem> canonical(String text, List<String> words) {
        LeacCanonical escape = LeacCanonical.standard();
        try {
            if (words.size() > 1) {
                escape = escape.withOrder(Integer.parseInt(words.get(1)));
            }
            if (words.size() > 2) {
                escape = escape.withRule(LiftedEscape.Rule.valueOf(words.get(2).toUpperCase(Locale.ROOT)));
            }
            if (words.size() > 3) {
                escape = escape.withDescent(Integer.parseInt(words.get(3)));
            }
            if (words.size() <= 4) {
                return escape;
            }
        } catch (IllegalArgumentException e) {
            // Not a number, not a rule, or a number out of range: all of them are answered alike.
        }
        throw new InvalidOption(
                OPTION,
                "is '" + text
                        + "'; leac-canonical:L:RULE:STEPS takes an odd order of at least 3, armijo or exact, and a"
                        + " number of lifted gradient steps of at least 0");
    }

    private static Escape<FactoredProblem> probe(String text, List<String> words) {
        if (words.size() == 1) {
            return OracleProbe.standard();
        }
        if (words.size() == 2) {
            double directions = Check.number(OPTION, text, words.get(1));
            if (directions == Math.rint(directions) && directions >= 1 && directions <= 10_000) {
                return OracleProbe.standard().withDirections((int) directions);
            }
        }
        throw new InvalidOption(
                OPTION, "is '" + text + "'; oracle-probe:DIRECTIONS takes a whole number of at least 1");
    }
}
