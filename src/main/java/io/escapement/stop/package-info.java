/**
 * When a solver stops, and why. A {@link io.escapement.stop.StoppingCriterion} is immutable and printable; {@code begin()}
 * gives a fresh watch for one segment of one run. Criteria combine with {@code or}, {@code and} and {@code repeated}; every
 * child sees every event, so that a window is never short because another criterion answered first.
 *
 * <p>{@link io.escapement.stop.RunWatch} is the reduced form, for runs of other programs: it needs events alone, says when a run
 * stalls or diverges and when it goes on, and stops nothing.
 *
 * <p>Decision: it does not watch the runs made here. Those are judged where they stall, by criteria a thousand times sharper
 * that know the problem's scale; a second opinion from a coarser rule would only flicker.
 */
package io.escapement.stop;
