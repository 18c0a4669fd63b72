/**
 * [IPGD]'s experiments: its figures 1, 4, 5 and 6.
 *
 * <p>The paper's functions are multiples of ours, f = c·h, so its step η on f is cη on h and its thresholds G and F on f are G/c and F/c
 * on h: c = ½ of sensing (its (MS) is a sum over 4N), 2 of completion (eq. 123 is a sum without ½), 1 of 1-bit completion (eq. 124), 2 of
 * sparse recovery if the sum of eq. 125 is taken for a mean, 2N as printed.
 *
 * <p>What the paper does not give, and what its own numbers do not allow (measured here, seed 1):
 *
 * <ul>
 *   <li>T_escape = 50. From 0 the signal grows by 1 + ησ a step; in 50 steps it comes from 1e−15/√n to a drop of F = 1e−10 only where a step
 *       grows it by about 0.6 or more: symmetric sensing (1 + 0.1·10 = 2 a step) and completion (1.64). In 1-bit completion (1.5), in
 *       sparse recovery (1.4) and wherever there are two factors (half the rate) algorithm 1 as printed returns 0, where algorithm 2 stays.
 *       So each problem is run with 50 and with {@value io.escapement.experiment.study.ipgd.Recovery#PATIENT}.
 *   <li>N. With η = 0.1 and σ_1 = 10 the step of symmetric sensing is 2/L in expectation, the edge of stability. With N = 200 it oscillates for
 *       good (the distance stays at 4); N = 1000 converges.
 *   <li>The weight of ‖XᵀX − YᵀY‖². With 1, as printed, completion with two factors oscillates (8cσ_1·η = 3.2 above 2; the distance ends at
 *       13), so β = ¼ here, which leaves the largest curvature to the data.
 * </ul>
 */
package io.escapement.experiment.study.ipgd;
