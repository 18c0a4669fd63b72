/**
 * Who may do what: roles, tokens, sessions of browsers, and the limit on guessing. Knows nothing of HTTP, which is
 * {@code Gate}'s and {@code HostGuard}'s concern in the package above.
 *
 * <h2>Threat model</h2>
 *
 * <p><b>What is worth protecting.</b> The runs and their history: names, commands, settings, figures, which may tell of
 * unpublished work; that they go on, end and are deleted only by those who should; the machine, on which a run is work for its
 * processors and a store on its disk; tokens, and the secrets in addresses of webhooks.
 *
 * <p><b>Who might harm it, and where they come in.</b>
 *
 * <table>
 *   <caption>Actors, entry points and what stands in their way</caption>
 *   <tr><th>who</th><th>how</th><th>what is done</th></tr>
 *   <tr><td>another machine</td><td>any route</td><td>The server listens on 127.0.0.1 unless told otherwise; on an address that
 *       others reach it does not start without a token, nor without TLS unless {@code --insecure-http} says that it is wanted.
 *       Every route states its role ({@code Routes}); what states none does not compile.</td></tr>
 *   <tr><td>a web page that the user visits</td><td>requests from the user's browser: forged forms, WebSockets, frames, a name
 *       that resolves to 127.0.0.1</td><td>What changes anything, and every WebSocket, must have no Origin or this server's, and
 *       be JSON. On the loopback only known names are answered ({@code --allowed-host} adds some). A cookie is SameSite=Strict and
 *       counts only with this server's Origin, or where Sec-Fetch-Site says that the request is of its own page: another port of
 *       the same host, which is the same site to a browser, is a stranger. Frames are for own pages only.</td></tr>
 *   <tr><td>somebody with a token</td><td>more than it is for</td><td>Reading and feeding are apart, and neither may start, command,
 *       label, delete or silence anything. Who commanded is named in the run. An Idempotency-Key is its sender's own.</td></tr>
 *   <tr><td>somebody who guesses</td><td>Authorization, the sign-in page</td><td>Tokens have at least 32 characters; {@code
 *       escapement token} makes 256 random bits. Compared are SHA-256 sums of them, all of them, in constant time. An address
 *       has ten failures, then one every six seconds, and nothing new from it is heard between them.</td></tr>
 *   <tr><td>a program that is fed</td><td>events: endless bodies, long lines, bombs of gzip, floods</td><td>Nothing is queued: a request
 *       is read as its lines are taken. A line has 1 MiB, a body 8 GiB, other bodies 4 KiB to 1 MiB; there are 256 at a time, and
 *       {@code --max-events-per-second} for each run. The text of events is text to the page, which runs no script but its
 *       own by Content-Security-Policy.</td></tr>
 *   <tr><td>somebody who wants it down</td><td>connections, slow heads and bodies, WebSockets that never read</td><td>At most {@code
 *       --max-connections}, half of them of one other machine; a head has 20 s and 16 KiB, two minutes after the answer before; a
 *       JSON body has 30 s, a stream of events five minutes between pieces. Viewers have no queue. HTTP/1.1 is all that is
 *       spoken: of HTTP/2 neither resets nor continuations need limits.</td></tr>
 *   <tr><td>somebody who reads along</td><td>the network, logs, /metrics, process lists, shells' histories</td><td>TLS 1.2 and 1.3.
 *       Tokens come from a file or the environment and never from an option or an address; they are in no log, answer or
 *       metric, which a test greps. Webhooks are shown as scheme and host.</td></tr>
 *   <tr><td>another user of the machine</td><td>the loopback, the token file</td><td>Tokens are heeded on the loopback too. A token file that
 *       others can write is refused; one that they can read is warned of, since secrets are often mounted so.</td></tr>
 *   <tr><td>anybody</td><td>paths</td><td>Files come from the class path alone, by names of plain letters and by a list of types.</td></tr>
 * </table>
 *
 * <p><b>What is not defended.</b> Without a token every user of the machine may do everything, as with the demo. Whoever has the
 * role control may fill the disk up to the store's limit and keep the processors busy. Whoever has the role ingest may feed any run of
 * another program whose id he knows. A role is for all runs: there are no owners. The store is not encrypted. Behind a proxy all
 * its users are one address to the limit on failures; the limit hears those whom it accepted before. Tokens change with a restart,
 * which ends all sessions. Traffic beyond what the network card takes is the network's concern.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>Tokens and not passwords: nobody chooses one, so that a fast hash is enough. A request costs one SHA-256 of some forty bytes and as
 *       many comparisons as there are tokens. Accounts, OAuth and client certificates are a proxy's business.
 *   <li>A cookie holds a random id of a session in this process, and not a signed token: signing out ends it, and its open stream
 *       within a second or so. The price is that a restart ends it too.
 *   <li>The page's own files need no token. They are the same everywhere, and the sign-in page is among them. /metrics needs the role
 *       read, which Prometheus sends by {@code authorization: {credentials_file: …}}; /health/live and /health/ready are open,
 *       since what supervises a process has no place for a secret, and say one word.
 *   <li>While an address is over its limit a right token is answered like a wrong one, unless it came from there before: otherwise
 *       the limit would slow down nobody who ignores 429.
 *   <li>An Origin whose scheme is https has the cookie kept to TLS, behind a proxy too. X-Forwarded-Proto would have had to be trusted
 *       from somebody.
 *   <li>Strict-Transport-Security only by {@code --hsts-days}: a browser applies it to every port of the host, and to other servers
 *       on them that speak no TLS.
 *   <li>Too many events of a run hold its request back, which loses nothing. Only a batch, whose sender waits for an answer, is
 *       sent away with 429 after four seconds; what was taken of it counts once.
 * </ul>
 */
package io.escapement.web.access;
