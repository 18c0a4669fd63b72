package io.escapement.escape;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Quartic;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * A unit vector u put in the place of a component: X̌ = X̂_{−φ} + s·u q_φᵀ.
 *
 * <p>What is left of X̂ maps q_φ to 0, so the image is X̂_{−φ}X̂_{−φ}ᵀ + s²·uuᵀ without cross terms, the loss on the ray is even,
 * c₀ + c₂s² + c₄s⁴, and s² = −c₂/(2c₄), which is section 4.5's formula of mathematics.md (with a ridge, c₂ holds λ/2 too).
 *
 * @param s positive
 * @param x X̌
 * @param loss h(X̌)
 */
record Replacement(double s, DMatrixRMaj x, double loss) {

    /** A decrease below this fraction of the loss without the component is rounding: nothing was put in. */
    private static final double ROUNDING = 1e-12;

    /**
     * ‖𝒜(uuᵀ)‖² below this fraction of L_s is zero but for rounding: the measurements do not see u. So it is in an
     * asymmetric factor with u = [u₁; 0], which belongs to the eigenvalue 0 of G.
     */
    private static final double UNSEEN = 1e-20;

    /**
     * Empty where s² ≤ 0 or 𝒜(uuᵀ) = 0.
     *
     * @param rest X̂_{−φ}, evaluated
     * @param direction u q_φᵀ
     */
    static Optional<Replacement> of(
            FactoredProblem problem, Evaluation rest, DMatrixRMaj direction, Workspace workspace) {
        Quartic quartic = problem.quartic(rest, direction, workspace);
        double s = Math.sqrt(-quartic.c2() / (2 * quartic.c4()));
        double smoothness = problem.operator().constants().smoothness();
        if (2 * quartic.c4() <= UNSEEN * smoothness || !(quartic.change(s) < -ROUNDING * rest.loss())) {
            return Optional.empty();
        }
        DMatrixRMaj x = new DMatrixRMaj(direction.numRows, direction.numCols);
        Frobenius.add(rest.x(), s, direction, x);
        return Optional.of(new Replacement(s, x, problem.value(x)));
    }
}
