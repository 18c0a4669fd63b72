/**
 * Methods preconditioned by the parameterization's own curvature ∇Fᵀ∇F: [LMM]'s subgradient method for any loss, Gauss-Newton as its
 * undamped baseline, and Levenberg-Marquardt on the whole residual for smooth losses.
 *
 * <p>Which of the paper and its authors' code is followed where they differ: Polyak's step divides by ⟨d, ∇Fᵀ∇F d⟩ (code) and not by ‖Πv‖² (paper);
 * damping for ‖·‖₁ is 1e−3·h (code), where the paper's 1e−5·h needs more iterations at r = 5; h = ½‖·‖² (code), where the paper writes
 * ‖·‖²; γ = 1 for matrices, ½ for vectors and tensors (code). The Gram action of [LMM] E.2 has the factor 2 that is missing there.
 *
 * <p>Decision: the linear system is solved in closed form where there is one ({@link io.escapement.problem.Gram}), by conjugate gradients
 * for tensors. Ten iterations of them, which the paper recommends, are sometimes better than the exact direction (d = 30, κ = 100, median of 3,
 * asymmetric, ½‖·‖², r = 5: 55 iterations for 82; ‖·‖₁: 102 for 133) and sometimes much worse (κ = 1e4, r = 5: 265 for 78 and 361 for 119; another
 * seed at κ = 100: 2.8 times as many): the exact one is the one that does not depend on κ. {@code --system cg:10} is there.
 *
 * <p>Decision: Polyak's step is on a {@link io.escapement.solve.lmm.Leash}. Without it a run at a spurious minimum, where h* is not
 * attained, jumps away by factors of 1e6 and diverges; with it, it comes to rest there and is judged. It changes the iterations of the
 * paper's experiments little, and rather for the better (d = 30, ½‖·‖², r = 5, κ = 1 / 100: 96 / 95 without, 84 / 82 with; ‖·‖₁: 186 / 200, 188 / 175); it also
 * keeps Gauss-Newton from diverging where columns are superfluous, which is why the baseline is without.
 *
 * <p>Decision: Levenberg-Marquardt has ∇Fᵀ∇F + λI in closed form as the preconditioner of its conjugate gradients. To 1e−8 at d = 30,
 * r = 5, κ = 1 / 1e4 from a local start: 9 steps and 86 / 94 gradient evaluations with, 16 / 15 and 1050 / 987 without; L-BFGS 654 steps and 992
 * evaluations / not within 1000 steps; LMM 97 / 96 evaluations. From a random start 172 / 177, 1563 / 1530, not / not, 112 / 103.
 */
package io.escapement.solve.lmm;
