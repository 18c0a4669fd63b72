package io.escapement.store.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A way to write a run into a file. */
public interface RunExport {

    /** May also throw {@link java.io.UncheckedIOException}, where a row could not be written. */
    void write(RunTable table, OutputStream out) throws IOException;

    /** The formats there are. */
    enum Format {
        CSV("csv", new CsvExport()),
        NDJSON("ndjson", new NdjsonExport()),
        PARQUET("parquet", new ParquetExport());

        private final String label;
        private final RunExport export;

        Format(String label, RunExport export) {
            this.label = label;
            this.export = export;
        }

        public RunExport export() {
            return export;
        }

        public static Optional<Format> of(String label) {
            return Arrays.stream(values())
                    .filter(format -> format.label.equals(label))
                    .findFirst();
        }

        public static List<String> labels() {
            return Arrays.stream(values()).map(format -> format.label).toList();
        }
    }
}
