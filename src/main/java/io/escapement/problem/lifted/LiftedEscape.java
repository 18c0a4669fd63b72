package io.escapement.problem.lifted;

import io.escapement.linalg.Eigenpairs;
import io.escapement.linalg.FactorSvd;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Ray;
import java.util.Objects;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * The way out of a lifted point ([LEAC] algorithm 1): w + η·vec(u_n q_rᵀ)^{⊗l}, with u_n the eigenvector of λ_n = λₘᵢₙ(G(X̂)) and q_r
 * the last right singular vector of the X̂ that w stands for.
 *
 * <p>η by Armijo backtracking: from η₀ = (−2λ_n/L_s)^{l/2}, the length that [LEAC] eq. 16 allows in matrix space (2.8352 in its
 * appendix C.2), halved until h^l falls by 1e−4 of what its second-order model promises, or at all where that promises nothing.
 * Both signs are tried, the lower taken: for odd l, −η is the eigenvector −u_n.
 *
 * @param lambda λ_n
 * @param multiplicity of λ_n, as far as looked for
 * @param sigma σ_r
 * @param eta the step taken, signed
 * @param change h^l there less h^l(w), below 0
 * @param step u_n q_rᵀ, n×r of norm 1
 * @param direction its lift W = P(vec(u_n q_rᵀ)^{⊗l})
 */
public record LiftedEscape(
        double lambda,
        int multiplicity,
        double sigma,
        double eta,
        double change,
        DMatrixRMaj step,
        DMatrixRMaj direction) {

    private static final double SUFFICIENT = 1e-4;

    /** A decrease below this fraction of the lifted loss is rounding. */
    private static final double ROUNDING = 1e-12;

    private static final int MAX_HALVINGS = 60;

    public LiftedEscape {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(direction, "direction");
    }

    /** How far to go. */
    public enum Rule {
        /** Backtracking, as in [LEAC] algorithm 1. */
        ARMIJO,
        /** The global minimizer of h^l on the ray, in closed form. */
        EXACT
    }

    /**
     * A step that lowers h^l, or nothing where λ_n ≥ 0 or where there is none.
     *
     * @param at W
     * @param x X̂, evaluated
     * @param lowest of G(X̂)
     */
    public static Optional<LiftedEscape> from(
            Lifting lifting, Evaluation at, Evaluation x, Eigenpairs lowest, Rule rule, Workspace workspace) {
        double lambda = lowest.first().value();
        if (!(lambda < 0)) {
            return Optional.empty();
        }
        FactorSvd svd = FactorSvd.of(x.x());
        DMatrixRMaj step = svd.inPlaceOf(svd.rank() - 1, lowest.first().vector());
        DMatrixRMaj d = lifting.lift(step);
        Ray ray = lifting.problem().ray(at, d, workspace);
        double eta =
                rule == Rule.EXACT ? exact(lifting, at, d, ray, workspace) : backtracked(lifting, at, d, ray, lambda);
        // A ray lives until the next one is made in the same workspace, which the other sign of the exact rule is.
        return eta == 0
                ? Optional.empty()
                : Optional.of(new LiftedEscape(
                        lambda,
                        lowest.multiplicity(),
                        svd.smallest(),
                        eta,
                        lifting.problem().ray(at, d, workspace).change(eta),
                        step,
                        d));
    }

    private static double backtracked(Lifting lifting, Evaluation at, DMatrixRMaj d, Ray ray, double lambda) {
        double smoothness = lifting.base().operator().constants().smoothness();
        double slope = ray.slope();
        DMatrixRMaj bent = new DMatrixRMaj(d.numRows, d.numCols);
        lifting.problem().hessianProduct(at, d, bent);
        double curvature = 0.5 * Frobenius.dot(d, bent);
        double eta = Math.pow(-2 * lambda / smoothness, 0.5 * lifting.order());
        for (int i = 0; i <= MAX_HALVINGS; i++) {
            double signed = ray.change(-eta) < ray.change(eta) ? -eta : eta;
            double promised = Math.min(0, signed * (slope + signed * curvature));
            double change = ray.change(signed);
            if (change <= SUFFICIENT * promised && change < -ROUNDING * at.loss()) {
                return signed;
            }
            eta *= 0.5;
        }
        return 0;
    }

    private static double exact(Lifting lifting, Evaluation at, DMatrixRMaj d, Ray ray, Workspace workspace) {
        double forward = ray.positiveMinimizer();
        double gain = forward > 0 ? ray.change(forward) : 0;
        DMatrixRMaj reversed = new DMatrixRMaj(d.numRows, d.numCols);
        Frobenius.add(reversed, -1, d, reversed);
        CompositeProblem lifted = lifting.problem();
        Ray other = lifted.ray(at, reversed, workspace);
        double backward = other.positiveMinimizer();
        double otherGain = backward > 0 ? other.change(backward) : 0;
        double best = Math.min(gain, otherGain);
        if (!(best < -ROUNDING * at.loss())) {
            return 0;
        }
        return gain <= otherGain ? forward : -backward;
    }
}
