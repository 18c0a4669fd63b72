package io.escapement.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.escapement.event.Point3;
import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Headers, statuses, columns and summaries as JSON: the parts that answers over HTTP and frames are put together from. */
public final class StreamJson {

    /** Version of the header and the events, sent once in the header. */
    public static final int SCHEMA = 1;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    private StreamJson() {}

    /** Writes to a JSON generator. */
    @FunctionalInterface
    public interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    /** What the writer writes, as text. */
    public static String text(Writer writer) {
        StringWriter text = new StringWriter(1024);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            writer.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter failed", e);
        }
        return text.toString();
    }

    public static void header(JsonGenerator json, RunHeader header) throws IOException {
        json.writeStartObject();
        identity(json, header);
        json.writeNumberField("seed", header.seed());
        json.writeStringField("command", header.command());
        json.writeObjectFieldStart("settings");
        for (Map.Entry<String, String> setting : header.settings().entrySet()) {
            json.writeStringField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("figures");
        for (String figure : header.figures()) {
            json.writeString(figure);
        }
        json.writeEndArray();
        labels(json, header);
        if (!Double.isNaN(header.gradientBound())) {
            json.writeNumberField("gradientBound", header.gradientBound());
        }
        if (header.projection().isPresent()) {
            json.writeFieldName("axes");
            axes(json, header.projection().get());
        }
        json.writeNumberField("schema", SCHEMA);
        json.writeEndObject();
    }

    private static void identity(JsonGenerator json, RunHeader header) throws IOException {
        json.writeStringField("id", header.id());
        json.writeStringField("name", header.name());
        json.writeStringField("problem", header.problem());
        json.writeStringField("solver", header.solver());
        json.writeStringField("escape", header.escape());
        json.writeStringField("started", header.started().toString());
    }

    private static void labels(JsonGenerator json, RunHeader header) throws IOException {
        if (!header.tags().isEmpty()) {
            json.writeArrayFieldStart("tags");
            for (String tag : header.tags()) {
                json.writeString(tag);
            }
            json.writeEndArray();
        }
        if (!header.note().isEmpty()) {
            json.writeStringField("note", header.note());
        }
    }

    private static void axes(JsonGenerator json, RunHeader.Axes axes) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("labels");
        for (String label : axes.labels()) {
            json.writeString(label);
        }
        json.writeEndArray();
        json.writeStringField("kind", axes.kind());
        json.writeArrayFieldStart("truths");
        for (Point3 truth : axes.truths()) {
            EventJson.write(json, truth);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    public static void status(JsonGenerator json, RunStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("state", status.state().label());
        json.writeStringField("phase", status.phase().label());
        json.writeStringField("title", status.title());
        json.writeStringField("sentence", status.sentence());
        if (status.verdict() != null) {
            json.writeStringField("verdict", status.verdict());
        }
        json.writeNumberField("iteration", status.iteration());
        json.writeNumberField("segment", status.segment());
        json.writeNumberField("escapes", status.escapes());
        json.writeNumberField("elapsed", status.elapsedSeconds());
        known(json, "iterationsPerSecond", status.iterationsPerSecond());
        json.writeObjectFieldStart("values");
        for (Map.Entry<String, Double> value : status.values().entrySet()) {
            json.writeNumberField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
        if (status.lastEvent() != null) {
            json.writeStringField("lastEvent", status.lastEvent().toString());
        }
        if (status.lastImprovement() != null) {
            json.writeStringField("lastImprovement", status.lastImprovement().toString());
        }
        json.writeBooleanField("ended", status.ended());
        json.writeNumberField("attempt", status.attempt());
        if (status.curvature() != null) {
            json.writeObjectFieldStart("curvature");
            known(json, "lambdaMin", status.curvature().lambdaMin());
            known(json, "hessianLambdaMin", status.curvature().hessianLambdaMin());
            json.writeStringField("at", status.curvature().at().toString());
            json.writeEndObject();
        }
        attempts(json, status);
        json.writeEndObject();
    }

    private static void attempts(JsonGenerator json, RunStatus status) throws IOException {
        if (!status.attempts().isEmpty()) {
            json.writeArrayFieldStart("attempts");
            for (Attempt attempt : status.attempts()) {
                json.writeStartObject();
                json.writeNumberField("attempt", attempt.number());
                json.writeNumberField("iteration", attempt.iteration());
                json.writeNumberField("of", attempt.of());
                json.writeNumberField("seq", attempt.seq());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (status.checkpoint() != null) {
            json.writeObjectFieldStart("checkpoint");
            json.writeNumberField("iteration", status.checkpoint().iteration());
            json.writeStringField("time", status.checkpoint().time().toString());
            json.writeEndObject();
        }
    }

    private static void known(JsonGenerator json, String name, double value) throws IOException {
        if (!Double.isNaN(value)) {
            json.writeNumberField(name, value);
        }
    }

    public static void summary(JsonGenerator json, Listed log) throws IOException {
        json.writeStartObject();
        identity(json, log.header());
        labels(json, log.header());
        String size = log.header().settings().get("n");
        if (size != null && !size.isBlank()) {
            json.writeStringField("n", size);
        }
        json.writeFieldName("status");
        status(json, log.status());
        SparkLine spark = log.spark(Spark.POINTS);
        if (!spark.points().isEmpty()) {
            json.writeStringField("sparkOf", spark.figure());
        }
        json.writeArrayFieldStart("spark");
        for (double value : spark.points()) {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
        List<Integer> escapes = log.sparkEscapes(Spark.POINTS);
        if (!escapes.isEmpty()) {
            json.writeArrayFieldStart("sparkEscapes");
            for (int position : escapes) {
                json.writeNumber(position);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    public static void events(JsonGenerator json, String run, List<RunEvent> events) throws IOException {
        json.writeStartArray();
        for (RunEvent event : events) {
            EventJson.write(json, run, event);
        }
        json.writeEndArray();
    }

    /** One array per column, all of the same length; null where a bucket has no such number. */
    public static void columns(JsonGenerator json, Columns columns) throws IOException {
        SeriesTable table = columns.table;
        json.writeStartObject();
        json.writeFieldName("bucket");
        json.writeArray(table.bucket, 0, table.rows);
        json.writeFieldName("iteration");
        json.writeArray(table.iteration, 0, table.rows);
        json.writeFieldName("segment");
        json.writeArray(table.segment, 0, table.rows);
        json.writeFieldName("elapsed");
        json.writeArray(table.elapsed, 0, table.rows);
        json.writeObjectFieldStart("series");
        for (int i = 0; i < table.lines.length; i++) {
            SeriesLine line = table.lines[i];
            json.writeObjectFieldStart(line.name);
            if (line.first != null) {
                numbers(json, "first", table, i, line.first);
                numbers(json, "min", table, i, line.min);
                numbers(json, "max", table, i, line.max);
            }
            numbers(json, "last", table, i, line.last);
            if (line.nonFinite != null) {
                nonFinite(json, table, i, line.nonFinite);
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        if (table.points != null) {
            json.writeObjectFieldStart("point");
            coordinates(json, "x", table, table.points.x);
            coordinates(json, "y", table, table.points.y);
            coordinates(json, "z", table, table.points.z);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void numbers(JsonGenerator json, String name, SeriesTable table, int line, double[] column)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (int r = 0; r < table.rows; r++) {
            if (table.has(line, r)) {
                json.writeNumber(column[r]);
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }

    private static void nonFinite(JsonGenerator json, SeriesTable table, int line, int[] counts) throws IOException {
        boolean any = false;
        for (int r = 0; r < table.rows; r++) {
            any |= table.has(line, r) && counts[r] > 0;
        }
        if (!any) {
            return;
        }
        json.writeArrayFieldStart("nonFinite");
        for (int r = 0; r < table.rows; r++) {
            json.writeNumber(table.has(line, r) ? counts[r] : 0);
        }
        json.writeEndArray();
    }

    private static void coordinates(JsonGenerator json, String name, SeriesTable table, double[] column)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (int r = 0; r < table.rows; r++) {
            if (table.hasPoint(r)) {
                json.writeNumber(column[r]);
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }
}
