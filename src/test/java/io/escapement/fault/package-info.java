/**
 * The fault suite: what may go wrong around the program, done to it on purpose, and afterwards counted. Each test prints one
 * line, {@code fault: …}, with what it did and what came of it. {@code mvn verify} does a part of it, {@code mvn -Pfaults verify}
 * all of it and nothing else.
 *
 * <ul>
 *   <li>{@link io.escapement.fault.KillFaultIT}: {@code kill -9} at random moments while it writes.
 *   <li>{@link io.escapement.fault.DiskFaultIT}: a disk that takes no more, and later does.
 *   <li>{@link io.escapement.fault.LineFaultIT}: lines that come twice, late, with gaps, broken or a gigabyte long.
 *   <li>{@code io.escapement.web.ConnectionFaultIT}: connections that drop in mid-batch or bring a byte at a time.
 *   <li>{@code io.escapement.web.ReaderFaultIT}: readers that never read.
 *   <li>{@code io.escapement.app.ClockFaultIT}: clocks that are put forward and back.
 *   <li>{@code src/test/python/test_escapement.py}: the client for Python, killed servers and slow ones.
 * </ul>
 *
 * <p>The first three are done to the packaged program in a process of its own, over HTTP, with a heap of 128 MB, so that what
 * is held without bound ends it. The next three need a server that is less patient or a clock that obeys.
 */
package io.escapement.fault;
