package io.escapement.sensing.file;

import io.escapement.sensing.ObservedMatrix;
import io.escapement.sensing.data.CompletedMatrix;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * Writes a completed matrix in the format it came in. CSV: every cell, known values as they were given (as numbers: 3.50
 * becomes 3.5), missing ones filled, delimiter, column names and row labels kept. A NumPy array: a float64 array. Matrix Market
 * and NDJSON: Matrix Market's array format, or, where
 * there are more than {@code cellLimit} cells, the two factors as an array file each. Predictions have seven significant
 * digits, factors all of theirs. Written row by row into a file beside the target, which it replaces once it is complete.
 */
public final class CompletedMatrixWriter {

    /** A hundred million cells: a file of about a gigabyte. */
    public static final long CELL_LIMIT = 100_000_000L;

    private final long cellLimit;

    public CompletedMatrixWriter() {
        this(CELL_LIMIT);
    }

    CompletedMatrixWriter(long cellLimit) {
        this.cellLimit = cellLimit;
    }

    /**
     * What was written.
     *
     * @param files one, or two factors
     * @param message a sentence for the user
     */
    public record Written(List<Path> files, String message) {
        public Written {
            files = List.copyOf(files);
        }
    }

    /** @param target compressed if its name ends in {@code .gz} */
    public Written write(CompletedMatrix completed, MatrixFile source, Path target) throws IOException {
        int rows = completed.rows();
        int columns = completed.columns();
        if (source.csv().isPresent()) {
            CsvLayout layout = source.csv().orElseThrow();
            into(target, text -> csv(completed, source.matrix(), layout, text));
            return new Written(List.of(target), "the completed " + rows + "×" + columns + " matrix is in " + target);
        }
        if (source.format() == FileFormat.NPY) {
            WholeFile.write(target, out -> NpyWriter.write(rows, columns, completed::entry, out));
            return new Written(List.of(target), "the completed " + rows + "×" + columns + " matrix is in " + target);
        }
        if ((long) rows * columns <= cellLimit) {
            into(target, text -> array(completed, text));
            return new Written(List.of(target), "the completed " + rows + "×" + columns + " matrix is in " + target);
        }
        Path left = beside(target, "left");
        Path right = beside(target, "right");
        into(left, text -> factor(completed.left(), "left factor L of the completed matrix L*R^T", text));
        into(right, text -> factor(completed.right(), "right factor R of the completed matrix L*R^T", text));
        return new Written(
                List.of(left, right),
                "the " + rows + "×" + columns + " matrix has more than " + cellLimit
                        + " cells; its factors L and R are in " + left + " and " + right
                        + ", and entry (i, j) is the product"
                        + " of row i of L and row j of R");
    }

    /** data.mtx.gz → data.left.mtx.gz. */
    private static Path beside(Path target, String side) {
        Path fileName = target.getFileName();
        String name = fileName == null ? "completed.mtx" : fileName.toString();
        int end = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.length() - 3 : name.length();
        int dot = name.lastIndexOf('.', end - 1);
        int at = dot > 0 ? dot : end;
        return target.resolveSibling(name.substring(0, at) + "." + side + name.substring(at));
    }

    private interface Content {
        void writeTo(TextOut text) throws IOException;
    }

    private static void into(Path target, Content content) throws IOException {
        WholeFile.write(target, out -> content.writeTo(new TextOut(out)));
    }

    private static void csv(CompletedMatrix completed, ObservedMatrix known, CsvLayout layout, TextOut text)
            throws IOException {
        String delimiter = String.valueOf(layout.delimiter());
        if (layout.header()) {
            if (layout.rowLabels()) {
                text.add(quoted(layout.corner(), layout.delimiter())).add(delimiter);
            }
            for (int j = 0; j < completed.columns(); j++) {
                text.add(j == 0 ? "" : delimiter)
                        .add(quoted(known.columnLabels().get(j), layout.delimiter()));
            }
            text.add("\n");
        }
        for (int i = 0; i < completed.rows(); i++) {
            if (layout.rowLabels()) {
                text.add(quoted(known.rowLabels().get(i), layout.delimiter())).add(delimiter);
            }
            for (int j = 0; j < completed.columns(); j++) {
                text.add(j == 0 ? "" : delimiter).add(cell(completed, i, j));
            }
            text.add("\n");
        }
    }

    private static String quoted(String label, char delimiter) {
        boolean plain = label.strip().equals(label)
                && label.indexOf(delimiter) < 0
                && label.indexOf('"') < 0
                && label.indexOf('\n') < 0
                && label.indexOf('\r') < 0;
        return plain ? label : '"' + label.replace("\"", "\"\"") + '"';
    }

    private static void array(CompletedMatrix completed, TextOut text) throws IOException {
        text.add("%%MatrixMarket matrix array real general\n").add(completed.rows() + " " + completed.columns() + "\n");
        for (int j = 0; j < completed.columns(); j++) {
            for (int i = 0; i < completed.rows(); i++) {
                text.add(cell(completed, i, j)).add("\n");
            }
        }
    }

    private static void factor(DMatrixRMaj factor, String comment, TextOut text) throws IOException {
        text.add("%%MatrixMarket matrix array real general\n% ")
                .add(comment)
                .add("\n" + factor.numRows + " " + factor.numCols + "\n");
        for (int t = 0; t < factor.numCols; t++) {
            for (int i = 0; i < factor.numRows; i++) {
                text.add(Double.toString(factor.get(i, t))).add("\n");
            }
        }
    }

    private static String cell(CompletedMatrix completed, int i, int j) {
        return completed.isKnown(i, j) ? given(completed.entry(i, j)) : predicted(completed.predicted(i, j));
    }

    /** Reads back as the same double; whole numbers without a decimal point. */
    private static String given(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** The shortest decimal of the nearest float, which has seven significant digits or more. */
    private static String predicted(double value) {
        float rounded = (float) value;
        boolean inRange = Math.abs(rounded) >= Float.MIN_NORMAL && Float.isFinite(rounded);
        return inRange ? Float.toString(rounded) : Double.toString(value);
    }

    /** UTF-8 text on its way out. */
    private static final class TextOut {

        private final OutputStream out;

        TextOut(OutputStream out) {
            this.out = out;
        }

        TextOut add(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }
    }
}
