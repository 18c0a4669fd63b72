package io.escapement.sensing.file;

import io.escapement.problem.FactorShape;
import io.escapement.sensing.GrowingDoubles;
import io.escapement.sensing.SparseForm;
import io.escapement.sensing.SparseOperator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Measurements by sparse or rank-one rows as NDJSON lists them, one after the other. */
final class RowList {

    /** Bytes that a term takes in the row, in the operator and in the Gram matrix it makes once. */
    private static final double TERM = 64;

    private final JsonLines json;
    private final int base;
    private final List<SparseForm> forms = new ArrayList<>();
    private final GrowingDoubles b = new GrowingDoubles();
    private final List<SparseForm.Term> terms = new ArrayList<>();
    private final Map<Integer, Double> vector = new TreeMap<>();
    private boolean rankOne;
    private long total;
    /** Length of the vectors that are written out, and the line of the first; 0 if there was none. */
    private int length;

    private long lengthLine;
    /** The largest index that is named, and its line. */
    private int largest = -1;

    private long largestLine;

    RowList(JsonLines json, int base) {
        this.json = json;
        this.base = base;
    }

    void begin() {
        terms.clear();
        vector.clear();
        rankOne = false;
    }

    /** {@code [[i, j, c], …]}. */
    void terms() throws IOException {
        Set<Long> listed = new HashSet<>();
        json.expect('[', "a list of terms, [[i, j, c], …],");
        do {
            json.expect('[', "a term [i, j, c]");
            int i = index("i");
            json.expect(',', "a comma and j");
            int j = index("j");
            json.expect(',', "a comma and c");
            double c = json.number("c");
            json.expect(']', "the end of the term, ],");
            if (!listed.add(((long) i << 32) | j)) {
                throw json.malformed("term (" + (i + base) + ", " + (j + base)
                        + ") is listed twice in this measurement; add the two up");
            }
            terms.add(new SparseForm.Term(i, j, c));
        } while (json.take(','));
        json.expect(']', "a comma or the end of the terms, ],");
    }

    private int index(String what) throws IOException {
        return note(json.index(what, base));
    }

    private int note(int index) {
        if (index > largest) {
            largest = index;
            largestLine = json.line();
        }
        return index;
    }

    /** {@code [a_0, a_1, …]}, or {@code {"3": a_3, …}} for a sparse one. */
    void vector() throws IOException {
        rankOne = true;
        if (json.take('{')) {
            do {
                int i = note(json.index("the index", base, json.key()));
                if (vector.put(i, json.number("entry " + (i + base) + " of a")) != null) {
                    throw json.malformed("entry " + (i + base) + " of a is given twice; once is possible");
                }
            } while (json.take(','));
            json.expect('}', "a comma or the end of a, },");
            return;
        }
        json.expect('[', "a vector, [a_0, a_1, …] or {\"3\": a_3, …},");
        int count = 0;
        do {
            double value = json.number("entry " + (count + base) + " of a");
            vector.put(count++, value);
        } while (json.take(','));
        json.expect(']', "a comma or the end of a, ],");
        if (length == 0) {
            length = count;
            lengthLine = json.line();
        } else if (count != length) {
            throw json.malformed("a has " + count + " entries, and on line " + lengthLine + " it has " + length
                    + "; all must have as many");
        }
    }

    void end(double measured, long line) throws MalformedInput {
        vector.values().removeIf(a -> a == 0);
        long count = rankOne ? (long) vector.size() * (vector.size() + 1) / 2 : terms.size();
        total += count;
        if (total > Integer.MAX_VALUE / 2) {
            throw json.malformed("the rows up to here have " + total + " terms, and at most " + Integer.MAX_VALUE / 2
                    + " are possible; k nonzero entries of a make k(k + 1)/2");
        }
        json.requireRoom(TERM * total, "an operator of the " + total + " terms up to line " + line);
        SparseForm form;
        try {
            form = rankOne
                    ? SparseForm.rankOne(
                            vector.keySet().stream().mapToInt(i -> i).toArray(),
                            vector.values().stream().mapToDouble(a -> a).toArray())
                    : SparseForm.of(terms);
        } catch (IllegalArgumentException e) {
            throw json.malformed(e.getMessage());
        }
        if (!(form.norm() <= SensingFile.LARGEST)) {
            throw json.malformed("the norm of this measurement's matrix is " + form.norm() + "; at most "
                    + SensingFile.LARGEST + " is possible");
        }
        if (form.terms() == 0) {
            throw json.malformed("every coefficient is 0, so this measures nothing; one other than 0 is needed");
        }
        forms.add(form);
        b.add(measured);
    }

    SensingFile file(String name) throws MalformedInput {
        if (length > 0 && largest >= length) {
            throw json.malformed(
                    largestLine,
                    "index " + (largest + base) + " is beyond the vectors of " + length + " entries, as on line "
                            + lengthLine);
        }
        int n = length > 0 ? length : largest + 1;
        if (EntryList.nearlyEmpty(n, n, total)) {
            throw json.malformed(
                    largestLine,
                    "index " + (largest + base) + " makes a matrix of " + n + "×" + n + ", and there are " + total
                            + " terms: nearly every row is empty; at least one in " + EntryList.MOST_EMPTY
                            + " rows and columns is needed");
        }
        return new SensingFile(name, FileFormat.NDJSON, SparseOperator.of(n, forms), FactorShape.psd(n), b.toArray());
    }
}
