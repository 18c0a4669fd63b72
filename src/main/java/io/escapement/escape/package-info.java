/**
 * Mechanisms that leave a point (mathematics.md, section 4). Each proposes candidates, with a record of what it computed,
 * or says why it refuses.
 *
 * <p>Decision: a mechanism does not descend. It proposes; the run descends from the candidate as from any start, so that a
 * trial is watched like everything else, and accepts it when its value is below the trap's, or returns to the trap. The
 * run therefore never ends worse than it was.
 */
package io.escapement.escape;
