/** Methods preconditioned by ∇Fᵀ∇F: [LMM]'s, Gauss-Newton, Levenberg-Marquardt. */
package io.escapement.solve.lmm;
