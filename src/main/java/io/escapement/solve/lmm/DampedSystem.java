package io.escapement.solve.lmm;

import io.escapement.linalg.ConjugateGradients;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.Gram;
import java.util.Objects;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * How (∇Fᵀ∇F + λI)d = g is solved: in closed form where there is one, or by conjugate gradients.
 *
 * @param iterative empty for the closed form, and {@link #STANDARD} where there is none
 */
public record DampedSystem(Optional<ConjugateGradients> iterative) {

    /** [LMM]'s authors': at most 100 iterations, and a residual that is never reached before. */
    public static final ConjugateGradients STANDARD = new ConjugateGradients(100, 1e-13);

    /** First of four slots of the workspace. */
    private static final int SLOT = 16;

    public DampedSystem {
        Objects.requireNonNull(iterative, "iterative");
    }

    public static DampedSystem closedForm() {
        return new DampedSystem(Optional.empty());
    }

    public static DampedSystem by(ConjugateGradients iteration) {
        return new DampedSystem(Optional.of(iteration));
    }

    /** Returns how many products with the Gram matrix it took. */
    int solve(Gram gram, double damping, DMatrixRMaj g, DMatrixRMaj out, Workspace workspace) {
        if (iterative.isEmpty() && gram.closedForm()) {
            gram.solve(damping, g, out);
            return 0;
        }
        return iterative
                .orElse(STANDARD)
                .solve(
                        (v, product) -> {
                            gram.times(v, product);
                            Frobenius.add(product, damping, v, product);
                        },
                        g,
                        out,
                        workspace,
                        SLOT);
    }

    /** As on the command line. */
    String describe() {
        return iterative
                .map(cg -> "cg:" + cg.maxIterations() + "," + cg.tolerance())
                .orElse("direct");
    }
}
