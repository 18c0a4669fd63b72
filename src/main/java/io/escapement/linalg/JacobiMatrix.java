package io.escapement.linalg;

import java.util.Arrays;

/**
 * The Gauss rule of a Jacobi matrix: its eigenvalues, and the squares of the first entries of its unit eigenvectors (Golub and
 * Welsch 1969), by the implicit QL iteration on the first row of the eigenvectors alone, so k² operations and not k³.
 */
final class JacobiMatrix {

    private static final int SWEEPS = 60;

    private JacobiMatrix() {}

    /** Nodes and weights in no order; all NaN where the iteration did not end, as on entries that are not finite. */
    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    record Rule(double[] nodes, double[] weights) {}

    /**
     * @param alpha the diagonal, its first k entries
     * @param beta the entries beside it, its first k − 1
     */
    static Rule gauss(double[] alpha, double[] beta, int k) {
        double[] d = Arrays.copyOf(alpha, k);
        double[] e = new double[k];
        System.arraycopy(beta, 0, e, 0, k - 1);
        double[] z = new double[k];
        z[0] = 1;
        for (int l = 0; l < k; l++) {
            int sweeps = 0;
            for (int m = split(d, e, l); m != l; m = split(d, e, l)) {
                if (sweeps++ == SWEEPS) {
                    Arrays.fill(d, Double.NaN);
                    return new Rule(d, d);
                }
                sweep(d, e, z, l, m);
            }
        }
        for (int i = 0; i < k; i++) {
            z[i] *= z[i];
        }
        return new Rule(d, z);
    }

    /** The first m ≥ l after which the matrix falls apart. */
    private static int split(double[] d, double[] e, int l) {
        int m = l;
        while (m < d.length - 1) {
            double size = Math.abs(d[m]) + Math.abs(d[m + 1]);
            if (Math.abs(e[m]) <= Math.ulp(1.0) * size) {
                break;
            }
            m++;
        }
        return m;
    }

    /** One implicit QL sweep with Wilkinson's shift on rows l to m; z is rotated with the columns. */
    private static void sweep(double[] d, double[] e, double[] z, int l, int m) {
        double g = (d[l + 1] - d[l]) / (2 * e[l]);
        double r = Math.hypot(g, 1);
        g = d[m] - d[l] + e[l] / (g + Math.copySign(r, g));
        double s = 1;
        double c = 1;
        double p = 0;
        for (int i = m - 1; i >= l; i--) {
            double f = s * e[i];
            double b = c * e[i];
            r = Math.hypot(f, g);
            e[i + 1] = r;
            if (r == 0) {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }
            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = (d[i] - g) * s + 2 * c * b;
            p = s * r;
            d[i + 1] = g + p;
            g = c * r - b;
            double next = z[i + 1];
            z[i + 1] = s * z[i] + c * next;
            z[i] = c * z[i] - s * next;
        }
        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }
}
