package io.escapement.sensing;

import io.escapement.problem.FactorShape;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * How matrices become rows, so that ⟨A, M⟩ is one dot product. Symmetric: the lower triangle; an image M as it is, a measurement
 * matrix A as A_ii and A_ij + A_ji, twice the off-diagonal of its symmetric part. Asymmetric: all n₁·n₂ entries, of A and of
 * the upper right block of an image.
 */
record DenseForm(FactorShape shape) {

    DenseForm {
        long entries = shape.symmetric()
                ? (long) shape.rows() * (shape.rows() + 1) / 2
                : (long) shape.imageRows() * shape.imageColumns();
        if (entries > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a dense row for a " + shape.imageRows() + "×" + shape.imageColumns()
                    + " matrix has " + entries + " entries; at most 2^31 − 9 are possible");
        }
    }

    /** Numbers in a row. */
    int length() {
        return shape.symmetric()
                ? (int) ((long) shape.rows() * (shape.rows() + 1) / 2)
                : shape.imageRows() * shape.imageColumns();
    }

    /** A, row by row, as it is stored; only the symmetric part of a square one matters. */
    void pack(double[] a, double[] row) {
        if (!shape.symmetric()) {
            System.arraycopy(a, 0, row, 0, length());
            return;
        }
        int n = shape.rows();
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                row[at++] = a[i * n + j] + a[j * n + i];
            }
            row[at++] = a[i * n + i];
        }
    }

    /** sym(XYᵀ), or its upper right block: ½(X₁Y₂ᵀ + Y₁X₂ᵀ). */
    void image(DMatrixRMaj x, DMatrixRMaj y, double[] row) {
        int at = 0;
        int columns = shape.imageColumns();
        for (int i = 0; i < shape.imageRows(); i++) {
            int end = shape.symmetric() ? i + 1 : columns;
            for (int j = 0; j < end; j++) {
                int other = j + shape.split();
                row[at++] = x == y ? inner(x, i, x, other) : 0.5 * (inner(x, i, y, other) + inner(y, i, x, other));
            }
        }
    }

    private static double inner(DMatrixRMaj x, int i, DMatrixRMaj y, int j) {
        int r = x.numCols;
        double sum = 0;
        for (int t = 0; t < r; t++) {
            sum += x.data[i * r + t] * y.data[j * r + t];
        }
        return sum;
    }

    /** G·V for G = Σ w_k A_k, whose stored rows add up to {@code row}. */
    void times(double[] row, DMatrixRMaj v, DMatrixRMaj out) {
        out.reshape(v.numRows, v.numCols);
        Arrays.fill(out.data, 0, out.getNumElements(), 0);
        int at = 0;
        int columns = shape.imageColumns();
        for (int i = 0; i < shape.imageRows(); i++) {
            int end = shape.symmetric() ? i : columns;
            for (int j = 0; j < end; j++) {
                scatter(0.5 * row[at++], i, j + shape.split(), v, out);
            }
            if (shape.symmetric()) {
                scatter(0.5 * row[at++], i, i, v, out);
            }
        }
    }

    /** Turns a sum of stored rows into the image of the symmetric matrix Σ w_k A_k that it stands for. */
    void asImage(double[] row) {
        int diagonal = 0;
        for (int e = 0, i = 0; e < length(); e++) {
            if (shape.symmetric() && e == diagonal) {
                i++;
                diagonal += i + 1;
            } else {
                row[e] *= 0.5;
            }
        }
    }

    /** Adds q(e_i e_jᵀ + e_j e_iᵀ)V. */
    private static void scatter(double q, int i, int j, DMatrixRMaj v, DMatrixRMaj out) {
        int r = v.numCols;
        for (int t = 0; t < r; t++) {
            out.data[i * r + t] += q * v.data[j * r + t];
            out.data[j * r + t] += q * v.data[i * r + t];
        }
    }
}
