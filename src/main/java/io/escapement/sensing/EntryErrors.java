package io.escapement.sensing;

import io.escapement.problem.FactorShape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * Squared errors (M_ij − M*_ij)² of seen entries and of the others ([EMC] appendix E), each as the mean over entries of the matrix,
 * both triangles of a symmetric one. Cost n₁n₂(r + r*), so for small matrices only.
 */
public final class EntryErrors {

    /** Means over the entries that are seen, and over the others. */
    public static final String OBSERVED = "observedError";

    public static final String UNOBSERVED = "unobservedError";

    /** Entries of a matrix up to which they are compared at every iteration. */
    private static final int MOST_ENTRIES = 10_000;

    private final FactorTruth truth;
    private final boolean[] seen;
    private final int known;

    private EntryErrors(FactorTruth truth, boolean[] seen, int known) {
        this.truth = truth;
        this.seen = seen;
        this.known = known;
    }

    /** Null where the matrix is too large. */
    static EntryErrors of(FactorTruth truth, EntryPattern pattern) {
        FactorShape shape = truth.shape();
        int columns = shape.imageColumns();
        if ((long) shape.imageRows() * columns > MOST_ENTRIES) {
            return null;
        }
        boolean[] seen = new boolean[shape.imageRows() * columns];
        int known = 0;
        for (int i = 0; i < pattern.rows(); i++) {
            for (int k = pattern.rowStart(i); k < pattern.rowStart(i + 1); k++) {
                int j = pattern.column(k);
                seen[i * columns + j] = true;
                known++;
                if (shape.symmetric() && i != j) {
                    seen[j * columns + i] = true;
                    known++;
                }
            }
        }
        return new EntryErrors(truth, seen, known);
    }

    Map<String, Double> of(DMatrixRMaj x) {
        double on = 0;
        double off = 0;
        double[] errors = squared(truth, x);
        for (int e = 0; e < errors.length; e++) {
            if (seen[e]) {
                on += errors[e];
            } else {
                off += errors[e];
            }
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        if (known > 0) {
            figures.put(OBSERVED, on / known);
        }
        if (known < errors.length) {
            figures.put(UNOBSERVED, off / (errors.length - known));
        }
        return figures;
    }

    /** Every entry's squared error, row by row. */
    public static double[] squared(FactorTruth truth, DMatrixRMaj x) {
        FactorShape shape = truth.shape();
        int columns = shape.imageColumns();
        double[] errors = new double[shape.imageRows() * columns];
        for (int i = 0; i < shape.imageRows(); i++) {
            for (int j = 0; j < columns; j++) {
                double error = FactorTruth.entry(x, shape, i, j) - truth.entry(i, j);
                errors[i * columns + j] = error * error;
            }
        }
        return errors;
    }
}
