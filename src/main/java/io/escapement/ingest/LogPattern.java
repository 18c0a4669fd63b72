package io.escapement.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns lines of a plain log into lines of JSON: a regular expression whose named groups are the fields, such as
 * {@code iter (?<iteration>\d+) loss (?<loss>\S+)}. Lines in which it is not found tell of nothing.
 */
public final class LogPattern {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

    /** Java 17 does not tell a pattern's groups. */
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");

    private final Pattern pattern;
    private final Set<String> groups;

    private LogPattern(Pattern pattern, Set<String> groups) {
        this.pattern = pattern;
        this.groups = groups;
    }

    /** @throws IllegalArgumentException saying what is wrong with it and what would be valid */
    public static LogPattern of(String regex) {
        Pattern pattern = Pattern.compile(regex);
        Set<String> groups = new LinkedHashSet<>();
        Matcher names = GROUP.matcher(regex);
        while (names.find()) {
            groups.add(names.group(1));
        }
        groups.remove("iteration");
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("'" + regex
                    + "' names no figure; a group like (?<loss>\\S+) is needed, and (?<iteration>\\d+) is possible");
        }
        if (regex.contains("(?<iteration>")) {
            groups.add("iteration");
        }
        return new LogPattern(pattern, groups);
    }

    /** The line as JSON; empty where the pattern is not found in it. */
    public Optional<String> json(String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.find()) {
            return Optional.empty();
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            for (String group : groups) {
                if (matcher.group(group) != null) {
                    json.writeFieldName(group);
                    write(json, matcher.group(group).strip());
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter failed", e);
        }
        return Optional.of(text.toString());
    }

    /** As a number where it is one, in whatever spelling programs have for those that are not finite. */
    private static void write(JsonGenerator json, String value) throws IOException {
        if (WHOLE.matcher(value).matches()) {
            json.writeNumber(Long.parseLong(value));
            return;
        }
        switch (value.toLowerCase(Locale.ROOT)) {
            case "nan", "-nan", "+nan" -> json.writeNumber(Double.NaN);
            case "inf", "+inf", "infinity", "+infinity" -> json.writeNumber(Double.POSITIVE_INFINITY);
            case "-inf", "-infinity" -> json.writeNumber(Double.NEGATIVE_INFINITY);
            default -> {
                try {
                    json.writeNumber(Double.parseDouble(value));
                } catch (NumberFormatException e) {
                    json.writeString(value);
                }
            }
        }
    }
}
