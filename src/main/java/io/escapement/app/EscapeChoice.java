package io.escapement.app;

import io.escapement.escape.Auto;
import io.escapement.escape.Escape;
import io.escapement.escape.LeacCanonical;
import io.escapement.escape.LeacSimulated;
import io.escapement.escape.NegativeCurvature;
import io.escapement.escape.OracleProbe;
import io.escapement.escape.Perturb;
import io.escapement.escape.Race;
import io.escapement.escape.Restart;
import io.escapement.escape.SodMulti;
import io.escapement.escape.SodSingle;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.lifted.LiftedEscape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.ejml.data.DMatrixRMaj;

/** Escape mechanisms by name, with their settings after colons; a comma chains. */
final class EscapeChoice {

    static final String NONE = "none";
    static final List<String> NAMES = List.of(
            NONE,
            "auto",
            "negative-curvature",
            "leac-simulated",
            "leac-canonical",
            "sod-single",
            "sod-multi",
            "oracle-probe",
            "perturb",
            "restart",
            "race");

    /** Those that events can name: a choice of several says which of them it was. */
    static final List<String> MECHANISMS = NAMES.stream()
            .filter(name -> !name.equals(NONE) && !name.equals("auto"))
            .toList();

    /** Those for problems of every class. */
    static final List<String> GENERAL = List.of(NONE, "auto", "negative-curvature", "perturb", "restart", "race");

    private static final String OPTION = "--escape";
    private static final int RESTARTS = 10;
    private static final double USUAL_SCALE = 0.05;
    private static final int RACERS = 300;

    private EscapeChoice() {}

    /**
     * What mechanisms need to know of the run.
     *
     * @param seed of every random draw
     * @param gradientBound at which it rests, absolute
     * @param startScale root mean square of the entries of its start, or the usual one where that is 0
     */
    record Circumstances(long seed, double gradientBound, double startScale) {

        static Circumstances of(long seed, double gradientBound, DMatrixRMaj x0) {
            double scale = Frobenius.norm(x0) / Math.sqrt(x0.getNumElements());
            return new Circumstances(seed, gradientBound, scale == 0 ? USUAL_SCALE : scale);
        }
    }

    static Optional<Escape<FactoredProblem>> of(String text, Circumstances run) {
        if (text.equals(NONE)) {
            return Optional.empty();
        }
        List<Escape<? super FactoredProblem>> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            parts.add(one(text, part.strip(), run));
        }
        return Optional.of(Escape.inOrder(parts));
    }

    /** For problems that are not factored, with the mechanisms that work on any. */
    static Optional<Escape<CompositeProblem>> general(String text, Circumstances run) {
        if (text.equals(NONE)) {
            return Optional.empty();
        }
        List<Escape<CompositeProblem>> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            List<String> words = List.of(part.strip().split(":", -1));
            if (words.get(0).equals("auto")) {
                atMost(1, "auto", text, words);
                parts.add(Auto.general(run.gradientBound, run.startScale, run.seed));
            } else {
                parts.add(general(text, words, run).orElseThrow(() -> Check.unknown(OPTION, text, GENERAL)));
            }
        }
        return Optional.of(Escape.inOrder(parts));
    }

    private static Escape<? super FactoredProblem> one(String text, String part, Circumstances run) {
        List<String> words = List.of(part.split(":", -1));
        return switch (words.get(0)) {
            case "auto" -> auto(text, words, run);
            case "leac-simulated" -> leac(text, words);
            case "sod-single" -> sodSingle(text, words);
            case "sod-multi" -> sodMulti(text, words);
            case "leac-canonical" -> canonical(text, words);
            case "oracle-probe" -> probe(text, words);
            default -> general(text, words, run).orElseThrow(() -> Check.unknown(OPTION, text, NAMES));
        };
    }

    private static Escape<FactoredProblem> auto(String text, List<String> words, Circumstances run) {
        atMost(1, "auto", text, words);
        return Auto.factored(run.startScale, run.seed);
    }

    /** Those that work on any problem. */
    private static Optional<Escape<CompositeProblem>> general(String text, List<String> words, Circumstances run) {
        return switch (words.get(0)) {
            case "negative-curvature" -> Optional.of(curvature(text, words));
            case "perturb" -> Optional.of(perturb(text, words, run));
            case "restart" -> Optional.of(restart(text, words, run));
            case "race" -> Optional.of(race(text, words, run));
            default -> Optional.empty();
        };
    }

    private static Escape<CompositeProblem> curvature(String text, List<String> words) {
        atMost(1, "negative-curvature", text, words);
        return NegativeCurvature.standard();
    }

    private static Escape<CompositeProblem> perturb(String text, List<String> words, Circumstances run) {
        atMost(4, "perturb[:RADIUS[:T_ESCAPE[:F]]]", text, words);
        return new Perturb(
                setting("perturb RADIUS", text, words, 1),
                whole("perturb T_ESCAPE", text, words, 2),
                setting("perturb F", text, words, 3),
                run.gradientBound,
                run.seed,
                EigenSolver.standard());
    }

    private static Escape<CompositeProblem> restart(String text, List<String> words, Circumstances run) {
        return starts("restart", RESTARTS, text, words, run);
    }

    private static Escape<CompositeProblem> race(String text, List<String> words, Circumstances run) {
        return Race.of(starts("race", RACERS, text, words, run));
    }

    private static Restart starts(String name, long most, String text, List<String> words, Circumstances run) {
        atMost(3, name + "[:K[:SCALE]]", text, words);
        long tries = whole(name + " K", text, words, 1).orElse(most);
        Check.between(OPTION + " " + name + " K", tries, 1, 1_000_000);
        double scale = setting(name + " SCALE", text, words, 2).orElse(run.startScale);
        return new Restart((int) tries, scale, run.seed);
    }

    private static void atMost(int most, String form, String text, List<String> words) {
        if (words.size() > most) {
            throw new InvalidOption(OPTION, "is '" + text + "'; " + form + " is the form");
        }
    }

    /** A number above 0, if there is a word at that place. */
    private static OptionalDouble setting(String what, String text, List<String> words, int place) {
        if (words.size() <= place) {
            return OptionalDouble.empty();
        }
        double value = Check.number(OPTION, text, words.get(place));
        Check.above(OPTION + " " + what, value, 0);
        Check.between(OPTION + " " + what, value, 0, Double.MAX_VALUE);
        return OptionalDouble.of(value);
    }

    private static OptionalLong whole(String what, String text, List<String> words, int place) {
        OptionalDouble value = setting(what, text, words, place);
        if (value.isPresent()
                && (value.getAsDouble() != Math.rint(value.getAsDouble()) || value.getAsDouble() > 1e15)) {
            throw new InvalidOption(OPTION + " " + what, "is " + words.get(place) + "; a whole number is needed");
        }
        return value.isPresent() ? OptionalLong.of((long) value.getAsDouble()) : OptionalLong.empty();
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

    private static Escape<FactoredProblem> sodSingle(String text, List<String> words) {
        atMost(1, "sod-single", text, words);
        return SodSingle.standard();
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
