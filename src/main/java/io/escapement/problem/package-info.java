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
 *
 * <p>Decision: a loss is given residual and data both ({@link io.escapement.problem.OuterLoss}), so that the logistic loss, which is none
 * of the difference, needs no operator or problem of its own; an {@link io.escapement.problem.Evaluation} carries ∇ℓ beside the residual,
 * the same array for ½‖·‖², so that the ordinary case allocates no more than before.
 *
 * <p>Decision: on a ray every loss knows its measurements r₀ + s·r₁ + s²·r₂, so a trial step costs m operations whatever the operator costs.
 * ½‖·‖² and ‖·‖₂ have their global minimizer in closed form. ‖·‖₁ and Huber's could have theirs by sorting the 2m or 4m steps at which a
 * residual meets a kink; a bracketed search for a local one ({@code RaySearch}) serves all other losses with one method instead.
 */
package io.escapement.problem;
