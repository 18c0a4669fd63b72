package io.escapement.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The fields of one JSON object, read with errors that name the field, what it holds and what would be valid. */
final class JsonFields {

    private static final int MAX_ECHO = 60;
    private static final double MAX_SECONDS = 1e15;

    private final String path;
    private final JsonNode object;

    JsonFields(String path, JsonNode object) {
        this.path = path;
        this.object = object;
        if (!object.isObject()) {
            throw new MalformedEvent(path, "is " + echo(object) + "; an object is needed");
        }
    }

    /** Exact, so that a duration survives. */
    static BigDecimal seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), 9))
                .stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0, RoundingMode.UNNECESSARY) : seconds;
    }

    String path() {
        return path;
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    String text(String name) {
        JsonNode node = needed(name, "a text");
        if (!node.isTextual()) {
            throw wrong(name, node, "a text");
        }
        return node.textValue();
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    long integer(String name, long least, long most) {
        String valid = "a whole number from " + least + " to " + most;
        JsonNode node = needed(name, valid);
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < least
                || node.longValue() > most) {
            throw wrong(name, node, valid);
        }
        return node.longValue();
    }

    /** A number, or one of the three texts that stand for what JSON lacks. */
    double number(String name) {
        String valid = "a number, \"NaN\", \"Infinity\" or \"-Infinity\"";
        JsonNode node = needed(name, valid);
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (node.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw wrong(name, node, valid);
        };
    }

    /** To the nanosecond, exact up to a hundred days. */
    Duration duration(String name) {
        JsonNode node = needed(name, "a number of seconds");
        double seconds = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (!(Math.abs(seconds) < MAX_SECONDS)) {
            throw wrong(name, node, "a number of seconds");
        }
        BigDecimal exact = BigDecimal.valueOf(seconds).setScale(9, RoundingMode.HALF_EVEN);
        BigDecimal whole = exact.setScale(0, RoundingMode.FLOOR);
        return Duration.ofSeconds(
                whole.longValueExact(), exact.subtract(whole).movePointRight(9).longValueExact());
    }

    Instant time(String name) {
        String valid = "a time such as 2026-11-22T13:45:00.250Z";
        String text = text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(name, object.get(name), valid);
        }
    }

    JsonFields object(String name) {
        return new JsonFields(path(name), needed(name, "an object"));
    }

    /** Every field that is not null, in order. */
    void each(BiConsumer<String, JsonNode> reader) {
        object.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                reader.accept(field.getKey(), field.getValue());
            }
        });
    }

    /** Every field of this object as a number. */
    Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (var names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.isBlank()) {
                throw new MalformedEvent(path, "has a figure with a blank name; figures need names");
            }
            numbers.put(name, number(name));
        }
        return numbers;
    }

    boolean truth(String name) {
        JsonNode node = needed(name, "true or false");
        if (!node.isBoolean()) {
            throw wrong(name, node, "true or false");
        }
        return node.booleanValue();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode node : needed(name, "a list of texts")) {
            if (!node.isTextual()) {
                throw wrong(name, node, "a list of texts");
            }
            texts.add(node.textValue());
        }
        return texts;
    }

    List<JsonFields> objects(String name) {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode node : needed(name, "a list of objects")) {
            objects.add(new JsonFields(path(name), node));
        }
        return objects;
    }

    /** Every field of this object as a text. */
    Map<String, String> allTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (var names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            texts.put(name, text(name));
        }
        return texts;
    }

    MalformedEvent wrong(String name, String value, String valid) {
        return new MalformedEvent(path(name), "is '" + value + "'; " + valid + " would be valid");
    }

    private MalformedEvent wrong(String name, JsonNode node, String valid) {
        return new MalformedEvent(path(name), "is " + echo(node) + "; " + valid + " would be valid");
    }

    private JsonNode needed(String name, String valid) {
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) {
            throw new MalformedEvent(path(name), "is absent; " + valid + " is needed");
        }
        return node;
    }

    /** Path of a field of this object. */
    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String echo(JsonNode node) {
        String text = node.toString();
        return text.length() <= MAX_ECHO ? text : text.substring(0, MAX_ECHO) + "…";
    }
}
