package io.escapement.sensing.file;

import io.escapement.sensing.EntryPattern;
import io.escapement.sensing.GrowingDoubles;
import io.escapement.sensing.GrowingInts;
import io.escapement.sensing.ObservedMatrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A matrix from CSV: a row of the matrix on each line, missing entries empty, NA or NaN. One pass, entries kept in growing
 * arrays; strings are made for labels only.
 */
final class CsvReader {

    /** Beyond it a row of cells takes more memory than the entries of a coordinate format. */
    static final int MOST_COLUMNS = 1 << 20;

    private final TextSource source;
    private final CsvCells cells;
    private final char delimiter;
    private final CsvLayout.Expected expected;

    private final GrowingInts rowStart = new GrowingInts();
    private final GrowingInts column = new GrowingInts();
    private final GrowingDoubles values = new GrowingDoubles();
    private final List<String> rowLabels = new ArrayList<>();
    private final List<String> columnLabels = new ArrayList<>();
    private CsvLayout layout;
    private int width;
    private long firstLine;

    CsvReader(TextSource source, char delimiter, CsvLayout.Expected expected) {
        this.source = source;
        this.cells = new CsvCells(source, delimiter);
        this.delimiter = delimiter;
        this.expected = expected;
    }

    MatrixFile read(String name) throws IOException {
        readFirstTwo();
        long blankLine = 0;
        while (cells.next()) {
            if (cells.isBlankLine()) {
                blankLine = blankLine == 0 ? cells.line() : blankLine;
                continue;
            }
            if (blankLine != 0) {
                throw source.malformed(
                        blankLine, 0, "the line is empty, and others follow; " + width + " cells are needed");
            }
            rowStart.add(column.size());
            take(cells.field(), cells.line(), 1);
            while (!cells.lastOfRecord()) {
                requireNext();
                take(cells.field(), cells.line(), cells.column());
            }
            requireWidth(cells.column(), cells.line());
        }
        return finish(name);
    }

    private void readFirstTwo() throws IOException {
        List<Field> first = new ArrayList<>();
        firstLine = record(first);
        if (first.isEmpty()) {
            throw source.malformed(1, 0, "the file is empty; " + FileFormat.KNOWN + " is needed");
        }
        width = first.size();
        List<Field> second = new ArrayList<>();
        long secondLine = record(second);
        if (second.isEmpty()) {
            throw source.malformed(
                    firstLine, 0, "this is the only row; a matrix of at least 2 rows and 2 columns is needed");
        }
        requireWidth(second.size(), secondLine);
        Field corner = first.get(0);
        layout = CsvLayout.detect(
                delimiter, first, second, expected, source.decode(corner.bytes(), corner.length(), firstLine, 1));
        if (layout.header()) {
            for (int j = layout.rowLabels() ? 1 : 0; j < width; j++) {
                Field cell = first.get(j);
                columnLabels.add(source.decode(cell.bytes(), cell.length(), firstLine, j + 1));
            }
        } else {
            takeAll(first, firstLine);
        }
        takeAll(second, secondLine);
    }

    /** Reads a record; the line it begins on. Leaves {@code into} empty at the end of the text or of its filled part. */
    private long record(List<Field> into) throws IOException {
        if (!cells.next()) {
            return 0;
        }
        long line = cells.line();
        if (cells.isBlankLine()) {
            while (cells.next()) {
                if (!cells.isBlankLine()) {
                    throw source.malformed(line, 0, "the line is empty, and others follow; remove it");
                }
            }
            return 0;
        }
        into.add(cells.field().copy());
        while (!cells.lastOfRecord()) {
            requireNext();
            if (into.size() == MOST_COLUMNS) {
                throw source.malformed(
                        line,
                        into.size() + 1,
                        "the row has more than " + MOST_COLUMNS + " cells; Matrix Market's coordinate format or NDJSON"
                                + " suits a matrix so wide");
            }
            into.add(cells.field().copy());
        }
        return line;
    }

    private void requireNext() throws IOException {
        if (!cells.next()) {
            throw new IllegalStateException("a record ended without its last cell");
        }
    }

    private void takeAll(List<Field> record, long line) throws IOException {
        rowStart.add(column.size());
        for (int j = 0; j < record.size(); j++) {
            take(record.get(j), line, j + 1);
        }
    }

    private void take(Field cell, long line, int number) throws IOException {
        if (number > width) {
            return; // counted on; requireWidth names the difference at the end of the record
        }
        if (number == 1 && layout.rowLabels()) {
            rowLabels.add(source.decode(cell.bytes(), cell.length(), line, number));
            return;
        }
        if (cell.isMissing()) {
            return;
        }
        double value = cell.number();
        if (!Double.isFinite(value)) {
            throw source.malformed(line, number, notANumber(cell, value, line));
        }
        column.add(number - (layout.rowLabels() ? 2 : 1));
        values.add(value);
    }

    private String notANumber(Field cell, double value, long line) {
        String hint = Double.isInfinite(value)
                ? " is too large a number; at most 1.8e308 is possible"
                : " is not a number; a number with a decimal point is needed, or nothing, NA or NaN where the value is"
                        + " missing";
        return cell.quoted()
                + hint
                + (line == firstLine && !layout.header() ? " (if this row holds column names, say so)" : "");
    }

    private void requireWidth(int found, long line) throws MalformedInput {
        if (found != width) {
            throw source.malformed(
                    line,
                    Math.min(found, width) + 1,
                    "the row has " + found + (found == 1 ? " cell" : " cells") + "; line " + firstLine + " has " + width
                            + ", and all rows must have as many (the delimiter is " + shown(delimiter) + ")");
        }
    }

    static String shown(char delimiter) {
        return delimiter == '\t' ? "a tab" : delimiter == ';' ? "a semicolon" : "a comma";
    }

    private MatrixFile finish(String name) throws MalformedInput {
        int rows = rowStart.size();
        int columns = width - (layout.rowLabels() ? 1 : 0);
        if (rows < 2 || columns < 2) {
            throw source.malformed(
                    firstLine,
                    0,
                    "the matrix has " + rows + (rows == 1 ? " row" : " rows") + " and " + columns
                            + (columns == 1 ? " column" : " columns")
                            + "; at least 2 of each are needed (the delimiter is "
                            + shown(delimiter)
                            + (layout.header() ? ", and the first row was taken for column names" : "")
                            + ")");
        }
        if (column.size() == 0) {
            throw source.malformed(firstLine, 0, "no entry of the matrix has a value; all are missing");
        }
        rowStart.add(column.size());
        ObservedMatrix matrix = new ObservedMatrix(
                new EntryPattern(columns, rowStart.toArray(), column.toArray()),
                values.toArray(),
                false,
                rowLabels,
                columnLabels);
        return new MatrixFile(name, FileFormat.CSV, matrix, java.util.Optional.of(layout));
    }
}
