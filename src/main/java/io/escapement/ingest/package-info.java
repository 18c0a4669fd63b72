/**
 * Events of other programs.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>A line may be as short as {@code {"loss": 0.3}}. Whoever has a loop of their own adds one print statement and is
 *       watched; what an event of ours has beyond that (attempt, seq, time, segment) is counted and dated here where it is
 *       absent.
 *   <li>A line is read by a streaming parser into a draft that is used again, and lines are cut out of the bytes as they came:
 *       no tree, no text and no map for an iteration. Four programs in one process with the server, its log, meters and store
 *       brought 380,000 to 418,000 events a second through HTTP on two cores, with 22 MB of heap after four million
 *       ({@code escapement bench ingest}).
 *   <li>Only whole lines count. A piece of a line at the end of a request that ended as it should is a line; where the
 *       connection broke off it is not, because its rest may have been anything.
 *   <li>(attempt, seq) makes a repeat harmless, so that whoever is not sure whether a batch arrived sends it again. Numbers may
 *       be missing, which is counted and said in a message; one that comes after later ones is refused, because a run's
 *       readers are told in order.
 *   <li>A bad line is counted under one of five reasons and skipped, and the first is told with its number. To refuse the
 *       whole request would lose the good ones for it.
 *   <li>gzip is unpacked here in the pieces in which it comes, without a thread that waits, and at most 64 KiB at a time
 *       are in memory, whatever it unpacks to.
 *   <li>What is seen in the events themselves (stalled, diverged, on the way again) becomes a message of the run beside the event
 *       that shows it, under its number: the numbers are the program's.
 * </ul>
 */
package io.escapement.ingest;
