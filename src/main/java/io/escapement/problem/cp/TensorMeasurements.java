package io.escapement.problem.cp;

import io.escapement.problem.OuterLoss;

/**
 * A linear map 𝒜 from stored tensors ({@link CpShape}) to Rᵐ, t ↦ (⟨a_k, t⟩)_k. Implementations are immutable and may be used by
 * several threads at once.
 */
public interface TensorMeasurements {

    /** Numbers in a stored tensor. */
    int length();

    /** m. */
    int measurements();

    /** out = 𝒜(t); {@code out} is at least m long. */
    void measure(double[] t, double[] out);

    /** t = 𝒜*(w) = Σ w_k a_k; {@code t} is as long as a stored tensor. */
    void backproject(double[] w, double[] t);

    /**
     * residual = 𝒜(t) − b and s = 𝒜*(∇ℓ), in one pass over the rows where reading them is what costs.
     *
     * @return ∇ℓ, as {@link OuterLoss#gradient} gives it
     */
    default double[] pass(OuterLoss loss, double[] t, double[] b, double[] residual, double[] s) {
        measure(t, residual);
        for (int k = 0; k < b.length; k++) {
            residual[k] -= b[k];
        }
        double[] weights = loss.gradient(residual, b);
        backproject(weights, s);
        return weights;
    }
}
