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
 * {"op":"runs","ids":[ID…]}                                            rows of the list, at most 200, and the totals
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
 * {"op":"rows","runs":[Summary…],"gone":[ID…],"overview":{…}}          rows that changed, at most twice a second
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
 * <p>{@code /openapi.yaml} has every call, with all parameters and answers.
 *
 * <h2>Landscapes</h2>
 *
 * <pre>
 * GET  /api/v1/runs/ID/landscape?basis=pca&amp;size=65     the loss on a plane, and the path on it
 *      basis    auto, native, native:I,J, pca, escape:K, through:P,Q,R (start, end, zero, truth, trapK, landingK, an iteration)
 *      version  the plane fitted up to this iteration (the newest)     window  α from,α to,β from,β to (around the path)
 *      size     0, 9, 17, 33, 65, 129, 257 (65)                        aspect  width over height of a window around the path (1)
 *      with     ids of further runs on the same instance               trials  1: candidates that were given up too
 *      encoding base64 (doubles, lowest byte first) or array
 * PUT  /api/v1/runs/ID/landscape     a picture that the program of an external run has computed; POST is the same
 *      {"labels":[α,β],"window":[…4],"size":N,"values":[…N·N],"path":{"iteration","alpha","beta","loss","off"},"explained":[…2],"title"}
 * </pre>
 *
 * A plane is frozen: the answer names its version, and a request with that version gets the same plane, with the newer part of the path
 * projected into it. Where h is ½‖·‖², {@code squares} has the 21 numbers with which h = ½‖R·(1, α, β, α², αβ, β²)‖² anywhere, R
 * upper triangular, by rows.
 *
 * <h2>Roles</h2>
 *
 * <p>Every route is mounted by {@link io.escapement.web.Routes} and says which {@link io.escapement.web.access.Role} it needs:
 * {@code routes.get(Role.READ, path).handler(…)}; the router itself is not handed out, so that a route without one does not
 * compile. READ is for what shows runs, INGEST for what brings events, CONTROL for all that changes something here, ANYBODY
 * for files that hold nothing of a run. {@code RolesIT} asks all of them as everybody, and lists those that are open: to add one
 * there is a decision. {@code Gate.caller(context)} tells who asks. The threat model is in {@link io.escapement.web.access}.
 *
 * <h2>Across runs</h2>
 *
 * <pre>
 * GET /api/v1/episodes?run=&amp;problem=&amp;mechanism=&amp;outcome=&amp;limit=&amp;cursor=
 *      {"runs":[{"id","name","problem","solver","seed","state","iteration","elapsed","episodes":[
 *         {"number","outcome","verdict","judged","mechanism","type","trials","rejected","refused","falseAlarm",
 *          "entry":{"attempt","iteration","elapsed","time"},"exit":{…},"iterations","oracleCalls",
 *          "loss","lossAfter","lossChange","gradientNorm","lambdaMin","hessianLambdaMin","optimalityGap","distance",
 *          "moved","curvatureCosine"}]}],"next":CURSOR,"rule":{"entry","exit","thresholds":{…}}}
 * GET /api/v1/problems/NAME           what is known of a problem, and how its newest runs went
 * </pre>
 *
 * What is not known of an episode is absent; {@link io.escapement.event.EscapeEpisodes} says when one begins and ends.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>One thread draws landscapes, whoever asks, and 16 requests wait for it at most; one whose client has gone is broken off between two
 *       rows. Solvers keep the other processors.
 *   <li>No client has a queue. At each tick the server asks the log what changed since the client's position; while a
 *       client's socket is full the tick is left out and the position stays. A slow client is therefore conflated, costs no
 *       memory and never slows a solver. Pushing events into a bounded queue per client would have needed rules for what
 *       to drop.
 *   <li>What is built and not yet taken by sockets is bounded over all clients, at 256 MB or an eighth of the memory. Beyond that
 *       nothing is built, and whoever takes nothing for two seconds is closed: a thousand readers that never read would hold a
 *       snapshot each, which of a large run is megabytes.
 *   <li>Clients of one rate tick together and so reach the same positions; clients at the same position share one frame.
 *       Fifty viewers of a run that appended 50,000 iterations a second raised its append from 156 to 212 ns.
 *   <li>Frames are built on two worker threads, never on the event loop: a snapshot of 4096 buckets and five series is
 *       about a megabyte of JSON.
 *   <li>Messages are not compressed: on the loopback that would only take time from the solver.
 * *   <li>Styles may be inline: chart libraries set style attributes in tooltips. Scripts may not, but for those of
 *       index.html, by hash.
 *   <li>A request with events is asked for its next piece when the last one has been taken, on two threads beside those for
 *       answers. TCP does the rest: nothing is queued, and a program that is too fast waits.
 *   <li>A body comes in pieces of up to 64 KiB, and not of 8 as is usual: each is a change of threads and back. A hundred programs
 *       that send batches of 1000 went from 13.6 to 6.5 µs of processor time an event with that, with smaller transactions of the
 *       store, and with half as many collections forced by the measurement (one run each, on a busy machine).
 *   <li>The body of a request must be there within two minutes, whatever it drips meanwhile, and a request of events must bring a
 *       whole line every five. A timer that every byte sets anew would let a few hundred slow
 *       connections hold their places for ever.
 *   <li>A status may change though no event comes: subscriptions to such a run look once a second and send a delta without
 *       rows, and the list of runs is written again.
 *   <li>The list of runs is paged, sorted and filtered by the store and by memory together, in one order: a cursor holds the place of the
 *       last row, not a number of rows, so that runs that begin meanwhile shift nothing. A viewer follows the rows that it has in sight;
 *       what it was sent is remembered as a version for each.
 *   <li>Rates and latencies cost an append nothing: {@link io.escapement.web.Pulse} looks at how far logs are, and a log reads
 *       the clock once for the first event after somebody looked. That event waited longest, so that the percentiles are those
 *       of the slowest event of each frame.
 *   <li>The charts of the run page are drawn by a painter of ours ({@code web/js/draw/plot.js}). With ECharts 6 a panel of a run of 20,000
 *       iterations took 18 ms (median; load 11 on two cores), seven panels at 20 Hz more than there is. The painter takes 1.6 ms for a panel
 *       of 3,145 rows (load 30), also writes SVG, and draws only what is on the screen. Experiments, which do not change while one
 *       looks, stay with ECharts.
 *   <li>A page that zooms asks {@code /series} for its stretch and puts those rows in the place of the overview's; it asks again once a
 *       second while the run goes on. A finer stream per viewer would have ended the sharing of frames.
 *   <li>The OpenAPI document is written by hand, and tests hold it to the server: {@code OpenApiDocumentIT} compares it with the router,
 *       {@code OpenApiContractIT} makes at least one request for every answer that it promises, and checks status, media type and body, with
 *       schemas closed so that an undocumented field fails. One generated from annotations or from the router would have repeated the
 *       code, and could not have said what a figure means. Anybody may read it: it holds nothing of a run.
 *   <li>An export is written to a file and sent from there: a client may be slow, and a run large.
 * </ul>
 */
package io.escapement.web;
