/**
 * Problems to minimize: the two primitives {@code measure} and {@code backproject}, the loss of a measured factorization
 * with its gradient, Hessian product and exact behaviour on a ray, restricted constants, ground truth.
 *
 * <p>Decision: {@link io.escapement.problem.SensingOperator} is declared here although its implementations are in
 * {@code sensing}: solvers, judges and escapes must be able to use an operator without knowing which one it is.
 *
 * <p>Decision: an asymmetric XYᵀ is the off-diagonal block of ZZᵀ with Z = [X; Y] (architecture.md), so there is one
 * factored problem, one Hessian, one certificate. A ridge λ/2·tr M joins f: on factors it is λ/2·‖Z‖², and it shifts
 * the gradient matrix by λ/2·I, so the certificate then is that of the nuclear-norm regularized problem.
 */
package io.escapement.problem;
