package io.escapement.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.escapement.event.Phase;
import io.escapement.event.Point3;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads headers and statuses that {@link StreamJson} has written. */
public final class StoredJson {

    private StoredJson() {}

    /** @throws MalformedEvent if the text is not what was written */
    public static RunHeader header(String text) {
        JsonFields fields = fields(text);
        return new RunHeader(
                fields.text("id"),
                fields.text("name"),
                fields.text("problem"),
                fields.text("solver"),
                fields.text("escape"),
                fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                fields.time("started"),
                fields.text("command"),
                fields.object("settings").allTexts(),
                fields.texts("figures"),
                fields.has("gradientBound") ? fields.number("gradientBound") : Double.NaN,
                fields.has("axes") ? axes(fields.object("axes")) : null);
    }

    private static RunHeader.Axes axes(JsonFields fields) {
        List<Point3> truths = new ArrayList<>();
        for (JsonFields truth : fields.objects("truths")) {
            truths.add(EventJson.point(truth));
        }
        return new RunHeader.Axes(fields.texts("labels"), fields.text("kind"), truths);
    }

    /** @throws MalformedEvent if the text is not what was written */
    public static RunStatus status(String text) {
        JsonFields fields = fields(text);
        Map<String, Double> values = fields.object("values").numbers();
        return new RunStatus(
                EventJson.oneOf(fields, "state", RunState.values(), RunState::label),
                EventJson.oneOf(fields, "phase", Phase.values(), Phase::label),
                fields.text("title"),
                fields.text("sentence"),
                fields.optionalText("verdict").orElse(null),
                fields.integer("iteration", 0, Long.MAX_VALUE),
                (int) fields.integer("segment", 0, Integer.MAX_VALUE),
                (int) fields.integer("escapes", 0, Integer.MAX_VALUE),
                fields.number("elapsed"),
                fields.has("iterationsPerSecond") ? fields.number("iterationsPerSecond") : Double.NaN,
                values,
                time(fields, "lastEvent"),
                time(fields, "lastImprovement"),
                fields.truth("ended"),
                fields.has("attempt") ? (int) fields.integer("attempt", 1, Integer.MAX_VALUE) : 1,
                fields.has("curvature") ? curvature(fields.object("curvature")) : null,
                fields.has("attempts")
                        ? fields.objects("attempts").stream()
                                .map(StoredJson::attempt)
                                .toList()
                        : List.of(),
                fields.has("checkpoint") ? checkpoint(fields.object("checkpoint")) : null);
    }

    private static Attempt attempt(JsonFields fields) {
        return new Attempt(
                (int) fields.integer("attempt", 2, Integer.MAX_VALUE),
                fields.integer("iteration", -1, Long.MAX_VALUE),
                (int) fields.integer("of", 0, Integer.MAX_VALUE),
                fields.integer("seq", 0, Long.MAX_VALUE));
    }

    private static Checkpointed checkpoint(JsonFields fields) {
        return new Checkpointed(fields.integer("iteration", 0, Long.MAX_VALUE), fields.time("time"));
    }

    private static RunStatus.Curvature curvature(JsonFields fields) {
        return new RunStatus.Curvature(
                fields.has("lambdaMin") ? fields.number("lambdaMin") : Double.NaN,
                fields.has("hessianLambdaMin") ? fields.number("hessianLambdaMin") : Double.NaN,
                fields.time("at"));
    }

    private static Instant time(JsonFields fields, String name) {
        return fields.has(name) ? fields.time(name) : null;
    }

    private static JsonFields fields(String text) {
        try {
            return new JsonFields("", EventJson.MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new MalformedEvent("", "is not valid JSON: " + e.getOriginalMessage());
        }
    }
}
