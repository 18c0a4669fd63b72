/**
 * Mechanisms that leave a point (mathematics.md, section 4). Each proposes candidates, with a record of what it computed,
 * or says why it refuses.
 *
 * <p>Decision: a mechanism does not descend. It proposes; the run descends from the candidate as from any start, so that a
 * trial is watched like everything else, and accepts it when its value is below the trap's, or returns to the trap. The
 * run therefore never ends worse than it was.
 *
 * <p>Measured, {@code sod-single} and {@code sod-multi} on perturbed matrix completion, 50 trials, starts of 0.05·N(0,1), solved of
 * 50 at n = 40, 50, 60, 70, 80. ρ = 0.15: descent alone 29, 45, 46, 45, 50; sod-single 32, 46, 49, 46, 50; sod-multi 50 in each
 * ([SOD]: 0.98, 0.92, 0.86, 0.80, 0.70). ρ = 0.10: descent alone 0, 0, 1, 2, 11; sod-single 0, 2, 7, 23, 28; sod-multi 50 in each
 * ([SOD]: 0.88, 0.84, 0.78, 0.68, 0.60), with other seeds too. It took the eigenvectors of the data in the dictionary, and for
 * one trial of the 500 the pure term that is lower than the a-term on which the lifted descent rests. The jump lands in the
 * basin of the truth, so that chains of escapes were not needed.
 *
 * <p>What sod-multi does not do: on Gaussian sensing with few measurements (n=20 r=1 m=26, 15 traps; n=14 r=2 m=36, 6 traps) the
 * lifted descent stayed on the a-term every time, at any dictionary, and it refuses; oracle-probe solved all 21. Hence
 * {@code sod-multi,oracle-probe} where the measurements are not known to be kind.
 */
package io.escapement.escape;
