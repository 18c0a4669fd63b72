/**
 * The experiments of [LMM] section 6, on its authors' instances.
 *
 * <p>Decision: the authors' program is followed where it differs from the paper's text, because the figures are its own: starts, frames, γ,
 * damping. Where both can be had they are both there: the starts of symmetric sensing, and what is linear in nonnegative least squares.
 *
 * <p>Decision: iterations are set beside passes over the measurements, because an exact step, a step of Levenberg-Marquardt and a plain one
 * are not the same work.
 */
package io.escapement.experiment.study.lmm;
