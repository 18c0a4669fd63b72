package io.escapement.sensing.file;

import io.escapement.sensing.ObservedMatrix;
import java.io.IOException;
import java.util.Optional;

/**
 * NDJSON, one value a line. Triples, {@code [i, j, value]} or {@code {"i":0,"j":2,"value":1.5}}, are the known entries of a
 * matrix whose size the largest indices give. Rows, {@code {"b":1.5,"terms":[[i,j,c],…]}}, {@code {"b":1.5,"a":[…]}} or {@code
 * {"b":1.5,"a":{"3":1.0}}}, are measurements of a symmetric matrix: Σ c·M_ij = b, or aᵀMa = b. The first line decides which;
 * members of other names are passed over.
 */
final class NdjsonReader {

    private static final int I = 1;
    private static final int J = 2;
    private static final int VALUE = 4;
    private static final int TRIPLE = I | J | VALUE;
    private static final int B = 8;
    private static final int TERMS = 16;
    private static final int A = 32;
    private static final int ROW = B | TERMS | A;

    private static final String VALID =
            "[i, j, value], {\"i\":…, \"j\":…, \"value\":…}, {\"b\":…, \"terms\":[[i, j, c], …]} or {\"b\":…, \"a\":[…]}";

    private final TextSource source;
    private final JsonLines json;
    private final int base;
    private final EntryList entries;
    private final RowList rows;
    private int lastRow = -1;
    private int lastColumn = -1;
    private long largestLine;
    private long firstLine;
    private boolean triples;
    private int i;
    private int j;
    private double number;
    private int seen;

    /** @param base index of the first row and column */
    NdjsonReader(TextSource source, int base) {
        this.source = source;
        this.json = new JsonLines(source);
        this.base = base;
        this.entries = new EntryList(false, base);
        this.rows = new RowList(json, base);
    }

    ProblemFile read(String name) throws IOException {
        while (json.nextLine()) {
            seen = 0;
            rows.begin();
            if (json.take('[')) {
                array();
            } else {
                json.expect('{', VALID);
                object();
            }
            json.endLine();
            record(json.line());
        }
        return triples ? matrix(name) : rows.file(name);
    }

    private void array() throws IOException {
        i = json.index("i", base);
        json.expect(',', "a comma and j");
        j = json.index("j", base);
        json.expect(',', "a comma and the value");
        number = json.numberOrMissing("the value");
        json.expect(']', "the end of the triple, ],");
        seen = TRIPLE;
    }

    private void object() throws IOException {
        if (json.take('}')) {
            return;
        }
        do {
            Field key = json.key();
            int member = key.is("i")
                    ? I
                    : key.is("j")
                            ? J
                            : key.is("value") ? VALUE : key.is("b") ? B : key.is("terms") ? TERMS : key.is("a") ? A : 0;
            if ((seen & member) != 0) {
                throw json.malformed(key.quoted() + " is given twice; once is possible");
            }
            seen |= member;
            value(member);
        } while (json.take(','));
        json.expect('}', "a comma or the end of the object, },");
    }

    private void value(int member) throws IOException {
        switch (member) {
            case I -> i = json.index("i", base);
            case J -> j = json.index("j", base);
            case VALUE -> number = json.numberOrMissing("value");
            case B -> number = json.number("b");
            case TERMS -> rows.terms();
            case A -> rows.vector();
            default -> json.skipValue();
        }
    }

    private void record(long line) throws MalformedInput {
        boolean triple = seen == TRIPLE;
        boolean row = seen == (B | TERMS) || seen == (B | A);
        if (!triple && !row) {
            throw source.malformed(line, 0, lacking() + "; " + VALID + " is needed");
        }
        if (firstLine == 0) {
            firstLine = line;
            triples = triple;
        }
        if (triple != triples) {
            throw source.malformed(
                    line,
                    0,
                    "this is a " + (triple ? "triple" : "measurement") + ", and line " + firstLine + " is a "
                            + (triples ? "triple" : "measurement") + "; a file holds one kind");
        }
        if (row) {
            rows.end(number, line);
            return;
        }
        if (i > lastRow || j > lastColumn) {
            largestLine = line;
        }
        lastRow = Math.max(lastRow, i);
        lastColumn = Math.max(lastColumn, j);
        entries.add(i, j, number, line);
    }

    private String lacking() {
        if ((seen & TRIPLE) != 0 && (seen & ROW) != 0) {
            return "this has members of a triple and of a measurement";
        }
        if ((seen & TRIPLE) != 0) {
            return "this triple has no " + ((seen & I) == 0 ? "i" : (seen & J) == 0 ? "j" : "value");
        }
        if ((seen & ROW) != 0) {
            return (seen & B) == 0
                    ? "this measurement has no b"
                    : seen == B ? "this measurement has neither terms nor a" : "this measurement has terms and a";
        }
        return "this has none of the members i, j, value, b, terms, a";
    }

    private MatrixFile matrix(String name) throws MalformedInput {
        int columns = lastColumn + 1;
        int count = lastRow + 1;
        String size = "the largest indices make a matrix of " + count + "×" + columns;
        if (count < 2 || columns < 2) {
            throw source.malformed(largestLine, 0, size + "; at least 2 rows and 2 columns are needed");
        }
        if (entries.size() == 0) {
            throw source.malformed(firstLine, 0, "no entry has a value; all are missing");
        }
        if (EntryList.nearlyEmpty(count, columns, entries.size())) {
            throw source.malformed(
                    largestLine,
                    0,
                    size + ", and " + entries.size()
                            + " entries have values: nearly every row is empty; at least one in " + EntryList.MOST_EMPTY
                            + " rows and columns is needed");
        }
        ObservedMatrix matrix = entries.matrix(source, count, columns);
        return new MatrixFile(name, FileFormat.NDJSON, matrix, Optional.empty());
    }
}
