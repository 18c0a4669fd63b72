/**
 * The lifted objective of one component in the span of a few tensor powers, and projected gradient descent in it ([SOD] module 4;
 * mathematics.md, section 4.4). Nothing of size n^l is formed: a handful of coefficients, and inner products of measurements.
 *
 * <p>Decision: one component is lifted, with the rest of X̂ held, not vec(X̂). Pure terms are compared by h^l as their images are by
 * their angle to b: the minimum over c of h^l(c·d^{⊗l}) is ½(1 − cos^{2l}∠(b, 𝒜(ddᵀ))). So a term of rank one beats the lifted
 * trap exactly where it fits b better than all of X̂X̂ᵀ does, and for r &gt; 1 it hardly ever can. The component's own data, b less
 * the image of the rest, make it the problem of rank one again.
 *
 * <p>Decision: the leading eigenvectors of 𝒜*(b) belong to the dictionary. Measured on perturbed matrix completion, n = 20, ρ = 0.1,
 * 20 traps: with the trap, u_n and B·u_n alone 12 were left for the truth, with one eigenvector 20, with four and eight 20.
 *
 * <p>Decision: units are those of the trap's lifted size, and the b-term starts at a thousandth of the trap's measurement. A
 * thousandth of its norm gave h^21 = 17,000 at the start on Gaussian sensing, where u_n is seen six times better than the trap.
 *
 * <p>Decision: quadratic losses only, and no balancing term: the powers of inner products stand for ½‖·‖² and for nothing else. A
 * ridge is linear in M and joins the data.
 */
package io.escapement.escape.lifted;
