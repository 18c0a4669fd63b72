/**
 * CP tensors to find: random truths as in [LMM], Gaussian measurements of them.
 *
 * <p>Decision: rows on tensors are kept by the dense operator for matrices, a tensor being a matrix of one column, so there is one store of
 * rows, one precision switch and one parallel pass. It holds seventeen tensors of scratch beside the rows.
 *
 * <p>Found at 1e−6 from 20 seeds, by L-BFGS with exact steps. Factorization, orthogonal components, κ = 1, start 0.05·N(0,1):
 * symmetric d = 20 or 500, r = r* = 2: 20; d = 50, r = 3: 18, r = 5: 17; r = 5, r* = 2: 20; κ = 100, r = 3: 11; asymmetric d = 20, r = 2:
 * 20; d = 30, r = 5: 14. The rest ends where two columns share a component or one has died. Gradient descent finds 15 to 18 of
 * the first ones, and none at r = 5, r* = 2. From a relative error of 0.5 all are found in each case tried.
 *
 * <p>Sensing is harder from afar: d = 20, r = 2, symmetric, m = 200, 400, 800 (5, 10, 20 per degree of freedom): 10, 12, 16; from a
 * relative error of 0.5 at m = 200 all 20. d = 10, m = 100: 10, and gradient descent from 0.5 all 20.
 */
package io.escapement.sensing.tensor;
