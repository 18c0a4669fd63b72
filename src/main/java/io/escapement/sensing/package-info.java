/**
 * What is measured and where it comes from: measurement operators, instance generators with their truths, start points, matrix
 * files and their completion.
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
 * <p>Decision: files are read by scanners of our own, not by a CSV library. The errors must name line and column in words a
 * user can act on, numbers must not become strings first, and quoting is all there is to RFC 4180. Both formats together
 * are some 700 lines. A coordinate file of 10⁷ entries, 237 MB, is read in 2.5 s; a CSV of 3000×3000 cells, 30 % filled, 36 MB, in
 * 0.4 s.
 *
 * <p>Decision: no centring by default. The mean makes a rank-r matrix one of rank r + 1: a noiseless nonnegative matrix would no
 * longer be recovered at its own rank. With rank to spare it pays. Measured, 1000×800, rank 4 and row and column biases,
 * 6 % seen with skewed counts, noise 0.2, fitted at rank 6, ridge 0: offset 10 needs 200 iterations of L-BFGS to a held-out
 * RMSE of 0.272, and 50 to 0.257 with the mean taken off; at offset 1 there is no difference. On a rating-like matrix (3000×1000,
 * 1 % seen, offset 3.5, noise 0.3, rank 5, ridge 0.01) the mean brings 0.79 down to 0.56.
 *
 * <p>Decision: ridge 1e−4 of its largest useful value. Held-out RMSE on 2000×1500, rank 5, 5 % seen, entries of size 1, L-BFGS, 200
 * iterations, for ridge 0, 1e−4, 1e−3, 1e−2: noise 0.05 at rank 5: 0.0541, 0.0541, 0.0542, 0.0578; noiseless at rank 5: 0, 0.0002,
 * 0.002, (not measured); noiseless at rank 10: 0.050, 0.012, 0.002, (not measured); noise 0.05 at rank 10: 0.076, 0.070, 0.063,
 * 0.060; noise 0.3 with skewed counts at rank 10: 0.443, (not measured), 0.392, 0.361. So noise and rank to spare want 1e−2, and
 * no noise wants none; the advice given after a run says so.
 *
 * <p>Decision: the spectral start is the default for completion. From it L-BFGS reaches the same held-out RMSE as from N(0, s²), s
 * from 1e−4 to 3e−2, in up to half the iterations, and with skewed counts a better one after 50; it never was much worse. It costs a dozen
 * backprojections of 2r + 4 vectors: 20 s at 10⁶×10⁵, 10⁷ entries, r = 10.
 *
 * <p>Decision: a dense operator keeps each packed row as one array, and four rows share a pass ({@code RowKernel}). It comes in plain Java
 * and in the vectors of jdk.incubator.vector; see {@code Fastest} for when. One pass for value and gradient at d = 200, m = 2000, 322 MB
 * of rows, one thread, time on the processor, best of 61 in turn, two runs: 13.5 and 13.3 ms with vectors, 15.7 and 16.0 ms without. A
 * plain read of the same bytes takes 10.8 and 10.4 ms with vectors, and 12.2 and 13.2 ms without. So the pass runs at 78 to 80 % of the best
 * read with vectors, and at 65 to 69 % of it without (at 78 to 83 % of the read in plain Java). Two OpenBLAS products on the unpacked rows
 * took 4.0 to 4.8 times as long as the pass with vectors on one thread (six runs) and 3.5 to 4.6 on two; without vectors 3.0 to 3.7 and 2.6 to 3.6
 * (three runs). Fourfold is reached with the module only, and on two threads not in every run. Those ratios are of wall-clock times
 * on two cores shared by 10 to 20 other processes, where two threads mostly measure the scheduler; on an idle machine they are not measured.
 *
 * <p>What is left is the update: 3 ms when the rows are in the second-level cache, in which the memory stands idle. Nothing in Java 17 prefetches, and a
 * load made early holds up what follows. Rejected in a prototype with vectors, where what is kept ran at 71 to 81 % (medians over rounds): the update
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
 * {@code bench operators --completion} prints both; on the busy machine it said 18 to 19 and 10 to 14, on one thread. Not the bytes
 * of the data are the limit but the arithmetic on short stretches and the scattered writes.
 */
package io.escapement.sensing;
