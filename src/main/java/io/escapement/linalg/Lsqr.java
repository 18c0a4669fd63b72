package io.escapement.linalg;

/**
 * The least-squares solution of Ax ≈ b of minimal norm, by LSQR (Paige and Saunders 1982, ACM TOMS 8, 43–71): conjugate gradients on
 * AᵀAx = Aᵀb by Golub–Kahan bidiagonalisation, from x = 0. All iterates lie in the range of Aᵀ, so what it converges to is A⁺b.
 *
 * @param tolerance of ‖b − Ax‖ relative to ‖b‖, and of ‖Aᵀ(b − Ax)‖ relative to ‖A‖_F‖b − Ax‖, ‖A‖_F as it is seen so far
 * @param maxIterations products with A and with Aᵀ, each
 */
public record Lsqr(double tolerance, int maxIterations) {

    public Lsqr {
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; between 0 and 1 is needed");
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException("maxIterations is " + maxIterations + "; at least 1 is needed");
        }
    }

    /** A, m×n, known by its products. */
    public interface LinearMap {

        /** m. */
        int rows();

        /** n. */
        int columns();

        /** out = Ax. */
        void apply(double[] x, double[] out);

        /** out = Aᵀy. */
        void adjoint(double[] y, double[] out);
    }

    /**
     * @param x n long
     * @param residualNorm ‖b − Ax‖ as the recurrence has it
     * @param converged whether a tolerance was met, not the limit
     */
    @SuppressWarnings("ArrayRecordComponent") // a vector: compared by identity, never by value
    public record Solution(double[] x, int iterations, double residualNorm, boolean converged) {}

    /** @param b m long; read-only */
    public Solution solve(LinearMap a, double[] b) {
        int m = a.rows();
        int n = a.columns();
        double[] x = new double[n];
        double[] u = b.clone();
        double beta = normalize(u, m);
        double size = beta;
        if (beta == 0) {
            return new Solution(x, 0, 0, true);
        }
        double[] v = new double[n];
        a.adjoint(u, v);
        double alpha = normalize(v, n);
        if (alpha == 0) {
            return new Solution(x, 0, beta, true);
        }
        double[] w = v.clone();
        double[] au = new double[m];
        double[] av = new double[n];
        double phiBar = beta;
        double rhoBar = alpha;
        double squares = alpha * alpha;
        for (int k = 1; k <= maxIterations; k++) {
            a.apply(v, au);
            combine(au, -alpha, u, m);
            beta = normalize(u, m);
            a.adjoint(u, av);
            combine(av, -beta, v, n);
            squares += beta * beta;
            alpha = normalize(v, n);
            double rho = Math.hypot(rhoBar, beta);
            double c = rhoBar / rho;
            double s = beta / rho;
            double phi = c * phiBar;
            phiBar = s * phiBar;
            rhoBar = -c * alpha;
            for (int i = 0; i < n; i++) {
                x[i] += phi / rho * w[i];
                w[i] = v[i] - s * alpha / rho * w[i];
            }
            double slope = phiBar * alpha * Math.abs(c);
            if (phiBar <= tolerance * size || slope <= tolerance * Math.sqrt(squares) * phiBar) {
                return new Solution(x, k, phiBar, true);
            }
            if (!Double.isFinite(phiBar)) {
                return new Solution(x, k, phiBar, false);
            }
            squares += alpha * alpha;
        }
        return new Solution(x, maxIterations, phiBar, false);
    }

    /** to = product + factor·to. */
    private static void combine(double[] product, double factor, double[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = product[i] + factor * to[i];
        }
    }

    /** Divides by the norm, which is returned; a vector of 0 stays as it is. */
    private static double normalize(double[] a, int length) {
        double norm = Math.sqrt(Frobenius.dot(a, a, length));
        if (norm != 0) {
            for (int i = 0; i < length; i++) {
                a[i] /= norm;
            }
        }
        return norm;
    }
}
