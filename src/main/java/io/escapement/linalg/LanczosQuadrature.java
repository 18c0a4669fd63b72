package io.escapement.linalg;

import org.ejml.data.DMatrixRMaj;

/**
 * ⟨v, A₊v⟩ and ⟨v, A₋v⟩ for the positive and negative parts of a symmetric A that is known by its products: k steps of Lanczos from v
 * give a Jacobi matrix T whose eigenvalues θ_i and squared first entries of eigenvectors w_i are the nodes and weights of the
 * k-point Gauss rule for the spectral measure of v (Golub and Welsch 1969; Golub and Meurant 1994), so the two are Σ w_i·max(θ_i, 0)
 * and Σ w_i·min(θ_i, 0), times ‖v‖².
 *
 * <p>Their sum ⟨v, Av⟩ is right after one step. Either alone converges like 1/k² where the measure is smooth about 0, because the
 * integrand has a kink there, and is exact once the Krylov space of v is exhausted, after as many steps as v has components of
 * different eigenvalues. Full reorthogonalisation, so that this is seen. Deterministic: there is no random start.
 *
 * @param maxSteps products with A at most
 * @param tolerance change of a part over the last looks, relative to ⟨v, |A|v⟩, at which it is taken for converged
 */
public record LanczosQuadrature(int maxSteps, double tolerance) {

    /** Steps between two looks at the rule. */
    private static final int LOOK = 4;

    /** Looks in a row that must agree: an integrand with a kink can stand still for one. */
    private static final int AGREEING = 3;

    /** Below this multiple of ‖A‖, what is left after orthogonalisation is rounding. */
    private static final double BREAKDOWN = 1e-13;

    public LanczosQuadrature {
        if (maxSteps < 1) {
            throw new IllegalArgumentException("maxSteps is " + maxSteps + "; at least 1 is needed");
        }
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; from 0 to below 1 is needed");
        }
    }

    /** For curves: 120 products, 1e−7. */
    public static LanczosQuadrature standard() {
        return new LanczosQuadrature(120, 1e-7);
    }

    /**
     * The two parts, divided by ‖v‖².
     *
     * @param positive ⟨v, A₊v⟩/‖v‖² ≥ 0
     * @param negative ⟨v, A₋v⟩/‖v‖² ≤ 0
     * @param products with A that it took
     * @param converged whether it is exact or met the tolerance
     */
    public record Parts(double positive, double negative, int products, boolean converged) {}

    /** @param v n numbers, not all 0; NaN where v or A is not finite */
    public Parts split(SymmetricOperator a, double[] v) {
        int n = a.dimension();
        double length = Math.sqrt(Frobenius.dot(v, v, n));
        if (!(length > 0) || Double.isInfinite(length)) {
            return new Parts(Double.NaN, Double.NaN, 0, false);
        }
        int most = Math.min(maxSteps, n);
        double[][] basis = new double[most + 1][];
        double[] alpha = new double[most];
        double[] beta = new double[most];
        basis[0] = scaled(v, 1 / length, n);
        DMatrixRMaj image = new DMatrixRMaj(n, 1);
        double scale = 0;
        double before = Double.NaN;
        int agreed = 0;
        for (int k = 0; k < most; k++) {
            a.apply(DMatrixRMaj.wrap(n, 1, basis[k]), image);
            double[] w = image.data.clone();
            scale = Math.max(scale, Math.sqrt(Frobenius.dot(w, w, n)));
            alpha[k] = orthogonalize(w, basis, k, n);
            beta[k] = Math.sqrt(Frobenius.dot(w, w, n));
            if (!Double.isFinite(beta[k])) {
                return new Parts(Double.NaN, Double.NaN, k + 1, false);
            }
            boolean exhausted = k + 1 == n || beta[k] <= BREAKDOWN * scale;
            if (exhausted || k + 1 == most || (k + 1) % LOOK == 0) {
                Parts parts = rule(alpha, beta, k + 1, exhausted);
                double size = parts.positive - parts.negative;
                agreed = Math.abs(parts.positive - before) <= tolerance * size ? agreed + 1 : 0;
                before = parts.positive;
                if (exhausted || k + 1 == most || agreed >= AGREEING) {
                    return new Parts(parts.positive, parts.negative, k + 1, exhausted || agreed >= AGREEING);
                }
            }
            basis[k + 1] = scaled(w, 1 / beta[k], n);
        }
        throw new AssertionError("the last step returns");
    }

    private static double[] scaled(double[] v, double factor, int n) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = factor * v[i];
        }
        return out;
    }

    /** w ← the part of w orthogonal to the first k + 1 of the basis; returns its component along the last of them. */
    private static double orthogonalize(double[] w, double[][] basis, int k, int n) {
        double last = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int j = 0; j <= k; j++) {
                double c = Frobenius.dot(basis[j], w, n);
                for (int i = 0; i < n; i++) {
                    w[i] -= c * basis[j][i];
                }
                last = j == k ? last + c : last;
            }
        }
        return last;
    }

    private static Parts rule(double[] alpha, double[] beta, int k, boolean exact) {
        JacobiMatrix.Rule rule = JacobiMatrix.gauss(alpha, beta, k);
        double positive = 0;
        double negative = 0;
        for (int i = 0; i < k; i++) {
            double term = rule.weights()[i] * rule.nodes()[i];
            positive += Math.max(0, term);
            negative += Math.min(0, term);
        }
        return new Parts(positive, negative, k, exact);
    }
}
