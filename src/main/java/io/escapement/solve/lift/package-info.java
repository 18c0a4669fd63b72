/**
 * Descent on the lifted tensor ([LEAC]'s Lift, [EMC] eq. 12), and what is shown of it.
 *
 * <p>Why it succeeds, measured on perturbed completion with n = 11, ρ = 0.01, l = 3 from ε·N(0, 1), 64 seeds, a success within
 * 0.05 of the truth:
 *
 * <pre>
 *                                     ε = 1e−7        1e−3        1e−2
 * gd                                  3 of 64
 * lift, exact steps                   64 (2 epochs)   64 (2)      64 (53)
 * lift, stable steps                  64 (1186)
 * lift without the escape             1 of 16, after 1500 epochs
 * [LEAC] table 1                      0.82 (1313)
 * </pre>
 *
 * <p>It is the escape, not the lift. With w₀ of 1e−21 the descent is the power method on S^{⊗l}, S = 𝒜*(b), whose eigenvalues on the
 * truth's support are 1 + 5ρ² once and 1 − ρ² five times: growing by 1e21 at their ratio of 1.0018 (l = 3) turns the
 * tensor by nothing, and it ends at the sign pattern of X₀. Nor does a step along vec(u_n)^{⊗l}
 * lead down from there, as the runs from 0.5 found (σ_r² = 6 is far beyond [EMC] theorem 3.1, which is sufficient only). But 0 is a strict saddle at every l, its lifted gradient is at rest (relative to its scale, not
 * in absolute terms: 1e−21), and the eigenvector of S there is the truth. From farther out descent is in a sign pattern before
 * it rests anywhere, and lifting does not help: 59 of 64 from 0.03·N(0, 1), 5 of 64 from 0.1, 2 of 32 from 0.5.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>The exact step is the default: from 1e−2, 265 epochs (median of 6 seeds) against 3180 with stable ones and 424 with Armijo's, of
 *       which one in six overshot, to a lifted minimum far from rank one (κ = 0.88, h^l = 0.15, h = 1.02). A lifted loss of 0 says
 *       nothing of the matrix unless κ is small.
 *   <li>The lifted problem has a condition of 216 and more where the matrix has 6, so descent hands over to the matrix at a relative
 *       gradient of 1e−3 and does not polish the tensor.
 *   <li>A run is judged by its matrix, and rests where both are at rest; so from 1e−7·N(0, 1) it is judged at once (a strict saddle),
 *       and goes on by the solver's own escape where the run has no other.
 *   <li>Fourth powers: on a ray everything is in units of the direction's length, because those of a gradient of 1e−80 vanish.
 * </ul>
 */
package io.escapement.solve.lift;
