package io.escapement.problem;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/** Explicit symmetric A_k, every sum written out: what faster operators are compared with. */
public final class DenseReferenceOperator implements SensingOperator {

    private final int n;
    private final double[][] rows;
    private final RestrictedConstants constants;

    /** @param rows A_k row by row, n·n each */
    public DenseReferenceOperator(int n, double[][] rows, RestrictedConstants constants) {
        this.n = n;
        this.rows = rows;
        this.constants = constants;
    }

    /** The symmetric part of N(0, 1/m) entries. */
    public static DenseReferenceOperator gaussian(int n, int m, Random random) {
        double[][] rows = new double[m][n * n];
        for (double[] row : rows) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double half = 0.5 * random.nextGaussian() / Math.sqrt(m);
                    row[i * n + j] += half;
                    row[j * n + i] += half;
                }
            }
        }
        return sampled(n, rows);
    }

    /** ⟨C_k, XYᵀ⟩ with N(0, 1/m) entries: A_k = ½[0 C_k; C_kᵀ 0]. */
    public static DenseReferenceOperator asymmetric(int n1, int n2, int m, Random random) {
        int n = n1 + n2;
        double[][] rows = new double[m][n * n];
        for (double[] row : rows) {
            for (int i = 0; i < n1; i++) {
                for (int j = n1; j < n; j++) {
                    double half = 0.5 * random.nextGaussian() / Math.sqrt(m);
                    row[i * n + j] = half;
                    row[j * n + i] = half;
                }
            }
        }
        return sampled(n, rows);
    }

    private static DenseReferenceOperator sampled(int n, double[][] rows) {
        DenseReferenceOperator bare = new DenseReferenceOperator(n, rows, null);
        return new DenseReferenceOperator(n, rows, new SampledConstants(2, 200, 7).of(bare));
    }

    @Override
    public int dimension() {
        return n;
    }

    @Override
    public int measurements() {
        return rows.length;
    }

    @Override
    public void measure(DMatrixRMaj x, DMatrixRMaj y, double[] out) {
        for (int k = 0; k < rows.length; k++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double entry = 0;
                    for (int c = 0; c < x.numCols; c++) {
                        entry += x.get(i, c) * y.get(j, c);
                    }
                    sum += rows[k][i * n + j] * entry;
                }
            }
            out[k] = sum;
        }
    }

    @Override
    public void backproject(double[] w, DMatrixRMaj v, DMatrixRMaj out) {
        out.reshape(n, v.numCols);
        out.zero();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double entry = 0;
                for (int k = 0; k < rows.length; k++) {
                    entry += w[k] * rows[k][i * n + j];
                }
                for (int c = 0; c < v.numCols; c++) {
                    out.data[i * v.numCols + c] += entry * v.get(j, c);
                }
            }
        }
    }

    @Override
    public RestrictedConstants constants() {
        return constants;
    }
}
