package io.escapement.linalg;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * X V = U·diag(s) with V r×r orthogonal and U's columns orthonormal: a singular value decomposition of a block of rows that may be
 * wider than tall, in no order. Eigenvectors of XᵀX first, then one-sided Jacobi rotations (Hestenes 1958) until every pair of
 * columns is orthogonal to {@value #ORTHOGONAL}: XᵀX alone loses columns below 1e−8 of the largest, which is what the superfluous columns of
 * an overparameterized factor come down to. Cost a few d·r².
 */
public final class OrthogonalColumns {

    /** Cosine between two columns that passes for a right angle. */
    private static final double ORTHOGONAL = 1e-14;

    private static final int MAX_SWEEPS = 30;

    private final double[][] columns;
    private final double[] s;
    private final DMatrixRMaj v;

    private OrthogonalColumns(double[][] columns, double[] s, DMatrixRMaj v) {
        this.columns = columns;
        this.s = s;
        this.v = v;
    }

    /**
     * Of rows from…to − 1.
     *
     * @throws IllegalArgumentException if an entry is not finite
     */
    public static OrthogonalColumns of(DMatrixRMaj x, int from, int to) {
        int r = x.numCols;
        DMatrixRMaj v = eigenvectors(crossProduct(x, from, to));
        double[][] columns = rotated(x, from, to, v);
        for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
            boolean turned = false;
            for (int i = 0; i < r; i++) {
                for (int j = i + 1; j < r; j++) {
                    turned |= orthogonalize(columns, v, i, j);
                }
            }
            if (!turned) {
                break;
            }
        }
        double[] s = new double[r];
        for (int j = 0; j < r; j++) {
            s[j] = Math.sqrt(Frobenius.dot(columns[j], columns[j], to - from));
            for (int i = 0; i < to - from && s[j] > 0; i++) {
                columns[j][i] /= s[j];
            }
        }
        return new OrthogonalColumns(columns, s, v);
    }

    /** XᵀX of rows from…to − 1. */
    public static DMatrixRMaj crossProduct(DMatrixRMaj x, int from, int to) {
        int r = x.numCols;
        DMatrixRMaj c = new DMatrixRMaj(r, r);
        for (int row = from; row < to; row++) {
            int at = row * r;
            for (int i = 0; i < r; i++) {
                double entry = x.data[at + i];
                for (int j = i; j < r; j++) {
                    c.data[i * r + j] += entry * x.data[at + j];
                }
            }
        }
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < i; j++) {
                c.data[i * r + j] = c.data[j * r + i];
            }
        }
        return c;
    }

    private static DMatrixRMaj eigenvectors(DMatrixRMaj c) {
        int r = c.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(r, true, true);
        DMatrixRMaj v = new DMatrixRMaj(r, r);
        boolean found = eigen.decompose(c.copy());
        for (int j = 0; j < r; j++) {
            DMatrixRMaj vector = found ? eigen.getEigenVector(j) : null;
            for (int i = 0; i < r; i++) {
                // Where the iteration gave up, the rotations start from X itself.
                v.data[i * r + j] = vector == null ? i == j ? 1 : 0 : vector.data[i];
            }
        }
        return v;
    }

    /** The columns of GV for rows from…to − 1 of G. */
    static double[][] rotated(DMatrixRMaj g, int from, int to, DMatrixRMaj v) {
        int r = g.numCols;
        double[][] columns = new double[r][to - from];
        for (int row = from; row < to; row++) {
            int at = row * r;
            for (int j = 0; j < r; j++) {
                double sum = 0;
                for (int i = 0; i < r; i++) {
                    sum += g.data[at + i] * v.data[i * r + j];
                }
                columns[j][row - from] = sum;
            }
        }
        return columns;
    }

    private static boolean orthogonalize(double[][] columns, DMatrixRMaj v, int i, int j) {
        double[] a = columns[i];
        double[] b = columns[j];
        double aa = Frobenius.dot(a, a, a.length);
        double bb = Frobenius.dot(b, b, b.length);
        double ab = Frobenius.dot(a, b, a.length);
        if (!(Math.abs(ab) > ORTHOGONAL * Math.sqrt(aa) * Math.sqrt(bb))) {
            return false;
        }
        double zeta = (bb - aa) / (2 * ab);
        double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
        double cos = 1 / Math.hypot(1, t);
        double sin = cos * t;
        for (int k = 0; k < a.length; k++) {
            double old = a[k];
            a[k] = cos * old - sin * b[k];
            b[k] = sin * old + cos * b[k];
        }
        int r = v.numCols;
        for (int k = 0; k < r; k++) {
            double old = v.data[k * r + i];
            v.data[k * r + i] = cos * old - sin * v.data[k * r + j];
            v.data[k * r + j] = sin * old + cos * v.data[k * r + j];
        }
        return true;
    }

    /** Rows of U. */
    public int rows() {
        return columns.length == 0 ? 0 : columns[0].length;
    }

    /** r. */
    public int count() {
        return s.length;
    }

    /** s_j ≥ 0. */
    public double length(int j) {
        return s[j];
    }

    /** u_j, a unit vector, or zero where s_j is; read-only. */
    public double[] unit(int j) {
        return columns[j];
    }

    /** The columns of GV for rows from…to − 1 of G. */
    public double[][] turned(DMatrixRMaj g, int from, int to) {
        return rotated(g, from, to, v);
    }

    /** Rows from…to − 1 of out = AVᵀ, for the columns of A. */
    public void turnBack(double[][] a, int from, int to, DMatrixRMaj out) {
        int r = v.numCols;
        for (int row = from; row < to; row++) {
            for (int i = 0; i < r; i++) {
                double sum = 0;
                for (int j = 0; j < r; j++) {
                    sum += a[j][row - from] * v.data[i * r + j];
                }
                out.data[row * r + i] = sum;
            }
        }
    }
}
