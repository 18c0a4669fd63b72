/**
 * Mechanisms that leave a point (mathematics.md, section 4). Each proposes candidates, with a record of what it computed,
 * or says why it refuses.
 *
 * <p>Decision: a mechanism does not descend. It proposes; the run descends from the candidate as from any start, so that a
 * trial is watched like everything else, and accepts it when its value is below the trap's, or returns to the trap. The
 * run therefore never ends worse than it was.
 *
 * <p>Decision: {@code auto} is the default. Solved of 50 (seeds 1001 to 1050, settings chosen on seeds 1 to 100) within 20,000
 * gradient evaluations, judgements and trials included, by {@code none}, {@code restart}, {@code auto}, with the mean number of
 * evaluations of the last two: pmc n=80 ρ=0.1, 17, 50 at 1945, 50 at 706; pmc n=40 ρ=0.1 from 1e−3, 0, 2 at 19691, 50 at 389;
 * Gaussian sensing n=30 r=1 m=40, 22, 50 at 3108, 50 at 2776; m=36, 11, 50 at 6260, 50 at 6135; the 9, 14 and 30 bus networks from
 * V,P,Q, 10, 30, 18, all 50 at 463, 330, 1213, all 50 at 250, 292, 1038. Not everywhere: where two columns and very few
 * measurements leave many equal traps, n=20 r=2 m=40 with L-BFGS, restarts alone solve more: 7, 44 at 5995, 40 at 7631, and on
 * seeds 2001 to 2100, 92 of 100 against 75.
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
