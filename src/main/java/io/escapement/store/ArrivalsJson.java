package io.escapement.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.escapement.event.Arrivals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which events of another program's run have come, as a store keeps it beside them. */
public final class ArrivalsJson {

    /** Under which it is kept. */
    public static final String NAME = "arrivals";

    private ArrivalsJson() {}

    public static byte[] write(Arrivals.State state) {
        return StreamJson.text(json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("attempts");
                    for (Arrivals.OfAttempt attempt : state.attempts()) {
                        attempt(json, attempt);
                    }
                    json.writeEndArray();
                    json.writeNumberField("segment", state.segment());
                    json.writeBooleanField("placed", state.placed());
                    json.writeNumberField("missing", state.missing());
                    if (state.newest() != null) {
                        json.writeObjectFieldStart("newest");
                        EventJson.stamp(json, state.newest());
                        json.writeEndObject();
                    }
                    json.writeEndObject();
                })
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void attempt(JsonGenerator json, Arrivals.OfAttempt attempt) throws IOException {
        json.writeStartObject();
        json.writeNumberField("attempt", attempt.attempt());
        json.writeNumberField("next", attempt.next());
        json.writeArrayFieldStart("gaps");
        for (Arrivals.Gap gap : attempt.gaps()) {
            json.writeStartObject();
            json.writeNumberField("from", gap.from());
            json.writeNumberField("to", gap.to());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** @throws MalformedEvent if it is not what was written */
    public static Arrivals.State read(byte[] bytes) {
        JsonFields fields;
        try {
            fields = new JsonFields(NAME, EventJson.MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8)));
        } catch (JsonProcessingException e) {
            throw new MalformedEvent(NAME, "is not valid JSON: " + e.getOriginalMessage());
        }
        List<Arrivals.OfAttempt> attempts =
                fields.objects("attempts").stream().map(ArrivalsJson::attempt).toList();
        return new Arrivals.State(
                attempts,
                (int) fields.integer("segment", 0, Integer.MAX_VALUE),
                fields.truth("placed"),
                fields.integer("missing", 0, Long.MAX_VALUE),
                fields.has("newest") ? EventJson.stamp(fields.object("newest")) : null);
    }

    private static Arrivals.OfAttempt attempt(JsonFields fields) {
        return new Arrivals.OfAttempt(
                (int) fields.integer("attempt", 1, Integer.MAX_VALUE),
                fields.integer("next", 0, Long.MAX_VALUE),
                fields.objects("gaps").stream()
                        .map(gap -> new Arrivals.Gap(
                                gap.integer("from", 0, Long.MAX_VALUE), gap.integer("to", 1, Long.MAX_VALUE)))
                        .toList());
    }
}
