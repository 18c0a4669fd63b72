/**
 * The methods that [EMC] compares itself with: Gauss–Newton matrix recovery, lin-RFM, the semidefinite relaxation, Burer–Monteiro at a
 * fixed learning rate. GNMR needs the operator's primitives only and serves every half-squared loss; lin-RFM and the relaxation hold
 * the matrix in full and serve weighted entries, up to 500 rows.
 *
 * <p>Decision: what a run shows and judges of a method that holds a matrix is the best factor of the problem's rank of it, and the loss
 * and distance are those of the factor. The relaxation's gradient norm is its worst optimality residual in the scale of ∇h, so that a run
 * rests where the relaxation is solved, and the verdict is then about the factor: not stationary, where the solution's rank is higher.
 *
 * <p>Decision: the relaxation is solved by ADMM, not by accelerated proximal gradients, whose rate is that of f's condition, 1/ε² for ε-MC; the
 * data step is closed for entries. Without a ridge it is constrained where entries are unseen, rather than regularized by a small number
 * that somebody would have to choose.
 *
 * <p>Decision: lin-RFM is smoothed like IRLS. Measured on 18 instances (20×20 of rank 2 with p = 0.5, symmetric; 20×15, rank 2, 0.6; 10×10, rank
 * 1, 0.5, symmetric; six each), found within 0.05: a ridge that falls from 0.05 to 1e−9 without smoothing, 0; the authors' program with its
 * ridge of 0.05 or 1e−3 and seen entries written over, 16 in up to 3000 rounds; ε_t falling by a twentieth a round, 17 in up to 300; by a
 * tenth, 14. With α = ¼, the nuclear norm, 4 at a twentieth.
 */
package io.escapement.solve.completion;
