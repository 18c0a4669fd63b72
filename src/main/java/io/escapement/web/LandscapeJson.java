package io.escapement.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.escapement.store.StreamJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Pictures of planes as JSON. The grid is base64 of doubles, lowest byte first, as a JavaScript Float64Array reads them, or an array; the
 * figures of a path are columns.
 */
public final class LandscapeJson {

    private LandscapeJson() {}

    /** @param arrays the grid as an array, not as base64 */
    public static String of(LandscapeDesk.Picture picture, boolean arrays) {
        return StreamJson.text(json -> {
            json.writeStartObject();
            if (picture.note() != null) {
                json.writeStringField("note", picture.note());
            }
            json.writeBooleanField("live", picture.live());
            if (picture.basis() != null) {
                json.writeFieldName("basis");
                basis(json, picture.basis());
            }
            json.writeArrayFieldStart("bases");
            for (LandscapeDesk.Choice choice : picture.bases()) {
                json.writeStartObject();
                json.writeStringField("name", choice.name());
                json.writeStringField("title", choice.title());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (picture.grid() != null) {
                json.writeFieldName("grid");
                grid(json, picture.grid(), arrays);
            }
            json.writeArrayFieldStart("paths");
            for (LandscapeDesk.Path path : picture.paths()) {
                path(json, path);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("marks");
            for (LandscapeDesk.Mark mark : picture.marks()) {
                mark(json, mark);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void basis(JsonGenerator json, LandscapeDesk.Basis basis) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", basis.name());
        json.writeStringField("title", basis.title());
        json.writeNumberField("version", basis.version());
        json.writeNumberField("newest", basis.newest());
        json.writeArrayFieldStart("labels");
        for (String label : basis.labels()) {
            json.writeString(label);
        }
        json.writeEndArray();
        numbers(json, "explained", basis.explained());
        numbers(json, "window", basis.window());
        json.writeEndObject();
    }

    private static void grid(JsonGenerator json, LandscapeDesk.Grid grid, boolean arrays) throws IOException {
        json.writeStartObject();
        json.writeNumberField("size", grid.size());
        json.writeStringField("method", grid.method());
        if (!grid.squares().isEmpty()) {
            numbers(json, "squares", grid.squares());
        }
        if (arrays) {
            json.writeArrayFieldStart("values");
            for (double value : grid.values()) {
                json.writeNumber(value);
            }
            json.writeEndArray();
        } else {
            ByteBuffer bytes =
                    ByteBuffer.allocate(Double.BYTES * grid.values().length).order(ByteOrder.LITTLE_ENDIAN);
            for (double value : grid.values()) {
                bytes.putDouble(value);
            }
            json.writeStringField("encoding", "base64-float64-le");
            json.writeStringField("values", Base64.getEncoder().encodeToString(bytes.array()));
        }
        json.writeEndObject();
    }

    private static void path(JsonGenerator json, LandscapeDesk.Path path) throws IOException {
        json.writeStartObject();
        json.writeStringField("run", path.run());
        json.writeStringField("name", path.name());
        json.writeBooleanField("thinned", path.thinned());
        List<LandscapeDesk.Point> points = path.points();
        json.writeArrayFieldStart("iteration");
        for (LandscapeDesk.Point point : points) {
            json.writeNumber(point.iteration());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("segment");
        for (LandscapeDesk.Point point : points) {
            json.writeNumber(point.segment());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("trial");
        for (LandscapeDesk.Point point : points) {
            json.writeNumber(point.trial());
        }
        json.writeEndArray();
        column(json, "alpha", points, LandscapeDesk.Point::alpha);
        column(json, "beta", points, LandscapeDesk.Point::beta);
        column(json, "off", points, LandscapeDesk.Point::off);
        column(json, "loss", points, LandscapeDesk.Point::loss);
        column(json, "planeLoss", points, LandscapeDesk.Point::plane);
        json.writeArrayFieldStart("jumps");
        for (LandscapeDesk.Jump jump : path.jumps()) {
            json.writeStartObject();
            json.writeNumberField("number", jump.number());
            json.writeNumberField("from", jump.from());
            json.writeNumberField("to", jump.to());
            json.writeStringField("mechanism", jump.mechanism());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void mark(JsonGenerator json, LandscapeDesk.Mark mark) throws IOException {
        json.writeStartObject();
        json.writeStringField("run", mark.run());
        json.writeStringField("kind", mark.kind());
        json.writeStringField("label", mark.label());
        if (mark.iteration() >= 0) {
            json.writeNumberField("iteration", mark.iteration());
        }
        if (mark.verdict() != null) {
            json.writeStringField("verdict", mark.verdict());
        }
        json.writeNumberField("alpha", mark.alpha());
        json.writeNumberField("beta", mark.beta());
        json.writeNumberField("off", mark.off());
        json.writeNumberField("loss", mark.loss());
        json.writeNumberField("planeLoss", mark.plane());
        json.writeEndObject();
    }

    private static void column(
            JsonGenerator json, String name, List<LandscapeDesk.Point> points, ToDoubleFunction<LandscapeDesk.Point> of)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (LandscapeDesk.Point point : points) {
            json.writeNumber(of.applyAsDouble(point));
        }
        json.writeEndArray();
    }

    private static void numbers(JsonGenerator json, String name, List<Double> numbers) throws IOException {
        json.writeArrayFieldStart(name);
        for (double number : numbers) {
            json.writeNumber(number);
        }
        json.writeEndArray();
    }
}
