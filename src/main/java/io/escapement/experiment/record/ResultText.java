package io.escapement.experiment.record;

import io.escapement.event.Figures;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Estimate;
import io.escapement.experiment.Figure;
import java.util.ArrayList;
import java.util.List;

/** A result for people: its table, further tables, and the notes. Plain text without colours. */
public final class ResultText {

    private static final int WIDTH = 110;

    private ResultText() {}

    public static String of(ResultDocument document) {
        StringBuilder text = new StringBuilder();
        text.append(document.title()).append(" (").append(document.source()).append(")\n");
        text.append("seed ")
                .append(document.seed())
                .append(", ")
                .append(document.trials())
                .append(document.trials() == 1 ? " trial" : " trials")
                .append(" in each of ")
                .append(document.cells().size())
                .append(document.cells().size() == 1 ? " cell" : " cells")
                .append(document.quick() ? ", quick version" : "")
                .append("\n\n");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "ours", "95 % interval", "paper", "ours must reach", ""));
        for (Comparison line : document.comparisons()) {
            rows.add(List.of(
                    line.what(),
                    line.ours().value() == null
                            ? "not known"
                            : Figures.of(line.ours().value()),
                    interval(line.ours()),
                    line.paper() == null ? "" : line.paper(),
                    line.required() == null ? "" : line.required(),
                    line.met() == null ? "" : line.met() ? "met" : "MISSED"));
        }
        text.append(table(rows));
        for (Figure figure : document.figures()) {
            if (figure instanceof Figure.Table table) {
                text.append('\n').append(table.title()).append('\n').append(table(rows(table)));
            }
        }
        for (String note : document.notes()) {
            text.append('\n').append(wrapped(note));
        }
        return text.toString();
    }

    /** One table for all: of each the line that was missed, or else the first that ours must reach, or else the first. */
    public static String summary(List<ResultDocument> documents) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("experiment", "what", "paper", "ours", "must reach", "verdict"));
        for (ResultDocument document : documents) {
            Headline headline = Headline.of(document);
            Comparison line = headline.line();
            rows.add(List.of(
                    document.experiment(),
                    line == null ? "" : line.what(),
                    line == null || line.paper() == null ? "" : line.paper(),
                    line == null || line.ours().value() == null
                            ? ""
                            : Figures.of(line.ours().value()),
                    line == null || line.required() == null ? "" : line.required(),
                    headline.verdict()));
        }
        return table(rows);
    }

    private static String interval(Estimate ours) {
        return ours.low() == null ? "" : Figures.of(round(ours.low())) + " to " + Figures.of(round(ours.high()));
    }

    /** To three decimals: more would be noise in an interval. */
    private static double round(double value) {
        return Math.rint(value * 1000) / 1000;
    }

    private static List<List<String>> rows(Figure.Table table) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(table.columns());
        for (List<Object> row : table.rows()) {
            rows.add(row.stream()
                    .map(cell -> cell == null
                            ? "–"
                            : cell instanceof Number number ? Figures.of(number.doubleValue()) : cell.toString())
                    .toList());
        }
        return rows;
    }

    /** Columns of equal width, two spaces apart, with a line under the first row. */
    private static String table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], width(row.get(c)));
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String cell = rows.get(r).get(c);
                line.append(cell).append(" ".repeat(widths[c] - width(cell) + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
            if (r == 0) {
                int all = 0;
                for (int width : widths) {
                    all += width + 2;
                }
                text.append("-".repeat(all - 2)).append('\n');
            }
        }
        return text.toString();
    }

    /** Characters that take a place of their own. */
    private static int width(String text) {
        return (int) text.codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .count();
    }

    private static String wrapped(String sentence) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String word : sentence.split(" ", -1)) {
            if (column > 0 && column + 1 + width(word) > WIDTH) {
                text.append('\n');
                column = 0;
            }
            if (column > 0) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += width(word);
        }
        return text.append('\n').toString();
    }
}
