package io.escapement.experiment;

import io.escapement.event.Figures;
import java.util.Objects;

/**
 * Our figure beside the paper's, and what it must reach.
 *
 * @param what is measured
 * @param paper the paper's figure as printed, or null where it gives none
 * @param required what ours must reach in words, or null where nothing is
 * @param met whether it does; null where nothing is required, or ours is not known
 */
public record Comparison(String what, Estimate ours, String paper, String required, Boolean met) {

    public Comparison {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(ours, "ours");
    }

    public static Comparison of(String what, Estimate ours) {
        return new Comparison(what, ours, null, null, null);
    }

    public static Comparison of(String what, double ours) {
        return of(what, Estimate.of(ours));
    }

    public static Comparison of(String what, Proportion ours) {
        return of(what, Estimate.of(ours));
    }

    public Comparison paper(String printed) {
        return new Comparison(what, ours, printed, required, met);
    }

    public Comparison atLeast(double bound) {
        return require("at least " + Figures.of(bound), ours.value() == null ? null : ours.value() >= bound);
    }

    public Comparison atMost(double bound) {
        return require("at most " + Figures.of(bound), ours.value() == null ? null : ours.value() <= bound);
    }

    /** Within half a unit of the last digit of what is printed. */
    public Comparison printedAs(String printed) {
        double value = Double.parseDouble(printed);
        int point = printed.indexOf('.');
        int exponent = printed.indexOf('e');
        int end = exponent < 0 ? printed.length() : exponent;
        double unit = Math.pow(10, point < 0 ? 0 : -(end - point - 1.0));
        double half =
                0.5000001 * unit * (exponent < 0 ? 1 : Math.pow(10, Integer.parseInt(printed.substring(exponent + 1))));
        return require("printed as " + printed, ours.value() == null ? null : Math.abs(ours.value() - value) <= half);
    }

    /** Whether the value is inside of our 95 % interval. */
    public Comparison consistentWith(double value) {
        return require(
                Figures.of(value) + " in the interval",
                ours.low() == null ? null : ours.low() <= value && value <= ours.high());
    }

    /** @param isMet or null where that is not known */
    public Comparison require(String words, Boolean isMet) {
        return new Comparison(what, ours, paper, words, isMet);
    }
}
