package io.escapement.landscape;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.LanczosQuadrature;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Hessian;
import org.ejml.data.DMatrixRMaj;

/**
 * How fast gradient descent leaves, or nears, an implicit region ([IPGD] definition 5): with H = ∇²h(x♯) and its positive and
 * negative parts, r₋ = −⟨x⊥, H₊x⊥⟩/‖x⊥‖² ≤ 0, r₊ = −⟨x⊥, H₋x⊥⟩/‖x⊥‖² ≥ 0 and r = r₋ + 3r₊; all 0 where x⊥ = 0. One step of η ≤ 1/L multiplies
 * ‖x⊥‖ by at most 1 + ηr/2 and a term of second order (proposition 4).
 *
 * <p>The two parts come from {@link LanczosQuadrature} started at x⊥. For a region of low rank and XXᵀ the rows of x⊥ are orthogonal
 * to those of x♯, so H x⊥ = 2G(x♯)x⊥ and the Krylov space has at most n dimensions, whatever the rank: exact after n products.
 *
 * @param residualNorm ‖x⊥‖_F
 * @param negative r₋
 * @param positive r₊
 * @param products with the Hessian
 * @param converged whether the quadrature did
 */
public record DeviationRate(double residualNorm, double negative, double positive, int products, boolean converged) {

    /** r. */
    public double rate() {
        return negative + 3 * positive;
    }

    /** @param x finite; read-only */
    public static DeviationRate at(
            CompositeProblem problem, ImplicitRegion region, DMatrixRMaj x, LanczosQuadrature quadrature) {
        ImplicitRegion.Split split = region.split(x);
        double norm = Frobenius.norm(split.residual());
        if (norm == 0) {
            return new DeviationRate(0, 0, 0, 0, true);
        }
        Hessian hessian = new Hessian(problem, problem.evaluate(split.signal()));
        LanczosQuadrature.Parts parts = quadrature.split(hessian, split.residual().data);
        return new DeviationRate(norm, 0 - parts.positive(), 0 - parts.negative(), parts.products(), parts.converged());
    }
}
