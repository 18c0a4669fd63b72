package io.escapement.problem;

/**
 * F: what a factor stands for (mathematics.md, section 1). All are views of one lifted matrix ZZᵀ ⪰ 0, so one factored problem,
 * one Hessian and one certificate serve them: the measurements see all of it, its upper right block, or its diagonal.
 */
public enum Parameterization {
    /** X ↦ XXᵀ, X n×r. */
    PSD("psd"),
    /** (X, Y) ↦ XYᵀ with Z = [X; Y], X n₁×r and Y n₂×r. */
    ASYMMETRIC("asymmetric"),
    /** x ↦ x∘x, the diagonal of xxᵀ; with r columns the sum of their squares. */
    HADAMARD("hadamard"),
    /** (u, v) ↦ u∘u − v∘v with z = [u; v]. */
    SIGNED_HADAMARD("signed-hadamard");

    private final String label;

    Parameterization(String label) {
        this.label = label;
    }

    /** As people and the command line say it. */
    public String label() {
        return label;
    }
}
