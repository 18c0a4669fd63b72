package io.escapement.linalg.tensor;

import java.util.Objects;

/**
 * A rank-1 term λx^{⊗l} of a symmetric tensor w with ‖x‖ = 1 and λ = w·x^l, the best factor for that x.
 *
 * @param value λ; at least 0 where l is odd, as x may be turned round
 * @param vector x; read-only
 * @param residual ‖w·x^{l−1} − λx‖, without the part that the search was told to leave out: 0 where x is a stationary point
 * @param iterations contractions of w that it took
 * @param converged whether the residual met the tolerance
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, never by value
public record RankOne(double value, double[] vector, double residual, int iterations, boolean converged) {

    public RankOne {
        Objects.requireNonNull(vector, "vector");
    }

    /**
     * λ^{1/l}·x, whose l-th power this is. An odd root takes the sign of λ; for an even l and λ &lt; 0 there is none, and that of
     * |λ| is given.
     */
    public double[] root(int order) {
        double length = Math.copySign(Math.pow(Math.abs(value), 1.0 / order), order % 2 == 1 ? value : 1);
        double[] root = new double[vector.length];
        for (int i = 0; i < root.length; i++) {
            root[i] = length * vector[i];
        }
        return root;
    }
}
