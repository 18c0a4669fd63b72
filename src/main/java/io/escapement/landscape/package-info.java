/**
 * Where a point stands: stationarity, curvature, the verdict with its certificate and the bound on the optimality gap
 * (mathematics.md, section 2).
 *
 * <p>Decision: problems without a convex counterpart have a judge of their own ({@link io.escapement.landscape.CompositeJudge}), whose only
 * certificate is a loss of 0. At rest on CP tensors it took 57 to 263 Hessian products.
 *
 * <p>Decision: this package and {@code escape} may import {@code event}, because verdicts and figures are event records.
 */
package io.escapement.landscape;
