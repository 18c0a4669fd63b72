/**
 * Descent in the metric of the factors: ScaledGD, PrecGD and OPSA, for {@code psd} and {@code asymmetric} problems.
 *
 * <p>Decision: all three share one direction ({@code ScaledDirection}) and take their step from a {@link io.escapement.solve.StepSize} on the
 * ray along it, so that they may be searched exactly, too: Polyak's step in the papers' metric is Polyak's step along that ray.
 *
 * <p>Measured ({@code lmm-sensing-l2}, symmetric, d = 100, one instance each, κ = 1 and 100), iterations to a relative error of 1e−8, in
 * brackets passes over the measurements where they are not as many. r = 2: fixed steps of ½ 195 and 199, exact ones 153 (233) and 154 (234). r = 5, the
 * start perturbed by positive numbers as by [LMM]'s authors: ScaledGD 380 and 426, PrecGD 247 and 246, with exact steps 100 (153) and 89 (136);
 * by normal numbers: 248 and 230, 225 and 216, 75 (115) and 81 (124). So a λ that falls with the loss and an exact step are each worth their
 * price with surplus columns, and without them neither is. The λ of 1e−8 lets the loss grow a millionfold before it falls.
 */
package io.escapement.solve.precondition;
