/**
 * When a solver stops, and why. A {@link io.escapement.stop.StoppingCriterion} is immutable and printable; {@code begin()}
 * gives a fresh watch for one segment of one run. Criteria combine with {@code or}, {@code and} and {@code repeated}; every
 * child sees every event, so that a window is never short because another criterion answered first.
 */
package io.escapement.stop;
