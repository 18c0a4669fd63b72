/**
 * Power networks: cases, meters, state estimation from them.
 *
 * <p>Decision: what a case file computes is refused where it concerns a field that is needed, and skipped elsewhere. A file whose
 * last lines convert its branch table from ohms would otherwise be read without an error, and wrong.
 *
 * <p>Decision: isolated buses and branches out of service are left out, and what remains must be connected. Between two parts
 * no meter sees the phase, and "the truth up to a common phase" would not say what is known.
 */
package io.escapement.sensing.network;
