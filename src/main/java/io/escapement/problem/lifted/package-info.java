/**
 * The lifted problem ([LEAC] eq. 6–8, [EMC] eq. 12): minimize h^l(w) = ½‖𝒜^{⊗l}(W Wᵀ) − b^{⊗l}‖² over tensors w of order l over
 * R^{nr}, where the n^l×r^l matrix W = P(w) has the entries of w, rows by (i₁, …, i_l) and columns by (c₁, …, c_l). At
 * w = vec(X)^{⊗l}, W = X⊗…⊗X, and the problem knows of w what the problem in X knows of X. (The papers have no ½.)
 *
 * <p>So it is a factored problem of its own with the factor W, and every solver of {@code CompositeProblem} works on it as on
 * any other. Two forms:
 *
 * <ul>
 *   <li>{@link io.escapement.problem.lifted.LiftedEntries}, for operators that measure entries: nothing larger than w is formed. With T
 *       the squared weights, S = 𝒜*(b) and r = 1, ∇h^l(w) = 2[w∘(T^{⊗l}(w∘w)) − S^{⊗l}w].
 *   <li>{@link io.escapement.problem.lifted.TensorPowerOperator}, for any operator: A_{k₁}⊗…⊗A_{k_l} applied to W one factor at a
 *       time, depth first.
 * </ul>
 *
 * <p>The two are not the same problem off rank one. An entry off the diagonal is measured as M_ij = M_ji by one and the same A_k
 * in the second form, whose l-th power cannot tell the indices that it exchanges in one mode; in the first, (i, j) and
 * (j, i) are two measurements, as in [LEAC] eq. 17. At rank one, values and gradients agree.
 */
package io.escapement.problem.lifted;
