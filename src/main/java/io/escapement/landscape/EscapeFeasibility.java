package io.escapement.landscape;

import io.escapement.event.Figures;
import io.escapement.linalg.FactorSvd;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import org.ejml.data.DMatrixRMaj;

/**
 * Whether a finite step along u q_φᵀ lowers the loss at a stationary X̂ = Σ σ_φ v_φ q_φᵀ, in closed form ([SOD] module 4,
 * escape feasibility score; mathematics.md, section 4.3). With K₁ = ‖𝒜(uuᵀ)‖², K₂ = ⟨𝒜(uuᵀ), 𝒜(sym(u v_φᵀ))⟩,
 * K₃ = ‖𝒜(sym(u v_φᵀ))‖² and λ = uᵀG(X̂)u,
 *
 * <pre>h(X̂ + s·u q_φᵀ) − h(X̂) = s²(λ + 2σ_φ²K₃ + 2sσ_φK₂ + ½s²K₁),</pre>
 *
 * <p>which is negative somewhere if and only if EFS = NCM + AIC &gt; 1. NCM &gt; 1: an infinitesimal step descends, X̂ is a
 * saddle. NCM ≤ 1 &lt; EFS: X̂ may be a true local minimum that a finite jump leaves. A ridge and an asymmetric factor
 * [X; Y] change nothing: the former is in λ, the latter in 𝒜.
 *
 * <p>Where the margins have no denominator: with σ_φ²K₃ = 0 the ray is even, s²(λ + ½s²K₁), and NCM is ∞, 0 or −∞ as −λ is above,
 * at or below 0, AIC 0. With K₁ = 0 the measurements do not see u, so K₂ = 0, λ ≥ 0 (it is the ridge's half), AIC 0 and EFS ≤ 0.
 *
 * @param lambda λ, which is λ_n where u is the eigenvector u_n
 * @param sigma σ_φ ≥ 0
 * @param k1 K₁ ≥ 0
 * @param k2 K₂, by Cauchy and Schwarz within ±√(K₁K₃)
 * @param k3 K₃ ≥ 0
 */
public record EscapeFeasibility(double lambda, double sigma, double k1, double k2, double k3) {

    /** ‖𝒜(uuᵀ)‖² below this fraction of L_s is zero but for rounding. */
    private static final double UNSEEN = 1e-20;

    public EscapeFeasibility {
        requireAtLeastZero("sigma", sigma);
        requireAtLeastZero("k1", k1);
        requireAtLeastZero("k3", k3);
    }

    private static void requireAtLeastZero(String name, double value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is " + value + "; at least 0 is needed");
        }
    }

    /**
     * At an evaluated point.
     *
     * @param u n×1 of norm 1
     * @param component φ, counted from 0; the weakest is {@code columns() − 1}
     */
    public static EscapeFeasibility of(FactoredProblem problem, Evaluation at, DMatrixRMaj u, int component) {
        return of(problem, at, FactorSvd.of(at.x()), u, component);
    }

    /** The same where the singular values of the point are known. */
    public static EscapeFeasibility of(
            FactoredProblem problem, Evaluation at, FactorSvd svd, DMatrixRMaj u, int component) {
        int m = problem.operator().measurements();
        double[] uu = new double[m];
        double[] uv = new double[m];
        problem.operator().measure(u, u, uu);
        problem.operator().measure(u, svd.left(component), uv);
        double k1 = Frobenius.dot(uu, uu, m);
        boolean seen = k1 > UNSEEN * problem.operator().constants().smoothness();
        return new EscapeFeasibility(
                Frobenius.dot(at.weights(), uu, m) + 0.5 * problem.ridge(),
                svd.sigma(component),
                seen ? k1 : 0,
                seen ? Frobenius.dot(uu, uv, m) : 0,
                Frobenius.dot(uv, uv, m));
    }

    /** Negative curvature margin −λ/(2σ²K₃): by how much −λ outweighs what the cross term adds. */
    public double ncm() {
        double stiffness = stiffness();
        if (stiffness > 0) {
            return -lambda / stiffness;
        }
        return lambda == 0 ? 0 : -lambda * Double.POSITIVE_INFINITY;
    }

    /** Alignment-induced curvature K₂²/(K₁K₃), in [0, 1]: how far a finite step bends the cross term away. */
    public double aic() {
        return k1 > 0 && stiffness() > 0 ? Math.min(1, k2 / k1 * (k2 / k3)) : 0;
    }

    /** NCM + AIC. */
    public double efs() {
        return ncm() + aic();
    }

    /** Whether some step lowers the loss. */
    public boolean descends() {
        return k1 > 0 && efs() > 1;
    }

    /** s*, the global minimizer on the ray, of either sign; 0 where no step lowers the loss. */
    public double minimizer() {
        if (!descends()) {
            return 0;
        }
        double slant = 3 * sigma * k2;
        double root = Math.sqrt(Math.max(0, slant * slant - 4 * k1 * (lambda + stiffness())));
        return -(slant + Math.copySign(root, slant == 0 ? -1 : slant)) / (2 * k1);
    }

    /** h(X̂ + s·u q_φᵀ) − h(X̂). */
    public double change(double s) {
        return s * s * (lambda + stiffness() + s * (2 * sigma * k2 + 0.5 * s * k1));
    }

    /** 2σ²K₃: the curvature that the cross term adds. */
    private double stiffness() {
        return 2 * sigma * sigma * k3;
    }

    /** "NCM … + AIC … = EFS …", for messages. */
    public String margins() {
        return "NCM " + Figures.of(ncm()) + " + AIC " + Figures.of(aic()) + " = EFS " + Figures.of(efs());
    }
}
