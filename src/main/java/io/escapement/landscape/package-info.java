/**
 * Where a point stands: stationarity, curvature, the verdict with its certificate and the bound on the optimality gap
 * (mathematics.md, section 2).
 *
 * <p>Decision: this package and {@code escape} may import {@code event}, because verdicts and figures are event records.
 */
package io.escapement.landscape;
