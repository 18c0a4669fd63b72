/**
 * The dashboard's server: static files, HTTP API, metrics and the live stream. It knows runs only as logs of events, and
 * asks a {@link io.escapement.web.RunDesk} to start and steer them.
 *
 * <h2>Live stream</h2>
 *
 * JSON text frames on {@code /api/v1/stream}. A client sends
 *
 * <pre>
 * {"op":"runs"}                                                        the list of runs, whenever it changed
 * {"op":"subscribe","run":ID,"maxHz":20}                               a run from the start
 * {"op":"subscribe","run":ID,"maxHz":20,"epoch":E,"from":SEQ}          a run from where the client was
 * {"op":"unsubscribe","run":ID}
 * </pre>
 *
 * and gets
 *
 * <pre>
 * {"op":"hello","epoch":E,"version":V}                                 once; the epoch changes when the server restarts
 * {"op":"runs","runs":[Summary…]}                                      the newest 200, at most twice a second
 * {"op":"snapshot","run","epoch","seq","header","status","level","columns","landmarks"}
 * {"op":"delta","run","epoch","seq","conflated","status","level","columns","landmarks"}
 * {"op":"error","run","detail"}                                        the connection stays
 * {"op":"ping","time"}                                                 when nothing else was sent for a while
 * </pre>
 *
 * A row of the columns is a bucket of 2^level iterations; one in a delta replaces the row with the same bucket number.
 * {@code seq} is the position to resume from. When the level rises, a series appears or the epoch differs there is a new
 * snapshot. {@code landmarksDropped} is there when a run had more landmarks than are kept.
 *
 * <h2>Events of other programs</h2>
 *
 * <pre>
 * POST /api/v1/runs               {"source":"external","name":…}      registers one, once for an Idempotency-Key
 * POST /api/v1/runs/ID/events     NDJSON, of any length                {"accepted","duplicates","rejected","firstBad",…}
 * WebSocket /api/v1/ingest?run=ID text frames of NDJSON, up to 64 KiB  each answered likewise
 * </pre>
 *
 * <h2>Roles</h2>
 *
 * <p>Every route is mounted by {@link io.escapement.web.Routes} and says which {@link io.escapement.web.access.Role} it needs:
 * {@code routes.get(Role.READ, path).handler(…)}; the router itself is not handed out, so that a route without one does not
 * compile. READ is for what shows runs, INGEST for what brings events, CONTROL for all that changes something here, ANYBODY
 * for files that hold nothing of a run. {@code RolesIT} asks all of them as everybody, and lists those that are open: to add one
 * there is a decision. {@code Gate.caller(context)} tells who asks. The threat model is in {@link io.escapement.web.access}.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>No client has a queue. At each tick the server asks the log what changed since the client's position; while a
 *       client's socket is full the tick is left out and the position stays. A slow client is therefore conflated, costs no
 *       memory and never slows a solver. Pushing events into a bounded queue per client would have needed rules for what
 *       to drop.
 *   <li>Clients of one rate tick together and so reach the same positions; clients at the same position share one frame.
 *       Fifty viewers of a run that appended 50,000 iterations a second raised its append from 156 to 212 ns.
 *   <li>Frames are built on two worker threads, never on the event loop: a snapshot of 4096 buckets and five series is
 *       about a megabyte of JSON.
 *   <li>Messages are not compressed: on the loopback that would only take time from the solver.
 * *   <li>Styles may be inline: chart libraries set style attributes in tooltips. Scripts may not, but for those of
 *       index.html, by hash.
 *   <li>A request with events is asked for its next piece when the last one has been taken, on two threads beside those for
 *       answers. TCP does the rest: nothing is queued, and a program that is too fast waits.
 *   <li>A status may change though no event comes: subscriptions to such a run look once a second and send a delta without
 *       rows, and the list of runs is written again.
 *   <li>An export is written to a file and sent from there: a client may be slow, and a run large.
 * </ul>
 */
package io.escapement.web;
