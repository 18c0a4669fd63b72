package io.escapement.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.escapement.event.OwnFields;
import io.escapement.event.Phase;
import io.escapement.event.Point3;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Stamp;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Events as JSON, one object each (interfaces.md, "Iteration event"). NaN and ±∞ travel as the strings "NaN", "Infinity"
 * and "-Infinity". Reason and verdict stand there twice: as sentences for people, and as {@code stop} and
 * {@code judgement} with their figures, from which they are read back exactly. What a program gave its event besides stands beside all that.
 */
public final class EventJson {

    private static final RecordJson<StopReason> REASONS = new RecordJson<>(StopReason.class);
    private static final RecordJson<PointVerdict> VERDICTS = new RecordJson<>(PointVerdict.class);

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private EventJson() {}

    /** An event and the id of the run it belongs to. */
    public record Addressed(String run, RunEvent event) {}

    public static void write(JsonGenerator json, String run, RunEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("run", run);
        stamp(json, event.stamp());
        json.writeStringField("kind", event.kind());
        if (event instanceof RunEvent.Stationary stationary) {
            write(json, stationary.reason());
            write(json, stationary.verdict());
        } else if (event instanceof RunEvent.Verdict verdict) {
            json.writeStringField("state", verdict.state().label());
            write(json, verdict.reason());
            write(json, verdict.verdict());
        } else if (event instanceof RunEvent.Escape escape) {
            json.writeStringField("mechanism", escape.mechanism());
            if (escape.type().isPresent()) {
                json.writeStringField("type", escape.type().get());
            }
            json.writeStringField("outcome", escape.outcome().label());
            json.writeStringField("detail", escape.detail());
        } else if (event instanceof RunEvent.PhaseChange change) {
            json.writeStringField("phase", change.phase().label());
            json.writeStringField("detail", change.detail());
        } else if (event instanceof RunEvent.Message message) {
            json.writeStringField("level", label(message.level()));
            json.writeStringField("text", message.text());
        } else if (event instanceof RunEvent.Heartbeat heartbeat) {
            json.writeNumberField("expectNext", JsonFields.seconds(heartbeat.expectNext()));
        }
        Values values = event.values();
        if (values.size() > 0) {
            json.writeObjectFieldStart("values");
            for (int i = 0; i < values.size(); i++) {
                json.writeNumberField(values.names().get(i), values.get(i));
            }
            json.writeEndObject();
        }
        if (event.projection().isPresent()) {
            json.writeFieldName("point");
            write(json, event.projection().get());
        }
        for (Map.Entry<String, String> own : event.own().asMap().entrySet()) {
            json.writeFieldName(own.getKey());
            json.writeRawValue(own.getValue());
        }
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Point3 point) throws IOException {
        json.writeStartObject();
        json.writeNumberField("x", point.x());
        json.writeNumberField("y", point.y());
        json.writeNumberField("z", point.z());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, StopReason reason) throws IOException {
        json.writeStringField("reason", reason.sentence());
        json.writeFieldName("stop");
        REASONS.write(json, reason);
    }

    private static void write(JsonGenerator json, PointVerdict verdict) throws IOException {
        json.writeStringField("verdict", verdict.label());
        json.writeStringField("title", verdict.title());
        json.writeStringField("sentence", verdict.sentence());
        json.writeBooleanField("trap", verdict.trap());
        json.writeObjectFieldStart("judgement");
        VERDICTS.writeComponents(json, verdict);
        json.writeEndObject();
    }

