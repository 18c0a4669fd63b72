/**
 * Descent in the metric of the factors: ScaledGD, PrecGD and OPSA, for {@code psd} and {@code asymmetric} problems.
 *
 * <p>Decision: all three share one direction ({@code ScaledDirection}) and take their step from a {@link io.escapement.solve.StepSize} on the
 * ray along it, so that they may be searched exactly, too: Polyak's step in the papers' metric is Polyak's step along that ray.
 */
package io.escapement.solve.precondition;
