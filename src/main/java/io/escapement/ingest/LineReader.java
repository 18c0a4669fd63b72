package io.escapement.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.escapement.event.Point3;
import io.escapement.event.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads one line of JSON into a {@link Draft}: in the form of interfaces.md, with the figures in {@code values}, or flat,
 * where every number that is not one of the event's own fields is a figure. Two things that are no JSON are read all the same, since
 * programs write them when it matters: NaN and Infinity without quotes (Python's json) and .5 for 0.5 (bc). Not thread-safe.
 */
final class LineReader {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
            .build();

    /** Own fields that are texts; a number under such a name is a figure. */
    private static final Set<String> TEXTS = Set.of(
            "kind", "level", "text", "phase", "detail", "mechanism", "outcome", "type", "state", "reason", "verdict");

    /** For what is no figure, and rare: of a line with nothing but figures no tree is built. */
    private static final ObjectMapper TREES = new ObjectMapper();

    /** Version of the form of events. */
    private static final int SCHEMA = 1;

    private static final double MAX_SECONDS = 1e9;

    /** Beyond this neither a double nor a browser tells one number from the next. */
    private static final long MAX_WHOLE = 1L << 53;

    /** Those that accepted escapes count on from there fit as well. */
    private static final int MAX_SEGMENT = 1_000_000_000;

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final int MAX_ECHO = 60;

    private final Draft draft;
    private double x;
    private double y;
    private double z;

    LineReader(Draft draft) {
        this.draft = draft;
    }

    /** @throws BadLine naming the field, what it holds and what would be valid */
    void read(byte[] bytes, int from, int to) {
        draft.clear();
        try (JsonParser json = FACTORY.createParser(bytes, from, to - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadLine("the line is not a JSON object; one such as {\"loss\": 0.3} is needed");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                field(json);
            }
            if (json.nextToken() != null) {
                throw new BadLine("the line goes on after its object; one object a line is needed");
            }
        } catch (JsonProcessingException e) {
            throw new BadLine("the line is not valid JSON" + JsonFault.inLine(e));
        } catch (IOException e) {
            throw new UncheckedIOException("an array failed", e);
        }
    }

    private void field(JsonParser json) throws IOException {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        switch (name) {
            case "iteration" -> draft.iteration = whole(json, name, 0, MAX_WHOLE);
            case "attempt" -> draft.attempt = whole(json, name, 1, Integer.MAX_VALUE);
            case "seq" -> draft.seq = whole(json, name, 0, MAX_WHOLE);
            case "segment" -> draft.segment = whole(json, name, 0, MAX_SEGMENT);
            case "elapsed" -> draft.elapsed = seconds(json, name);
            case "expectNext" -> draft.expectNext = seconds(json, name);
            case "time" -> draft.time = time(json, name);
            case "values" -> values(json);
            case "point" -> draft.point = point(json);
            case "judgement", "stop" -> {
                draft.judged = true;
                draft.own(name, TREES.readTree(json).toString());
            }
            case "schema" -> whole(json, name, SCHEMA, SCHEMA);
            case "run" -> json.skipChildren();
            default -> other(json, name, token);
        }
    }

    private void other(JsonParser json, String name, JsonToken token) throws IOException {
        if (token.isNumeric()) {
            draft.figure(name, json.getDoubleValue());
        } else if (token == JsonToken.VALUE_STRING) {
            text(json, name);
        } else {
            needNumber(json, name);
            draft.own(name, TREES.readTree(json).toString());
        }
    }

    private void text(JsonParser json, String name) throws IOException {
        if (TEXTS.contains(name)) {
            if (name.equals("kind")) {
                draft.kind = json.getText();
            } else {
                draft.texts.put(name, json.getText());
            }
            return;
        }
        String text = json.getText();
        if (special(text)) {
            draft.figure(name, Double.parseDouble(text));
        } else {
            needNumber(json, name);
            draft.own(name, quoted(text));
        }
    }

    /** A text as JSON. */
    static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** A number as JSON; a whole one without a point. */
    static String json(double number) {
        if (!Double.isFinite(number)) {
            return quoted(Double.toString(number));
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) < MAX_WHOLE;
        return whole ? Long.toString((long) number) : Double.toString(number);
    }

    /** Other fields that are no numbers are the program's own affair, and kept as they are; these two are always meant as figures. */
    private static void needNumber(JsonParser json, String name) throws IOException {
        if (name.equals(Values.LOSS) || name.equals(Values.GRADIENT_NORM)) {
            throw wrong(json, name, "a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
        }
    }

    /** One of the three texts that stand for what JSON lacks. */
    private static boolean special(String text) {
        return text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
    }

    private void values(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(json, "values", "an object of numbers");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                draft.figure(name, number(json, name));
            }
        }
    }

    private static double number(JsonParser json, String name) throws IOException {
        if (json.currentToken().isNumeric()) {
            return json.getDoubleValue();
        }
        if (json.currentToken() == JsonToken.VALUE_STRING && special(json.getText())) {
            return Double.parseDouble(json.getText());
        }
        throw wrong(json, name, "a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
    }

    private Point3 point(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(json, "point", "an object with x, y and z");
        }
        int coordinates = 0;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "x" -> {
                    x = number(json, "point.x");
                    coordinates |= 1;
                }
                case "y" -> {
                    y = number(json, "point.y");
                    coordinates |= 2;
                }
                case "z" -> {
                    z = number(json, "point.z");
                    coordinates |= 4;
                }
                default -> draft.own("point." + name, TREES.readTree(json).toString());
            }
        }
        if (coordinates != 7) {
            throw new BadLine("point is without " + absent(coordinates)
                    + "; x, y and z are needed, 0 along an axis that there is not");
        }
        return new Point3(x, y, z);
    }

    private static String absent(int coordinates) {
        List<String> absent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            if ((coordinates & (1 << i)) == 0) {
                absent.add(String.valueOf("xyz".charAt(i)));
            }
        }
        return String.join(" and ", absent);
    }

    /** Python writes 7.0 for some sevens. */
    private static long whole(JsonParser json, String name, long least, long most) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long number = json.getLongValue();
            if (number >= least && number <= most) {
                return number;
            }
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            double number = json.getDoubleValue();
            if (number == Math.rint(number) && number >= least && number <= most) {
                return (long) number;
            }
        }
        throw wrong(json, name, least == most ? String.valueOf(least) : "a whole number from " + least + " to " + most);
    }

    private static Duration seconds(JsonParser json, String name) throws IOException {
        if (json.currentToken().isNumeric()) {
            double seconds = json.getDoubleValue();
            if (seconds >= 0 && seconds <= MAX_SECONDS) {
                long whole = (long) seconds;
                return Duration.ofSeconds(whole, Math.round((seconds - whole) * 1e9));
            }
        }
        throw wrong(json, name, "a number of seconds from 0 to " + (long) MAX_SECONDS);
    }

    private static Instant time(JsonParser json, String name) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            try {
                Instant time = Instant.parse(json.getText());
                if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
                    return time;
                }
            } catch (DateTimeException e) {
                // Said below.
            }
        }
        throw wrong(json, name, "a moment in UTC like 2026-11-22T07:00:00Z, from 1970 to 9999,");
    }

    private static BadLine wrong(JsonParser json, String name, String valid) throws IOException {
        String holds = switch (json.currentToken()) {
            case START_OBJECT, END_OBJECT -> "an object";
            case START_ARRAY, END_ARRAY -> "a list";
            case VALUE_STRING -> "'" + cut(json.getText()) + "'";
            default -> cut(json.getText());
        };
        return new BadLine(name + " is " + holds + "; " + valid + " would be valid");
    }

    /** As much of it as a message repeats. */
    static String cut(String text) {
        return text.length() <= MAX_ECHO ? text : text.substring(0, MAX_ECHO) + "…";
    }
}
