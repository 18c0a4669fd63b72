package io.escapement.app;

import io.escapement.escape.Escape;
import io.escapement.escape.LeacSimulated;
import io.escapement.escape.OracleProbe;
import io.escapement.escape.SodMulti;
import io.escapement.escape.SodSingle;
import io.escapement.linalg.EigenSolver;
import io.escapement.problem.FactoredProblem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Escape mechanisms by name, with their settings after colons; a comma chains. */
final class EscapeChoice {

    static final String NONE = "none";
    static final List<String> NAMES = List.of(NONE, "leac-simulated", "sod-single", "sod-multi", "oracle-probe");

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
            case "sod-single" -> {
                if (words.size() > 1) {
                    throw new InvalidOption(OPTION, "is '" + text + "'; sod-single takes no setting");
                }
                yield SodSingle.standard();
            }
            case "sod-multi" -> sodMulti(text, words);
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

    private static Escape<FactoredProblem> sodMulti(String text, List<String> words) {
        if (words.size() == 1) {
            return SodMulti.standard();
        }
        if (words.size() == 2) {
            double order = Check.number(OPTION, text, words.get(1));
            if (order % 2 == 1 && order <= 99) {
                return SodMulti.standard().withOrder((int) order);
            }
        }
        throw new InvalidOption(OPTION, "is '" + text + "'; sod-multi:ORDER takes an odd number from 1 to 99");
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
