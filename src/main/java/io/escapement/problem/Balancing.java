package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import org.ejml.data.DMatrixRMaj;

/**
 * (β/2)‖S‖², S = XᵀX − YᵀY = ZᵀJZ with Z = [X; Y] and J = diag(I, −I), r×r: of all the X, Y with one product it prefers those of
 * equal size ([IPGD] section 7 has ‖S‖² beside Σ(…)², both without our ½). Its gradient is 2βJZS.
 *
 * <p>At a stationary point of a balanced problem S = 0 (derived). Without a ridge GZ + βJZS = 0 with G = ½[0 R; Rᵀ 0] gives
 * XᵀRY = −2βAS = 2βSB for A = XᵀX, B = YᵀY, so AS + SB = A² − B² = 0 and A = B, both being ⪰ 0. With a ridge λ it is
 * λS + 2β(A² − B²) = 0, and ⟨S, A² − B²⟩ = ⟨S², A + B⟩ ≥ 0 leaves S = 0 again. So the gradient matrix of f alone decides there, and the
 * Hessian is that of f plus β‖Ṡ‖² ≥ 0; a direction of negative curvature of f can be moved along the orbit (XK, −YKᵀ), on
 * which f does not change, until Ṡ = 0: saddles and minima are the same ones with and without the term.
 */
final class Balancing {

    private final double weight;
    private final int split;

    Balancing(double weight, int split) {
        this.weight = weight;
        this.split = split;
    }

    /** The term's value. */
    double value(DMatrixRMaj z) {
        DMatrixRMaj s = imbalance(z, z);
        return 0.5 * weight * Frobenius.dot(s, s);
    }

    /** ‖S‖². */
    double squaredImbalance(DMatrixRMaj z) {
        DMatrixRMaj s = imbalance(z, z);
        return Frobenius.dot(s, s);
    }

    /** out += βJZS, half of the gradient. */
    void addHalfGradient(DMatrixRMaj z, DMatrixRMaj out) {
        addTimes(z, imbalance(z, z), out);
    }

    /** out += βJ(DS + ZṠ), Ṡ = DᵀJZ + ZᵀJD: half of the Hessian's product with D. */
    void addHalfHessianProduct(DMatrixRMaj z, DMatrixRMaj d, DMatrixRMaj out) {
        addTimes(d, imbalance(z, z), out);
        addTimes(z, change(z, d), out);
    }

    /** out += βJZṠ, half of (∂S)ᵀ(∂S)[D] times β. */
    void addHalfGaussNewtonProduct(DMatrixRMaj z, DMatrixRMaj d, DMatrixRMaj out) {
        addTimes(z, change(z, d), out);
    }

    /** The term on the ray Z + sD, whose S is S₀ + s·S₁ + s²·S₂. */
    Quartic along(DMatrixRMaj z, DMatrixRMaj d) {
        DMatrixRMaj s0 = imbalance(z, z);
        DMatrixRMaj s1 = change(z, d);
        DMatrixRMaj s2 = imbalance(d, d);
        return new Quartic(
                0.5 * weight * Frobenius.dot(s0, s0),
                weight * Frobenius.dot(s0, s1),
                weight * (0.5 * Frobenius.dot(s1, s1) + Frobenius.dot(s0, s2)),
                weight * Frobenius.dot(s1, s2),
                0.5 * weight * Frobenius.dot(s2, s2));
    }

    /** √β·S on the plane Z + αU + βV, by its coefficients of 1, α, β, α², αβ, β²: six arrays of r² numbers. */
    double[][] onPlane(DMatrixRMaj z, DMatrixRMaj u, DMatrixRMaj v) {
        DMatrixRMaj[] all = {imbalance(z, z), change(z, u), change(z, v), imbalance(u, u), change(u, v), imbalance(v, v)
        };
        double root = Math.sqrt(weight);
        double[][] columns = new double[all.length][];
        for (int k = 0; k < all.length; k++) {
            columns[k] = all[k].data;
            for (int i = 0; i < columns[k].length; i++) {
                columns[k][i] *= root;
            }
        }
        return columns;
    }

    private DMatrixRMaj change(DMatrixRMaj z, DMatrixRMaj d) {
        DMatrixRMaj one = imbalance(z, d);
        int r = z.numCols;
        DMatrixRMaj both = new DMatrixRMaj(r, r);
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                both.data[i * r + j] = one.data[i * r + j] + one.data[j * r + i];
            }
        }
        return both;
    }

    /** ZᵀJD. */
    private DMatrixRMaj imbalance(DMatrixRMaj z, DMatrixRMaj d) {
        int r = z.numCols;
        DMatrixRMaj s = new DMatrixRMaj(r, r);
        for (int row = 0; row < z.numRows; row++) {
            double sign = row < split ? 1 : -1;
            for (int i = 0; i < r; i++) {
                double entry = sign * z.data[row * r + i];
                for (int j = 0; j < r; j++) {
                    s.data[i * r + j] += entry * d.data[row * r + j];
                }
            }
        }
        return s;
    }

    /** out += βJZS. */
    private void addTimes(DMatrixRMaj z, DMatrixRMaj s, DMatrixRMaj out) {
        int r = z.numCols;
        for (int row = 0; row < z.numRows; row++) {
            double signed = row < split ? weight : -weight;
            for (int i = 0; i < r; i++) {
                double entry = signed * z.data[row * r + i];
                for (int j = 0; j < r; j++) {
                    out.data[row * r + j] += entry * s.data[i * r + j];
                }
            }
        }
    }
}
