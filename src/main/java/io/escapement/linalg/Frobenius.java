package io.escapement.linalg;

import org.ejml.data.DMatrixRMaj;

/** Inner products, norms and updates of matrices as vectors. EJML's {@code CommonOps_DDRM.dot} refuses matrices. */
public final class Frobenius {

    private Frobenius() {}

    /** ⟨a, b⟩ = Σ a_ij b_ij. */
    public static double dot(DMatrixRMaj a, DMatrixRMaj b) {
        requireSameShape(a, b);
        return dot(a.data, b.data, a.getNumElements());
    }

    /** Σ a_i b_i over the first {@code length} entries, with four accumulators. */
    public static double dot(double[] a, double[] b, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < length; i++) {
            s0 += a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** ‖a‖_F. Not guarded against overflow: an iterate of 1e154 has diverged. */
    public static double norm(DMatrixRMaj a) {
        return Math.sqrt(dot(a, a));
    }

    /** out = x + s·d; {@code out} may be {@code x} or {@code d}. */
    public static void add(DMatrixRMaj x, double s, DMatrixRMaj d, DMatrixRMaj out) {
        requireSameShape(x, d);
        out.reshape(x.numRows, x.numCols);
        int length = x.getNumElements();
        for (int i = 0; i < length; i++) {
            out.data[i] = x.data[i] + s * d.data[i];
        }
    }

    private static void requireSameShape(DMatrixRMaj a, DMatrixRMaj b) {
        if (a.numRows != b.numRows || a.numCols != b.numCols) {
            throw new IllegalArgumentException("shapes are " + a.numRows + "×" + a.numCols + " and " + b.numRows + "×"
                    + b.numCols + "; they must be the same");
        }
    }
}
