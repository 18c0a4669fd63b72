package io.escapement.linalg;

import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * An approximate eigenpair of a symmetric A.
 *
 * @param value λ = vᵀAv, a Rayleigh quotient: never below the smallest eigenvalue but for rounding
 * @param vector v, n×1 of norm 1, its first entry of largest magnitude positive; read-only
 * @param residual ‖Av − λv‖: some eigenvalue of A is within it of λ
 */
public record Eigenpair(double value, DMatrixRMaj vector, double residual) {
    public Eigenpair {
        Objects.requireNonNull(vector, "vector");
    }

    /** λ − ‖Av − λv‖: what the eigenvalue near λ cannot be below. */
    public double lowerBound() {
        return value - residual;
    }

    Eigenpair negated() {
        return new Eigenpair(-value, vector, residual);
    }
}
