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
 *       no tree, no text and no map for an iteration. {@code escapement bench ingest} measures it: 100 programs in one process with
 *       the server, its log, meters and store took 6.2 µs of processor time an event on a machine that was busy with other
 *       things, six to seven times what the same bytes cost into a server that only counts lines.
 *   <li>A field that is no figure is the program's own affair, and is kept: of a landmark with the event, of an iteration or a heartbeat,
 *       of which nothing but series is kept, in a message where it is new or has changed ({@link io.escapement.ingest.Besides}). All of it is
 *       bounded, and what is beyond is told once in the run. To keep them with each row would cost a run of a million iterations more
 *       than its series; to drop them in silence would make whoever sends them believe that they are there.
 *   <li>A point has three coordinates, for with one of them absent it is nowhere in the picture; 0 does along an axis that there is not.
 *   <li>Only whole lines count. A piece of a line at the end of a request that ended as it should is a line; where the
 *       connection broke off it is not, because its rest may have been anything.
 *   <li>(attempt, seq) makes a repeat harmless, so that whoever is not sure whether a batch arrived sends it again. Numbers may
 *       be missing, which is counted and said in a message; one that comes after later ones is refused, because a run's
 *       readers are told in order.
 *   <li>Which events have come is kept with the run, in the same transaction as its curves: after a restart of the server a
 *       run goes on as itself with the next event, and what comes twice still counts once. To begin another run, as
 *       before, tore one run of a program into several, and a loop around curl lost its run for good.
 *   <li>Elapsed time that a line does not give is counted by a clock that nobody puts forward or back, and never falls within an
 *       attempt, though a program's own times may. Numbers go up to 2^53, times from 1970 to 9999: beyond that sums overflow.
 *   <li>A bad line is counted under one of five reasons and skipped, and the first is told with its number. To refuse the
 *       whole request would lose the good ones for it.
 *   <li>gzip is unpacked here in the pieces in which it comes, without a thread that waits, and at most 64 KiB at a time
 *       are in memory, whatever it unpacks to.
 *   <li>What is seen in the events themselves (stalled, diverged, on the way again) becomes a message of the run beside the event
 *       that shows it, under its number: the numbers are the program's.
 * </ul>
 */
package io.escapement.ingest;
