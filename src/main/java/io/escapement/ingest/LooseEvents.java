package io.escapement.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.escapement.event.RunEvent;
import io.escapement.event.Stamp;
import io.escapement.event.Values;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Iterations from lines that another program writes, one JSON object each: in the form of interfaces.md, with the figures in
 * {@code values}, or flat, {@code {"iteration": 7, "loss": 0.3, "gradientNorm": 1e-3}}, where every number that is not one
 * of the event's own fields is a figure. Events of other kinds are not iterations and are passed over. A line that is no
 * event is refused, and the next one is read as if it had not been. Not thread-safe.
 */
public final class LooseEvents {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Fields that are about the event. */
    private static final Set<String> OWN = Set.of(
            "run", "attempt", "seq", "iteration", "segment", "time", "elapsed", "kind", "values", "point", "schema");

    private static final Set<String> OTHER_KINDS =
            Set.of("stationary", "escape", "phase", "verdict", "message", "heartbeat");

    private final Clock clock;
    private Instant began;
    private long seq;
    private long iteration = -1;

    public LooseEvents(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * The iteration that a line tells of; nothing for a blank line and an event of another kind.
     *
     * @throws BadLine naming the field, what it holds and what would be valid
     */
    public Optional<RunEvent.Iteration> read(String line) {
        if (line.isBlank()) {
            return Optional.empty();
        }
        JsonNode tree = tree(line);
        String kind = tree.path("kind").asText("iteration");
        if (OTHER_KINDS.contains(kind)) {
            return Optional.empty();
        }
        if (!kind.equals("iteration")) {
            throw new BadLine("kind is '" + kind + "'; iteration or one of " + OTHER_KINDS + " would be valid");
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        collect(tree, figures, OWN);
        if (tree.has("values")) {
            if (!tree.get("values").isObject()) {
                throw new BadLine("values is " + tree.get("values") + "; an object of numbers would be valid");
            }
            collect(tree.get("values"), figures, Set.of());
        }
        if (figures.isEmpty()) {
            throw new BadLine("the line holds no figure; a number such as loss is needed");
        }
        Stamp stamp = stamp(tree);
        iteration = stamp.iteration();
        seq++;
        return Optional.of(new RunEvent.Iteration(stamp, Values.of(figures), null));
    }

    private static JsonNode tree(String line) {
        try {
            JsonNode tree = MAPPER.readTree(line);
            if (!tree.isObject()) {
                throw new BadLine("the line is not a JSON object; one such as {\"loss\": 0.3} is needed");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new BadLine("the line is not valid JSON: " + e.getOriginalMessage());
        }
    }

    private static void collect(JsonNode object, Map<String, Double> figures, Set<String> except) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            if (!except.contains(name) && !name.isBlank()) {
                number(field.getValue()).ifPresent(value -> figures.put(name, value));
            }
        }
    }

    /** A number, or one of the three texts that stand for what JSON lacks; anything else is not a figure. */
    private static Optional<Double> number(JsonNode node) {
        if (node.isNumber()) {
            return Optional.of(node.doubleValue());
        }
        return switch (node.isTextual() ? node.textValue() : "") {
            case "NaN" -> Optional.of(Double.NaN);
            case "Infinity" -> Optional.of(Double.POSITIVE_INFINITY);
            case "-Infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
            default -> Optional.empty();
        };
    }

    private Stamp stamp(JsonNode tree) {
        Instant now = clock.instant();
        began = began == null ? now : began;
        return new Stamp(1, seq, whole(tree, "iteration", iteration + 1), 0, now, Duration.between(began, now));
    }

    private static long whole(JsonNode tree, String name, long absent) {
        if (!tree.has(name)) {
            return absent;
        }
        JsonNode node = tree.get(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw new BadLine(name + " is " + node + "; a whole number of at least 0 would be valid");
        }
        return node.longValue();
    }
}
