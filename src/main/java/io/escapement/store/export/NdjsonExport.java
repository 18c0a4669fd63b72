package io.escapement.store.export;

import com.fasterxml.jackson.core.JsonGenerator;
import io.escapement.store.StreamJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One JSON object a line: the header, the status, every landmark as the event it was, then the iterations, as events with
 * the fields that are kept of them; {@code bucket} says of how many iterations a line tells, and {@code first}, {@code min}
 * and {@code max} stand beside {@code values} where it is more than one.
 */
final class NdjsonExport implements RunExport {

    @Override
    public void write(RunTable table, OutputStream out) throws IOException {
        line(out, StreamJson.text(json -> {
            json.writeStartObject();
            json.writeStringField("kind", "header");
            json.writeFieldName("header");
            StreamJson.header(json, table.log().header());
            json.writeFieldName("status");
            StreamJson.status(json, table.log().status());
            json.writeEndObject();
        }));
        table.landmarks(event -> unchecked(out, event));
        String run = table.log().header().id();
        table.rows(row -> unchecked(out, StreamJson.text(json -> iteration(json, run, table, row))));
        out.flush();
    }

    private static void iteration(JsonGenerator json, String run, RunTable table, RunTable.Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("run", run);
        json.writeNumberField("iteration", row.iteration());
        json.writeNumberField("segment", row.segment());
        json.writeNumberField("elapsed", row.elapsed());
        json.writeStringField("kind", "iteration");
        values(json, "values", 0, table, row);
        if (row.bucket() > 1) {
            json.writeNumberField("bucket", row.bucket());
            values(json, "first", 1, table, row);
            values(json, "min", 2, table, row);
            values(json, "max", 3, table, row);
        }
        int x = table.figures().size() * table.perFigure();
        if (table.hasPoints() && row.numbers().get(x) != null) {
            json.writeObjectFieldStart("point");
            json.writeNumberField("x", row.numbers().get(x));
            json.writeNumberField("y", row.numbers().get(x + 1));
            json.writeNumberField("z", row.numbers().get(x + 2));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void values(JsonGenerator json, String name, int which, RunTable table, RunTable.Row row)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (int f = 0; f < table.figures().size(); f++) {
            Double number = row.numbers().get(f * table.perFigure() + which);
            if (number != null) {
                json.writeNumberField(table.figures().get(f), number);
            }
        }
        json.writeEndObject();
    }

    private static void unchecked(OutputStream out, String text) {
        try {
            line(out, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
