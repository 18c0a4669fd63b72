package io.escapement.app;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times in options: a whole number and a unit. */
final class Times {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Times() {}

    /**
     * A time such as 30s.
     *
     * @throws InvalidOption where it is none
     */
    static Duration parse(String option, String text) {
        return parse(option, text, text);
    }

    /** @param value the option's whole value, of which {@code text} is a part */
    static Duration parse(String option, String value, String text) {
        Matcher time = FORM.matcher(text);
        if (!time.matches()) {
            throw new InvalidOption(option, "is '" + value + "'; a time such as 500ms, 30s, 10m or 1h is needed");
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
