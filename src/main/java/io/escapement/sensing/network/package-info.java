/**
 * Power networks: cases, meters, state estimation from them.
 *
 * <p>Decision: what a case file computes is refused where it concerns a field that is needed, and skipped elsewhere. A file whose
 * last lines convert its branch table from ohms would otherwise be read without an error, and wrong.
 *
 * <p>Decision: isolated buses and branches out of service are left out, and what remains must be connected. Between two parts
 * no meter sees the phase, and "the truth up to a common phase" would not say what is known.
 *
 * <p>Decision: rows of unit norm, flows metered by end. Found from 50 starts N(0, 1) by L-BFGS with exact steps, then with
 * oracle probes, at 1e−3 up to the phase, on the 9-bus case and on the 14-bus one. Unit rows: V, P, Q and flows at both ends
 * 1.00 and 1.00 without probes; V, P, Q, PF, QF 0.84 → 1.00, 0.78 → 1.00; V, PF, QF 0.24 → 1.00, 0.56 → 1.00; V, P, Q 0.22 →
 * 1.00, 0.54 → 1.00; V, PF 0.02 → 0.18, 0 → 0. Rows as they are: V, P, Q, PF, QF 1.00, 1.00; V, P, Q 1.00, 0.96 → 1.00;
 * V, PF, QF 0.08 → 0.08, 0.02 → 1.00, at 1.6 to 17 times the iterations, escapes included. So descent alone does better on rows
 * as they are where injections are metered, and worse where only flows are; with probes, unit rows lose to them in no set tried.
 */
package io.escapement.sensing.network;
