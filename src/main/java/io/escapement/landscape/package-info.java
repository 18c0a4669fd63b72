/**
 * Where a point stands: stationarity, curvature, the verdict with its certificate and the bound on the optimality gap
 * (mathematics.md, section 2).
 *
 * <p>Decision: problems without a convex counterpart have a judge of their own ({@link io.escapement.landscape.CompositeJudge}), whose only
 * certificate is a loss of 0. At rest on CP tensors it took 57 to 263 Hessian products.
 *
 * <p>Decision: a judgement must be cheap beside a descent, since it is paid at every trap. The norms of the data are computed once per
 * problem, and a small Hessian is formed from G, which is known, and one measurement per unknown ({@code HessianMatrix}): at
 * n=20 r=1 m=26 a judgement took 50 gradient evaluations and takes 20, where a descent takes 85. A loss of 0 needs no eigenvalue.
 *
 * <p>Decision: this package and {@code escape} may import {@code event}, because verdicts and figures are event records.
 */
package io.escapement.landscape;
