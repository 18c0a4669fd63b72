/**
 * Events of other programs.
 *
 * <p>Decision: a line may be as short as {@code {"loss": 0.3}}. Whoever has a loop of their own adds one print statement and
 * is watched; what an event of ours has beyond that (run, seq, time, segment) is counted and dated here where it is absent.
 */
package io.escapement.ingest;
