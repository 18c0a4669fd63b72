/**
 * What is measured and where it comes from: measurement operators, instance generators with their truths, start points. Files
 * are read in {@code sensing.file}, and made into problems in {@code sensing.data}.
 *
 * <p>Decision: a mask is cut into tiles ({@code MaskTiles}) instead of being kept by rows (whose scattered writes two threads
 * cannot share) or by rows and by columns (which reads the residual in random order). Measured at 10⁶×10⁵, 10⁷ entries, r = 10, on
 * two busy cores, the best of ten: kept by rows, one thread, a measurement and a backprojection take 0.22 and 0.41 s; tiles,
 * one thread, 0.22 and 0.34 s; tiles, two threads, 0.15 and 0.22 s. The price is paid where rows are short and r is small: at r = 2
 * and ten entries a row tiles take 0.07 and 0.15 s, rows 0.02 and 0.05 s. The operator takes 73 MB there, 7.3 bytes an entry.
 * A full mask at n = 200 is one tile: see {@code MaskKernel} for its times.
 *
 * <p>Decision: sparse rows are kept as their terms, rank-one rows among them ({@link io.escapement.sensing.SparseOperator}). L_s is the
 * largest eigenvalue of 𝒜*𝒜, so what needs it from above is proven; it takes 0.7 s for 27,000 rows of a 3000-bus network.
 *
 * <p>Decision: the spectral start is the default for completion. From it L-BFGS reaches the same held-out RMSE as from N(0, s²), s
 * from 1e−4 to 3e−2, in up to half the iterations, and with skewed counts a better one after 50; it never was much worse. It costs a dozen
 * backprojections of 2r + 4 vectors: 20 s at 10⁶×10⁵, 10⁷ entries, r = 10.
 *
 * <p>Decision: a dense operator keeps each packed row as one array, and four rows share a pass ({@code RowKernel}). It comes in plain Java
 * and in the vectors of jdk.incubator.vector; see {@code Fastest} for when. One pass for value and gradient at d = 200, m = 2000, 322 MB
 * of rows, one thread, time on the processor, best of 61 in turn, two runs: 13.5 and 13.3 ms with vectors, 15.7 and 16.0 ms without. A
 * plain read of the same bytes takes 10.8 and 10.4 ms with vectors, and 12.2 and 13.2 ms without. So the pass runs at 78 to 80 % of the best
 * read with vectors, and at 65 to 69 % of it without (at 78 to 83 % of the read in plain Java). By wall clock on two idle cores, the pass with vectors
 * runs at 68 to 83 % of the read on one thread and 69 to 81 % on two, and two OpenBLAS products on the unpacked rows take 3.69, 3.97, 3.93, 3.98, 3.92,
 * 3.95 and 4.03 times as long on one thread and 3.08, 2.93, 3.06 and 2.25 times on two; without vectors 3.56, 3.49, 3.31, 3.08 and 3.55 times, and 1.93,
 * 2.00 and 2.31. So four times as fast is all but reached on one thread with the module, and not on two, where the products scale and the
 * pass meets the memory's limit. (On the busy machine the same ratios came out at 4.0 to 4.8 and 3.5 to 4.6.)
 *
 * <p>What is left is the update: 3 ms when the rows are in the second-level cache, in which, it seems, the memory stands idle. Java 17 cannot
 * prefetch, and a load made early did not help. Rejected in a prototype with vectors, where what is kept ran at 71 to 81 % (medians over rounds): the update
 * of one group interleaved with the dot products of the next (43 to 63 %); reading ahead a quarter or more of the next group, a number from each
 * cache line, during the update (39 to 64 %), or one from each page (69 to 71 %); groups of two, three and eight (64 to 74 %); two vectors of
 * each row at a time (62 to 70 %). Rejected
 * earlier, in plain Java: rows as offsets into one large array (C2 makes no vector code of it); rows cut into arrays of 2 KB
 * with dot products in partial sums (fast with a serial collector, slow with G1).
 *
 * <p>Decision: single precision pays with vectors only: the same pass then takes 8.8 ms, against 24 ms in plain Java, where C2
 * converts one number at a time, and 13.4 ms in double precision.
 *
 * <p>Decision: a mask's value and gradient is one look-up of factor rows for residuals and the rows' part of the gradient, then the columns'
 * part in a second sweep. At 10⁶×10⁵, 10⁷ entries, r = 10, time on the processor on one thread, that takes 10 to 12 % less than the two
 * primitives (medians over 21 rounds of two runs; half of the rounds save between 1 and 18 %, and the fastest rounds of both are equal); where the factor
 * stays in cache it takes the same. Rejected: the columns' part in the same sweep (1.2 s against 0.9 for the two, and nothing to share
 * between threads), and loops over the rank inside one over entries (no faster). Reading indices and values once takes 0.04 s there, looking up
 * each entry's factor row 0.05 to 0.07 s, and a gradient 0.54 to 0.66 s at best: some 15 times the one and 10 times the other.
 * {@code bench operators --completion} prints both. With the vectors of jdk.incubator.vector ({@code VectorMaskKernel}), on two idle cores
 * by wall clock, a value and gradient costs 7.7 times the read on one thread and 7.6 on two (304 and 196 ms); without, 11.6 and 12.9 times (456 and
 * 305 ms). Counted, not measured: factor rows, their gradient, indices, values and residuals move some
 * 640 MB a gradient, four times the data's own bytes.
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
