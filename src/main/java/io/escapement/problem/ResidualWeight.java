package io.escapement.problem;

/** The derivative of a separable loss: how much a measurement with this residual pulls. */
@FunctionalInterface
public interface ResidualWeight {

    /**
     * @param k which measurement
     * @param residual 𝒜(M)_k − b_k
     */
    double at(int k, double residual);
}
