/**
 * CP tensors of order 3: the two parameterizations X ↦ Σ x_c⊗x_c⊗x_c and (W, X, Y) ↦ Σ w_c⊗x_c⊗y_c, their derivatives with and
 * without forming a tensor, and the problems made of them.
 *
 * <p>Decision: one code for both forms. A factor is one matrix Z, and the three modes are blocks of its rows; in the symmetric form the
 * three blocks are the same rows. A symmetric tensor is stored once, with weights that keep inner products.
 *
 * <p>Decision: the loss of a factorization comes from QR cores, not from Gram matrices. At a relative distance of 1e−9 the Gram form
 * is wrong by more than the loss itself; the cores' loss has a relative error of about 1e−15/δ at a distance δ, so descents
 * reach 1e−28 of h(0) (d = 500, κ = 1 and 100). Gradients and Hessian products stay with Gram matrices: they are linear in the distance, and as exact there.
 * One evaluation at d = 500, r = 5, r* = 2 takes 0.3 ms symmetric and 0.4 ms otherwise, an exact step 0.3 and 1.0 ms more; d³ entries
 * would take 1 GB (2 cores shared with other work).
 *
 * <p>Decision: the sextic's minimizer comes from bisection between the turns of its derivatives, not from a companion matrix:
 * eigenvalues are right to a multiple of the largest root, and near a stationary point the smallest matters, at 1e−17 of it.
 *
 * <p>Decision: a ray of measurements measures its three terms one after the other, three reads of the rows where an evaluation takes one.
 * At d = 50, m = 2000, r = 5: symmetric 354 MB of rows, evaluation 20 ms, Hessian product 37 ms, ray 118 ms; otherwise 2 GB, 0.42, 0.79 and
 * 1.3 s.
 *
 * <p>Decision: a factorization has ½‖·‖² and ‖·‖ alone, which are functions of the norm; any other loss needs d³ entries, and is refused
 * there. Measurements have every loss. A ray of theirs is a cubic curve of residuals where the losses know quadratic ones: at a given s there is
 * a quadratic with the same value and derivative, so no loss had to learn another method ({@code RayTerms}).
 *
 * <p>Decision: [LMM] with ‖·‖ and γ = ½ from a relative error of 1e−2 to 1e−8 at d = 500, r* = 2, κ = 100, r = 2 or 5: 20 iterations, each 5 ms
 * symmetric, 6 to 32 ms otherwise, nearly all of them conjugate gradients.
 */
package io.escapement.problem.cp;
