package io.escapement.sensing.file;

import io.escapement.sensing.EntrySort;
import io.escapement.sensing.GrowingDoubles;
import io.escapement.sensing.GrowingInts;
import io.escapement.sensing.ObservedMatrix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Matrix Market exchange format (Boisvert, Pozo, Remington 1996): coordinate and array, real and integer, general and
 * symmetric. In coordinate format what is not listed is missing; a value of NA or NaN is missing in both. A symmetric file
 * lists one triangle; either one is accepted. One pass over the bytes, entries in growing arrays.
 *
 * <p>A little over the usual length because both formats share the size line, the cursor and its errors.
 */
final class MatrixMarketReader {

    static final String BANNER = "%%matrixmarket";

    /** Rows and columns per entry beyond which a size line is taken for a mistake, and the floor of that rule. */
    private static final long MAX_EMPTY = 100;

    private static final long ALWAYS_POSSIBLE = 1_000_000;

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
        return new MatrixFile(name, coordinate ? readCoordinate() : readArray(), Optional.empty());
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
        return (int) wholeNumber(what, 0, Integer.MAX_VALUE / 4);
    }

    private ObservedMatrix readCoordinate() throws IOException {
        GrowingInts row = new GrowingInts();
        GrowingInts column = new GrowingInts();
        GrowingDoubles values = new GrowingDoubles();
        LineIndex lines = new LineIndex();
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
            if (!Double.isNaN(value)) {
                lines.add(row.size(), at);
                row.add(symmetric ? Math.min(i, j) : i);
                column.add(symmetric ? Math.max(i, j) : j);
                values.add(value);
            }
        }
        if (listed < declared) {
            throw source.malformed(
                    source.line(),
                    0,
                    "the file ends after " + listed + " entries; line " + sizeLine + " declares " + declared);
        }
        requireEntries(values.size());
        int[] order = EntrySort.rowMajor(rows, columns, row.array(), column.array(), row.size());
        for (int p = 1; p < order.length; p++) {
            int one = order[p - 1];
            int two = order[p];
            if (row.get(one) == row.get(two) && column.get(one) == column.get(two)) {
                throw source.malformed(
                        lines.line(two),
                        1,
                        "entry (" + (row.get(two) + 1) + ", " + (column.get(two) + 1) + ")"
                                + (symmetric ? " or its mirror image" : "") + " is on line " + lines.line(one)
                                + " already; each entry may be listed once");
            }
        }
        return ObservedMatrix.ordered(rows, columns, row.array(), column.array(), values.array(), order, symmetric);
    }

    /** Column by column; of a symmetric matrix the lower triangle. */
    private ObservedMatrix readArray() throws IOException {
        GrowingInts row = new GrowingInts();
        GrowingInts column = new GrowingInts();
        GrowingDoubles values = new GrowingDoubles();
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
            if (!Double.isNaN(value)) {
                row.add(symmetric ? j : i);
                column.add(symmetric ? i : j);
                values.add(value);
            }
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
        requireEntries(values.size());
        int[] order = EntrySort.rowMajor(rows, columns, row.array(), column.array(), row.size());
        return ObservedMatrix.ordered(rows, columns, row.array(), column.array(), values.array(), order, symmetric);
    }

    private void requireEntries(int entries) throws MalformedInput {
        if (entries == 0) {
            throw source.malformed(sizeLine, 0, "no entry of the matrix has a value");
        }
        long lines = (long) rows + columns;
        if (lines > ALWAYS_POSSIBLE && lines > MAX_EMPTY * entries) {
            throw source.malformed(
                    sizeLine,
                    0,
                    rows + "×" + columns + " is declared, and " + entries
                            + " entries have values: nearly every row is empty;" + " at least one value in " + MAX_EMPTY
                            + " rows and columns is needed");
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
            field.add(source.next());
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
