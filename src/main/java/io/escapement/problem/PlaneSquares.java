package io.escapement.problem;

/**
 * ½‖ρ(α, β)‖² for a vector ρ of any length whose entries are quadratics: ρ = C·(1, α, β, α², αβ, β²) with C = QR, so the norm of ρ
 * is that of six numbers, R·(1, α, β, α², αβ, β²).
 *
 * <p>The 15 coefficients of the quartic, which are sums of entries of CᵀC, would do with fewer operations, but near a loss of 0
 * their terms cancel: what is left has an error of 1e−16 of the terms, and may be negative. A sum of squares has no such end, and
 * errs by 1e−16 of the terms of ρ before they are squared, as a measurement at the point does (package-info of {@code landscape.plane}
 * has the figures).
 */
final class PlaneSquares {

    /** Coefficients of a quadratic of the plane. */
    static final int TERMS = 6;

    /** R, 6×6 by rows; below its diagonal nothing is read. */
    private final double[] r;

    private PlaneSquares(double[] r) {
        this.r = r;
    }

    /** Of no entries at all. */
    static PlaneSquares none() {
        return new PlaneSquares(new double[TERMS * TERMS]);
    }

    /**
     * With more entries: each row of coefficients is turned into R by six plane rotations, which is as stable as Householder's way and
     * needs no copy of C.
     *
     * @param columns six, the coefficients of 1, α, β, α², αβ, β²
     * @param length entries of each that count
     */
    PlaneSquares and(double[][] columns, int length) {
        double[] all = r.clone();
        double[] row = new double[TERMS];
        for (int k = 0; k < length; k++) {
            for (int j = 0; j < TERMS; j++) {
                row[j] = columns[j][k];
            }
            turn(all, row);
        }
        return new PlaneSquares(all);
    }

    private static void turn(double[] r, double[] row) {
        for (int i = 0; i < TERMS; i++) {
            if (row[i] == 0) {
                continue;
            }
            double diagonal = r[i * TERMS + i];
            double length = Math.hypot(diagonal, row[i]);
            double cosine = diagonal / length;
            double sine = row[i] / length;
            for (int j = i; j < TERMS; j++) {
                double above = r[i * TERMS + j];
                r[i * TERMS + j] = cosine * above + sine * row[j];
                row[j] = cosine * row[j] - sine * above;
            }
        }
    }

    /** Six numbers with the norm of ρ. */
    double[] residual(double alpha, double beta) {
        double[] terms = {1, alpha, beta, alpha * alpha, alpha * beta, beta * beta};
        double[] out = new double[TERMS];
        for (int i = 0; i < TERMS; i++) {
            for (int j = i; j < TERMS; j++) {
                out[i] += r[i * TERMS + j] * terms[j];
            }
        }
        return out;
    }

    double half(double alpha, double beta) {
        double sum = 0;
        for (double entry : residual(alpha, beta)) {
            sum += entry * entry;
        }
        return 0.5 * sum;
    }

    /** The upper triangle of R by rows. */
    double[] triangle() {
        double[] out = new double[TERMS * (TERMS + 1) / 2];
        int k = 0;
        for (int i = 0; i < TERMS; i++) {
            for (int j = i; j < TERMS; j++) {
                out[k++] = r[i * TERMS + j];
            }
        }
        return out;
    }
}
