package io.escapement.app;

import java.util.Collection;

/** Checks of option values, with one wording. */
final class Check {

    private Check() {}

    static void atLeast(String option, long value, long least) {
        if (value < least) {
            throw new InvalidOption(option, "is " + value + "; at least " + least + " is needed");
        }
    }

    static void between(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidOption(option, "is " + value + "; " + least + " to " + most + " is possible");
        }
    }

    /** A finite number of at least {@code least}. */
    static void atLeast(String option, double value, double least) {
        if (!(value >= least) || Double.isInfinite(value)) {
            throw new InvalidOption(option, "is " + value + "; a number of at least " + least + " is needed");
        }
    }

    /** A finite number above {@code bound}. */
    static void above(String option, double value, double bound) {
        if (!(value > bound) || Double.isInfinite(value)) {
            throw new InvalidOption(option, "is " + value + "; a number above " + bound + " is needed");
        }
    }

    static void between(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new InvalidOption(option, "is " + value + "; " + least + " to " + most + " is possible");
        }
    }

    static InvalidOption unknown(String option, String value, Collection<String> valid) {
        return new InvalidOption(option, "is '" + value + "'; valid: " + String.join(", ", valid));
    }

    /** The number in a part of an option's value. */
    static double number(String option, String value, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new InvalidOption(option, "is '" + value + "'; '" + text + "' is not a number");
        }
    }
}
