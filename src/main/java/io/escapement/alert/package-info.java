/**
 * Alerts: rules over how runs stand, what fires, and who is told.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>Rules are asked on a tick about every run, and see nothing but a {@link io.escapement.alert.Sighting}. Rules on the event
 *       stream were rejected: that a run is lost, quiet or slow is told by the absence of events.
 *   <li>The states are those that the list of runs shows, with their own three clocks; a rule adds only how long one must last. Two
 *       definitions of a stall would contradict each other on one page.
 *   <li>An end resolves what fired for the run. A run that ended diverged, or whose process is gone, is the exception: its end is the
 *       news, and it stands for ten minutes.
 *   <li>A webhook has one queue and one thread: a notice that fails holds up those behind it, so that the order is kept for every
 *       run. Receivers do not hold up each other, nor any of them the rules. Full queues give up the oldest.
 *   <li>Alerts are not stored: after a restart the rules find what still holds. A run of another program that was heard of within the
 *       hour before is waited for as long as for any sign of life, and then it is lost: its program may have gone with the server.
 *   <li>Webhooks write JSON with Jackson's generator, which the other packages that write JSON use too.
 * </ul>
 */
package io.escapement.alert;
