/**
 * What is measured and where it comes from: measurement operators, instance generators with their truths, start points. Files
 * are read in {@code sensing.file}, and made into problems in {@code sensing.data}.
 *
 * <p>Decision: a mask is cut into tiles ({@code MaskTiles}) instead of being kept by rows (whose scattered writes two threads
 * cannot share) or by rows and by columns (which reads the residual in random order). Measured at 10⁶×10⁵, 10⁷ entries, r = 10, on
 * two busy cores, the best of ten: kept by rows, one thread, a measurement and a backprojection take 0.22 and 0.41 s; tiles,
 * one thread, 0.22 and 0.34 s; tiles, two threads, 0.15 and 0.22 s. The price is paid where rows are short and r is small: at r = 2
 * and ten entries a row tiles take 0.07 and 0.15 s, rows 0.02 and 0.05 s. The operator takes 84 MB there, 8.4 bytes an entry.
 * A full mask at n = 200 is one tile: see {@code MaskKernel} for its times.
 *
 * <p>Decision: sparse rows are kept as their terms, rank-one rows among them ({@link io.escapement.sensing.SparseOperator}). L_s is the
 * largest eigenvalue of 𝒜*𝒜, so what needs it from above is proven; it takes 0.7 s for 27,000 rows of a 3000-bus network.
 *
 * <p>Decision: the spectral start is the default for completion. From it L-BFGS reaches the same held-out RMSE as from N(0, s²), s
 * from 1e−4 to 3e−2, in up to half the iterations, and with skewed counts a better one after 50; it never was much worse. It costs a dozen
 * backprojections of 2r + 4 vectors: 20 s at 10⁶×10⁵, 10⁷ entries, r = 10.
 *
 * <p>Decision: a dense operator keeps each packed row as one array, and four rows share a pass
 * ({@link io.escapement.sensing.DoubleRows}). One pass for value and gradient at d = 200, m = 2000 ran at 67 to 77 % of a plain read of the
 * same 322 MB, on one thread and on two; two OpenBLAS products on the unpacked rows took 3.4 and 2.5 to 2.7 times as long (2 cores shared with
 * other work, four runs). Rejected: rows as offsets into one large array (55 to 60 %: C2 makes no vector code of it); rows cut into arrays of
 * 2 KB with dot products in partial sums (twice as fast in the cache, up to 69 % with a serial collector, 45 % with G1); groups
 * of two; the update of one group interleaved with the dot products of the next (more than the second-level cache holds).
 *
 * <p>Decision: regression on squares is an operator with diagonal A_k ({@link io.escapement.sensing.RegressionOperator}), not a problem class of its
 * own, so that every solver, judge and escape serves nonnegative least squares and sparse recovery. Measured from N(0, 0.05²), 20 seeds each,
 * truth found to 1e−3, L-BFGS with exact steps against gradient descent with exact steps: {@code nnls} d = 100, m = 200, 10 entries, 20 (about 450
 * iterations) against 0 within 2000, the entries that should vanish doing so like 1/t; {@code sparse-recovery} 150, 300, 5: 20 (about 1240) against 0
 * within 3000; {@code one-bit} n = 20, r = 3: 20 (33) against 20 (142), 20×15: 20 (50) and 20 (217); {@code factorization} n = 20, r = 3: 20 (13)
 * and 20 (16), 20×15: 20 (21) and 20 (28). With 10 % outliers, Gaussian n = 20, r = 2, m = 160: ‖·‖₁ 20 and 18; Huber with δ = 0.01 none, for it is
 * pulled to 2 to 4 % from the truth.
 */
package io.escapement.sensing;
