package io.escapement.store.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** The table as CSV (RFC 4180): a line of names, and empty where there is no number. NaN and Infinity are written so. */
final class CsvExport implements RunExport {

    @Override
    public void write(RunTable table, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        String separator = "";
        for (String name : table.columns()) {
            writer.write(separator + quoted(name));
            separator = ",";
        }
        writer.write("\r\n");
        table.rows(row -> {
            try {
                writer.write(row.iteration() + "," + row.bucket() + "," + row.segment() + "," + row.elapsed());
                for (Double number : row.numbers()) {
                    writer.write(number == null ? "," : "," + number);
                }
                writer.write("\r\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.flush();
    }

    private static String quoted(String name) {
        boolean plain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
