package io.escapement.sensing;

import io.escapement.problem.RestrictedConstants;
import io.escapement.problem.SensingOperator;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Measurements by sparse symmetric matrices A_k, n×n, m of them: ⟨A_k, M⟩ = Σ c_kij M_ij ({@link SparseForm}). Power networks,
 * rank-one measurements a_kᵀMa_k, rows of the user's own.
 *
 * <p>Terms are stored row after row (CSR over k). Cost of a primitive: one multiplication and addition for each term and
 * column of the factor, twice in {@link #backproject}; memory 16 bytes a term.
 */
public final class SparseOperator implements SensingOperator {

    private final int n;
    private final int[] rowStart;
    private final int[] first;
    private final int[] second;
    /** c/2. */
    private final double[] half;

    private final RestrictedConstants constants;

    private SparseOperator(
            int n, int[] rowStart, int[] first, int[] second, double[] half, RestrictedConstants constants) {
        this.n = n;
        this.rowStart = rowStart;
        this.first = first;
        this.second = second;
        this.half = half;
        this.constants = constants;
    }

    /**
     * @param n rows of a factor, at least 1
     * @param rows A_1…A_m
     * @throws IllegalArgumentException if a row reaches beyond n
     */
    public static SparseOperator of(int n, List<SparseForm> rows) {
        if (n < 1) {
            throw new IllegalArgumentException("n is " + n + "; at least 1 is needed");
        }
        int m = rows.size();
        int[] rowStart = new int[m + 1];
        for (int k = 0; k < m; k++) {
            rowStart[k + 1] = Math.addExact(rowStart[k], rows.get(k).terms());
        }
        int[] first = new int[rowStart[m]];
        int[] second = new int[rowStart[m]];
        double[] half = new double[rowStart[m]];
        for (int k = 0; k < m; k++) {
            SparseForm row = rows.get(k);
            for (int t = 0; t < row.terms(); t++) {
                if (row.second(t) >= n) {
                    throw new IllegalArgumentException("row " + k + " has a term at (" + row.first(t) + ", "
                            + row.second(t) + "); indices below n = " + n + " are possible");
                }
                first[rowStart[k] + t] = row.first(t);
                second[rowStart[k] + t] = row.second(t);
                half[rowStart[k] + t] = 0.5 * row.coefficient(t);
            }
        }
        return new SparseOperator(n, rowStart, first, second, half, SparseGram.constants(n, rows));
    }

    /**
     * Rank-one rows A_k = a_k a_kᵀ: ⟨A_k, XXᵀ⟩ = ‖Xᵀa_k‖², as in phase retrieval.
     *
     * @param rows a_k in row k, m×n; see {@link SparseForm#rankOne} for what they cost
     */
    public static SparseOperator rankOne(DMatrixRMaj rows) {
        List<SparseForm> forms = new ArrayList<>(rows.numRows);
        for (int k = 0; k < rows.numRows; k++) {
            double[] a = new double[rows.numCols];
            System.arraycopy(rows.data, k * rows.numCols, a, 0, a.length);
            forms.add(SparseForm.rankOne(a));
        }
        return of(rows.numCols, forms);
    }

    @Override
    public int dimension() {
        return n;
    }

    @Override
    public int measurements() {
        return rowStart.length - 1;
    }

    @Override
    public RestrictedConstants constants() {
        return constants;
    }

    @Override
    public void measure(DMatrixRMaj x, DMatrixRMaj y, double[] out) {
        PrimitiveArguments.ofMeasure(this, x, y, out);
        boolean same = x == y;
        for (int k = 0; k < measurements(); k++) {
            double sum = 0;
            for (int t = rowStart[k]; t < rowStart[k + 1]; t++) {
                double entry = inner(x, first[t], y, second[t]);
                sum += half[t] * (entry + (same ? entry : inner(x, second[t], y, first[t])));
            }
            out[k] = sum;
        }
    }

    /** ⟨row i of x, row j of y⟩. */
    private static double inner(DMatrixRMaj x, int i, DMatrixRMaj y, int j) {
        int r = x.numCols;
        double sum = 0;
        for (int c = 0; c < r; c++) {
            sum += x.data[i * r + c] * y.data[j * r + c];
        }
        return sum;
    }

    @Override
    public void backproject(double[] w, DMatrixRMaj v, DMatrixRMaj out) {
        PrimitiveArguments.ofBackproject(this, w, v, out);
        int r = v.numCols;
        out.reshape(n, r);
        out.zero();
        for (int k = 0; k < measurements(); k++) {
            for (int t = rowStart[k]; t < rowStart[k + 1]; t++) {
                double s = w[k] * half[t];
                int i = first[t] * r;
                int j = second[t] * r;
                for (int c = 0; c < r; c++) {
                    out.data[i + c] += s * v.data[j + c];
                    out.data[j + c] += s * v.data[i + c];
                }
            }
        }
    }

    @Override
    public String toString() {
        return measurements() + " sparse rows with " + half.length + " terms of a symmetric " + n + "×" + n + " matrix";
    }
}
