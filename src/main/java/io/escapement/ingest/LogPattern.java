package io.escapement.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Turns lines of a plain log into lines of JSON: a regular expression whose named groups are the fields, such as
 * {@code iter (?<iteration>\d+) loss (?<loss>\S+)}, in Java's syntax, except that a group may also be written as Python does,
 * {@code (?P<loss>…)}, and its name may have underscores. Lines in which it is not found tell of nothing.
 */
public final class LogPattern {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

    /** Java 17 does not tell a pattern's groups. */
    private static final Pattern GROUP = Pattern.compile("\\(\\?P?<([a-zA-Z_][a-zA-Z0-9_]*)>");

    private static final String ITERATION = "iteration";

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");

    private final Pattern pattern;

    /** Names of figures by those that Java knows the groups by. */
    private final Map<String, String> groups;

    private LogPattern(Pattern pattern, Map<String, String> groups) {
        this.pattern = pattern;
        this.groups = groups;
    }

    /** @throws IllegalArgumentException saying what is wrong with it and what would be valid */
    public static LogPattern of(String regex) {
        Map<String, String> groups = new LinkedHashMap<>();
        String java = GROUP.matcher(regex).replaceAll(group -> {
            String name = javaName(group.group(1));
            groups.put(name, group.group(1));
            return "(?<" + name + ">";
        });
        Pattern pattern;
        try {
            pattern = Pattern.compile(java);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + regex + "': " + e.getDescription(), e);
        }
        if (groups.keySet().equals(Set.of(ITERATION)) || groups.isEmpty()) {
            throw new IllegalArgumentException("'" + regex
                    + "' names no figure; a group like (?<loss>\\S+) is needed, and (?<iteration>\\d+) is possible");
        }
        return new LogPattern(pattern, groups);
    }

    /** Of letters and digits alone. */
    private static String javaName(String name) {
        return name.indexOf('_') < 0 ? name : "g" + name.replace("_", "U95");
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
            for (Map.Entry<String, String> group : groups.entrySet()) {
                String found = matcher.group(group.getKey());
                if (found != null) {
                    json.writeFieldName(group.getValue());
                    write(json, found.strip());
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
