package io.escapement.sensing.data;

import io.escapement.problem.FactorShape;
import io.escapement.sensing.FactorTruth;
import io.escapement.sensing.ObservedMatrix;
import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/** A matrix whose missing entries are filled with μ + s·(XYᵀ)_ij, computed when asked for. */
public final class CompletedMatrix {

    private final ObservedMatrix known;
    private final DMatrixRMaj x;
    private final FactorShape shape;
    private final double mean;
    private final double scale;

    CompletedMatrix(ObservedMatrix known, DMatrixRMaj x, FactorShape shape, double mean, double scale) {
        this.known = Objects.requireNonNull(known, "known");
        if (x.numRows != shape.rows()) {
            throw new IllegalArgumentException("x has " + x.numRows + " rows; " + shape.rows() + " are needed");
        }
        this.x = x;
        this.shape = shape;
        this.mean = mean;
        this.scale = scale;
    }

    public int rows() {
        return shape.imageRows();
    }

    public int columns() {
        return shape.imageColumns();
    }

    /** The entry as it was given, held out or not, or its prediction where it was missing. */
    public double entry(int i, int j) {
        int k = find(i, j);
        return k >= 0 ? known.values()[k] : predicted(i, j);
    }

    /** Whether the entry was given. */
    public boolean isKnown(int i, int j) {
        return find(i, j) >= 0;
    }

    private int find(int i, int j) {
        boolean mirrored = known.symmetric() && j < i;
        return known.entries().find(mirrored ? j : i, mirrored ? i : j);
    }

    /** μ + s·(XYᵀ)_ij, whether the entry is known or not. */
    public double predicted(int i, int j) {
        return mean + scale * FactorTruth.entry(x, shape, i, j);
    }

    /** Left factor L, rows×k, of the prediction L·Rᵀ in the unit of the data; k = r, and one more where a mean was taken off. */
    public DMatrixRMaj left() {
        return side(0, rows(), mean);
    }

    /** Right factor R, columns×k. */
    public DMatrixRMaj right() {
        return side(shape.split(), columns(), 1);
    }

    private DMatrixRMaj side(int first, int rows, double last) {
        int r = x.numCols;
        int k = mean == 0 ? r : r + 1;
        DMatrixRMaj side = new DMatrixRMaj(rows, k);
        double root = Math.sqrt(scale);
        for (int i = 0; i < rows; i++) {
            Arrays.fill(side.data, i * k + r, (i + 1) * k, last);
            for (int t = 0; t < r; t++) {
                side.data[i * k + t] = root * x.data[(first + i) * r + t];
            }
        }
        return side;
    }
}
