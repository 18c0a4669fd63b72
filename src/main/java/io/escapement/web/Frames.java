package io.escapement.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.escapement.event.RunHeader;
import io.escapement.store.Change;
import io.escapement.store.RunLog;
import io.escapement.store.StreamJson;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The server's side of the live protocol, as text. */
final class Frames {

    private final String epoch;

    Frames(String epoch) {
        this.epoch = epoch;
    }

    String epoch() {
        return epoch;
    }

    /**
     * A snapshot or delta.
     *
     * @param seq position of a client that has it
     * @param arrived when the event of it that waited longest was appended, by {@link System#nanoTime}; 0 if not known
     */
    record Frame(String text, long seq, long conflated, boolean whole, long arrived) {}

    Frame change(RunLog log, long from, long to) {
        Change change = log.since(from, to);
        return new Frame(
                StreamJson.text(json -> change(json, log.header(), change)),
                change.seq(),
                change.conflated(),
                change.whole(),
                change.arrived());
    }

    private void change(JsonGenerator json, RunHeader header, Change change) throws IOException {
        json.writeStartObject();
        json.writeStringField("op", change.whole() ? "snapshot" : "delta");
        json.writeStringField("run", header.id());
        json.writeStringField("epoch", epoch);
        json.writeNumberField("seq", change.seq());
        if (change.whole()) {
            json.writeFieldName("header");
            StreamJson.header(json, header);
        }
        if (change.conflated() > 0) {
            json.writeNumberField("conflated", change.conflated());
        }
        json.writeFieldName("status");
        StreamJson.status(json, change.status());
        json.writeNumberField("level", change.columns().level());
        json.writeFieldName("columns");
        StreamJson.columns(json, change.columns());
        json.writeFieldName("landmarks");
        StreamJson.events(json, header.id(), change.landmarks());
        if (change.landmarksDropped() > 0) {
            json.writeNumberField("landmarksDropped", change.landmarksDropped());
        }
        json.writeEndObject();
    }

    String hello(String version) {
        return StreamJson.text(json -> {
            json.writeStartObject();
            json.writeStringField("op", "hello");
            json.writeStringField("epoch", epoch);
            json.writeStringField("version", version);
            json.writeEndObject();
        });
    }

    /** @param run that the error is about, or null */
    static String error(String run, String detail) {
        return StreamJson.text(json -> {
            json.writeStartObject();
            json.writeStringField("op", "error");
            if (run != null) {
                json.writeStringField("run", run);
            }
            json.writeStringField("detail", detail);
            json.writeEndObject();
        });
    }

    static String ping(Instant now) {
        return "{\"op\":\"ping\",\"time\":\"" + now.truncatedTo(ChronoUnit.MILLIS) + "\"}";
    }
}
