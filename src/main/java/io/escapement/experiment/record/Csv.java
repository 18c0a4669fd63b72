package io.escapement.experiment.record;

import io.escapement.experiment.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** RFC 4180, with a line feed at the end of a row. */
final class Csv {

    private Csv() {}

    static String comparisons(List<Comparison> lines) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("what", "ours", "low", "high", "paper", "required", "met"));
        for (Comparison line : lines) {
            rows.add(List.of(
                    line.what(),
                    orEmpty(line.ours().value()),
                    orEmpty(line.ours().low()),
                    orEmpty(line.ours().high()),
                    orEmpty(line.paper()),
                    orEmpty(line.required()),
                    orEmpty(line.met())));
        }
        return text(rows);
    }

    static String orEmpty(Object value) {
        return value == null ? "" : value.toString();
    }

    static String text(List<List<String>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(Csv::quoted).collect(Collectors.joining(",")) + "\n")
                .collect(Collectors.joining());
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
