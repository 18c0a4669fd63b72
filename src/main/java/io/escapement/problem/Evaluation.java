package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * A problem's value and gradient at a point. Treat all of it as read-only.
 *
 * @param x n×r
 * @param residual 𝒜(XXᵀ) − b, length m
 * @param weights ∇ℓ there, length m, so that G(X) = 𝒜*(weights); the residual itself for ½‖·‖²
 * @param loss h(X)
 * @param gradient ∇h(X), n×r
 * @param gradientNorm ‖∇h(X)‖_F
 * @param age how many times in a row the residual was updated along a ray instead of being measured
 */
@SuppressWarnings("ArrayRecordComponent") // the hot path's own type: compared by identity, never by value
public record Evaluation(
        DMatrixRMaj x,
        double[] residual,
        double[] weights,
        double loss,
        DMatrixRMaj gradient,
        double gradientNorm,
        int age) {

    public Evaluation {
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(residual, "residual");
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(gradient, "gradient");
    }

    /** Of ½‖·‖², where the residual is the loss's gradient. */
    public Evaluation(
            DMatrixRMaj x, double[] residual, double loss, DMatrixRMaj gradient, double gradientNorm, int age) {
        this(x, residual, residual, loss, gradient, gradientNorm, age);
    }

    static Evaluation of(
            DMatrixRMaj x, double[] residual, double[] weights, double loss, DMatrixRMaj gradient, int age) {
        return new Evaluation(x, residual, weights, loss, gradient, Frobenius.norm(gradient), age);
    }
}
