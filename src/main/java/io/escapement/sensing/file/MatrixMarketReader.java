package io.escapement.sensing.file;

import io.escapement.sensing.ObservedMatrix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Matrix Market exchange format (Boisvert, Pozo, Remington 1996): coordinate and array, real and integer, general and
 * symmetric. In coordinate format what is not listed is missing; a value of NA or NaN is missing in both. A symmetric file
 * lists one triangle; either one is accepted. One pass over the bytes, entries in growing arrays.
 */
final class MatrixMarketReader {

    static final String BANNER = "%%matrixmarket";

    private final TextSource source;
    private final Field field = new Field();
    private boolean coordinate;
    private boolean integer;
    private boolean symmetric;
    private int rows;
    private int columns;
    private long declared;
    private long sizeLine;
    /** The line and number of the current field. */
    private long line;

    private int number;

    MatrixMarketReader(TextSource source) {
        this.source = source;
    }

    MatrixFile read(String name) throws IOException {
        readBanner();
        readSize();
        return new MatrixFile(
                name, FileFormat.MATRIX_MARKET, coordinate ? readCoordinate() : readArray(), Optional.empty());
    }

    private void readBanner() throws IOException {
        String[] words = new String[5];
        for (int w = 0; w < 5; w++) {
            if (!nextOnLine()) {
                throw source.malformed(
                        source.line(),
                        w + 1,
                        "the header ends here; %%MatrixMarket matrix coordinate|array real|integer general|symmetric is"
                                + " needed");
            }
            words[w] = new String(field.bytes(), 0, field.length(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        }
        requireWord(1, words[0], BANNER);
        requireWord(2, words[1], "matrix");
        requireWord(3, words[2], "coordinate", "array");
        if (words[3].equals("pattern")) {
            throw source.malformed(
                    1, 4, "a pattern says which entries exist and not their values; real or integer is needed");
        }
        requireWord(4, words[3], "real", "double", "integer");
        requireWord(5, words[4], "general", "symmetric");
        requireEndOfLine(5);
        coordinate = words[2].equals("coordinate");
        integer = words[3].equals("integer");
        symmetric = words[4].equals("symmetric");
    }

    private void requireWord(int column, String word, String... valid) throws MalformedInput {
        for (String each : valid) {
            if (word.equals(each)) {
                return;
            }
        }
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        throw source.malformed(
                1,
                column,
                TextSource.quote(bytes, bytes.length) + " is not supported; " + String.join(" or ", valid) + " is");
    }

    private void readSize() throws IOException {
        skipCommentsAndBlankLines();
        sizeLine = source.line();
        rows = size("the number of rows");
        columns = size("the number of columns");
        if (coordinate) {
            declared = wholeNumber("the number of entries", 0, Integer.MAX_VALUE - 8L);
        } else {
            long cells = symmetric ? (long) rows * (rows + 1) / 2 : (long) rows * columns;
            if (cells > Integer.MAX_VALUE - 8L) {
                throw source.malformed(sizeLine, 0, rows + "×" + columns + " is too large for the array format");
            }
            declared = cells;
        }
        requireEndOfLine(coordinate ? 3 : 2);
        if (rows < 2 || columns < 2) {
            throw source.malformed(
                    sizeLine,
                    0,
                    "the matrix is " + rows + "×" + columns + "; at least 2 rows and 2 columns are needed");
        }
        if (symmetric && rows != columns) {
            throw source.malformed(
                    sizeLine, 0, "the matrix is " + rows + "×" + columns + " and symmetric; it must be square");
        }
    }

    private int size(String what) throws IOException {
        return (int) wholeNumber(what, 0, EntryList.LARGEST_INDEX);
    }

    private ObservedMatrix readCoordinate() throws IOException {
        EntryList entries = new EntryList(symmetric, 1);
        long listed = 0;
        while (skipCommentsAndBlankLines()) {
            if (listed == declared) {
                throw source.malformed(
                        source.line(),
                        1,
                        "line " + sizeLine + " declares " + declared + " entries, and this is one more");
            }
            int i = (int) wholeNumber("the row", 1, rows) - 1;
            int j = (int) wholeNumber("the column", 1, columns) - 1;
            double value = value();
            long at = line;
            requireEndOfLine(3);
            listed++;
            entries.add(i, j, value, at);
        }
        if (listed < declared) {
            throw source.malformed(
                    source.line(),
                    0,
                    "the file ends after " + listed + " entries; line " + sizeLine + " declares " + declared);
        }
        requireEntries(entries.size());
        return entries.matrix(source, rows, columns);
    }

    /** Column by column; of a symmetric matrix the lower triangle. */
    private ObservedMatrix readArray() throws IOException {
        EntryList entries = new EntryList(symmetric, 1);
        int i = 0;
        int j = 0;
        for (long listed = 0; listed < declared; listed++) {
            if (!nextOnLine()) {
                if (!skipCommentsAndBlankLines()) {
                    throw source.malformed(
                            source.line(),
                            0,
                            "the file ends after " + listed + " values; " + declared + " are needed for the " + rows
                                    + "×" + columns + " matrix of line " + sizeLine);
                }
                number = 0;
                nextOnLine();
            }
            double value = parsed();
            entries.add(i, j, value);
            if (++i == rows) {
                j++;
                i = symmetric ? j : 0;
            }
        }
        if (nextOnLine() || skipCommentsAndBlankLines()) {
            throw source.malformed(
                    source.line(),
                    1,
                    "more follows after the " + declared + " values that line " + sizeLine + " declares");
        }
        requireEntries(entries.size());
        return entries.matrix(rows, columns);
    }

    private void requireEntries(int entries) throws MalformedInput {
        if (entries == 0) {
            throw source.malformed(sizeLine, 0, "no entry of the matrix has a value");
        }
        if (EntryList.nearlyEmpty(rows, columns, entries)) {
            throw source.malformed(
                    sizeLine,
                    0,
                    rows + "×" + columns + " is declared, and " + entries + " entries have values: nearly every row is"
                            + " empty; at least one value in " + EntryList.MOST_EMPTY + " rows and columns is needed");
        }
    }

    private double value() throws IOException {
        if (!nextOnLine()) {
            throw source.malformed(source.line(), number + 1, "the value is missing; row, column and value are needed");
        }
        return parsed();
    }

    /** The current field as a value; NaN if missing. */
    private double parsed() throws MalformedInput {
        if (field.isMissing()) {
            return Double.NaN;
        }
        double value = field.number();
        if (!Double.isFinite(value) || (integer && value != Math.rint(value))) {
            throw source.malformed(
                    line,
                    number,
                    field.quoted()
                            + (Double.isInfinite(value)
                                    ? " is too large a number; at most 1.8e308 is possible"
                                    : integer
                                            ? " is not an integer, as the header declares; an integer, NA or NaN is needed"
                                            : " is not a number; a number with a decimal point, NA or NaN is needed"));
        }
        return value;
    }

    private long wholeNumber(String what, long from, long to) throws IOException {
        if (!nextOnLine()) {
            throw source.malformed(
                    source.line(),
                    number + 1,
                    what + " is missing; a whole number from " + from + " to " + to + " is needed");
        }
        double value = field.number();
        if (!(value >= from && value <= to) || value != Math.rint(value)) {
            throw source.malformed(
                    line,
                    number,
                    what + " is " + field.quoted() + "; a whole number from " + from + " to " + to + " is needed");
        }
        return (long) value;
    }

    /** Reads the next field of the current line; false if there is none. Stays on the line. */
    private boolean nextOnLine() throws IOException {
        int c = source.peek();
        while (c == ' ' || c == '\t') {
            source.next();
            c = source.peek();
        }
        if (c == '\n' || c == TextSource.END) {
            return false;
        }
        field.clear();
        line = source.line();
        number++;
        while (c != ' ' && c != '\t' && c != '\n' && c != TextSource.END) {
            if (!field.add(source.next())) {
                throw source.malformed(
                        line,
                        number,
                        field.quoted() + " is longer than " + Field.LONGEST + " bytes; a number is needed");
            }
            c = source.peek();
        }
        return true;
    }

    private void requireEndOfLine(int fields) throws IOException {
        if (nextOnLine()) {
            throw source.malformed(
                    line, number, field.quoted() + " is one field too many; " + fields + " are needed on this line");
        }
        source.next();
        number = 0;
    }

    /** Goes to the next line with content; false at the end of the file. */
    private boolean skipCommentsAndBlankLines() throws IOException {
        while (true) {
            int c = source.peek();
            if (c == TextSource.END) {
                return false;
            }
            if (c == '%') {
                while (c != '\n' && c != TextSource.END) {
                    source.next();
                    c = source.peek();
                }
            } else if (c != '\n' && c != ' ' && c != '\t') {
                number = 0;
                return true;
            } else {
                source.next();
            }
        }
    }
}
