package io.escapement.store.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** A way to write a run into a file. */
public interface RunExport {

    /** May also throw {@link java.io.UncheckedIOException}, where a row could not be written. */
    void write(RunTable table, OutputStream out) throws IOException;

    /** Names of the formats there are. */
    List<String> FORMATS = List.of("csv", "ndjson", "parquet");

    /** Empty if there is no such format. */
    static Optional<RunExport> of(String format) {
        return switch (format) {
            case "csv" -> Optional.of(new CsvExport());
            case "ndjson" -> Optional.of(new NdjsonExport());
            case "parquet" -> Optional.of(new ParquetExport());
            default -> Optional.empty();
        };
    }
}