    /**
     * Reads one event.
     *
     * @throws MalformedEvent if the text is not JSON or a field is absent or wrong
     */
    public static Addressed read(String text) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new MalformedEvent("", "is not valid JSON: " + e.getOriginalMessage());
        }
        JsonFields fields = new JsonFields("", tree);
        String run = fields.text("run");
        return new Addressed(run, event(fields, stamp(fields)));
    }

    static void stamp(JsonGenerator json, Stamp stamp) throws IOException {
        json.writeNumberField("attempt", stamp.attempt());
        json.writeNumberField("seq", stamp.seq());
        json.writeNumberField("iteration", stamp.iteration());
        json.writeNumberField("segment", stamp.segment());
        json.writeStringField("time", stamp.time().toString());
        json.writeNumberField("elapsed", JsonFields.seconds(stamp.elapsed()));
    }

    static Stamp stamp(JsonFields fields) {
        return new Stamp(
                (int) fields.integer("attempt", 1, Integer.MAX_VALUE),
                fields.integer("seq", 0, Long.MAX_VALUE),
                fields.integer("iteration", 0, Long.MAX_VALUE),
                (int) fields.integer("segment", 0, Integer.MAX_VALUE),
                fields.time("time"),
                fields.duration("elapsed"));
    }

    private static RunEvent event(JsonFields fields, Stamp stamp) {
        String kind = fields.text("kind");
        Values values = fields.has("values") ? Values.of(fields.object("values").numbers()) : Values.none();
        Point3 point = fields.has("point") ? point(fields.object("point")) : null;
        OwnFields own = own(fields, kind);
        return switch (kind) {
            case "iteration" -> new RunEvent.Iteration(stamp, values, point);
            case "stationary" -> new RunEvent.Stationary(stamp, reason(fields), verdict(fields), values, point, own);
            case "escape" ->
                new RunEvent.Escape(
                        stamp,
                        fields.text("mechanism"),
                        oneOf(fields, "outcome", RunEvent.EscapeOutcome.values(), RunEvent.EscapeOutcome::label),
                        fields.text("detail"),
                        values,
                        point,
                        fields.optionalText("type"),
                        own);
            case "phase" ->
                new RunEvent.PhaseChange(
                        stamp,
                        oneOf(fields, "phase", Phase.values(), Phase::label),
                        fields.optionalText("detail").orElse(""),
                        own);
            case "verdict" ->
                new RunEvent.Verdict(stamp, endState(fields), reason(fields), verdict(fields), values, point, own);
            case "message" ->
                new RunEvent.Message(
                        stamp,
                        oneOf(fields, "level", RunEvent.Level.values(), EventJson::label),
                        fields.text("text"),
                        own);
            case "heartbeat" -> heartbeat(fields, stamp);
            default ->
                throw fields.wrong("kind", kind, "iteration, stationary, escape, phase, verdict, message or heartbeat");
        };
    }

    /** All that the event does not have itself. */
    private static OwnFields own(JsonFields fields, String kind) {
        OwnFields.Collector own = new OwnFields.Collector(kind);
        fields.each((name, value) -> {
            if (!OwnFields.taken(kind, name)) {
                own.add(name, value.toString());
            }
        });
        return own.fields();
    }

    private static RunEvent heartbeat(JsonFields fields, Stamp stamp) {
        Duration expectNext = fields.duration("expectNext");
        if (expectNext.isNegative()) {
            throw fields.wrong("expectNext", expectNext.toString(), "a number of seconds from 0 up");
        }
        return new RunEvent.Heartbeat(stamp, expectNext);
    }

    static Point3 point(JsonFields fields) {
        return new Point3(fields.number("x"), fields.number("y"), fields.number("z"));
    }

    private static StopReason reason(JsonFields fields) {
        return REASONS.read(fields.object("stop"));
    }

    private static PointVerdict verdict(JsonFields fields) {
        return VERDICTS.read("verdict", fields.text("verdict"), fields.object("judgement"));
    }

    private static RunState endState(JsonFields fields) {
        RunState[] ends =
                Arrays.stream(RunState.values()).filter(RunState::canEnd).toArray(RunState[]::new);
        return oneOf(fields, "state", ends, RunState::label);
    }

    private static String label(RunEvent.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    static <E> E oneOf(JsonFields fields, String name, E[] values, Function<E, String> label) {
        String text = fields.text(name);
        for (E value : values) {
            if (label.apply(value).equals(text)) {
                return value;
            }
        }
        String valid = Arrays.stream(values).map(label).collect(Collectors.joining(", "));
        throw fields.wrong(name, text, "one of " + valid);
    }
}
