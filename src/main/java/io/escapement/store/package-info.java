/**
 * What is kept of runs, and how it is written as JSON.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>A {@link io.escapement.store.RunLog} keeps series in buckets of 2^L iterations, aligned to multiples of 2^L, and
 *       doubles the bucket when more than 4096 would be needed. A bucket that is over never changes again, so a reader
 *       needs only the buckets changed since it last asked, and sending one twice is harmless. A sliding window or
 *       LTTB would have moved old points with every new one.
 *   <li>Readers ask; nothing is pushed and no reader has a queue. What a slow reader costs is therefore nothing, and
 *       what it misses is conflated in the buckets, where the extremes survive.
 *   <li>Writer and readers share one monitor that is held for a row's append or for the copy of at most 256 rows. A
 *       sequence lock would have spared the writer the monitor's 20 ns and would have starved readers of a fast run.
 *   <li>The position of an event is its index in the log, not its {@code seq}: that starts again with each attempt. In
 *       a run of one attempt without gaps they are the same.
 *   <li>A later attempt begins at a checkpoint, or where another program says. What earlier attempts did beyond that is taken out of the
 *       series when it begins, a bucket that reaches across goes whole (1 of 4096), and readers get everything anew: writing over row by row
 *       left the rest of the old curve standing, and the extremes of what never happened in the buckets. The rows that were taken out
 *       are kept aside, in at most 512 buckets of each of the newest 16 attempts, to be shown as what they are
 *       ({@link io.escapement.store.Replaced}). Landmarks stay, since they happened; {@link io.escapement.store.Attempt} tells which hold,
 *       and only those count.
 *   <li>Stop reasons and verdicts are written component by component from their records, so that a new one needs no
 *       change here; the sentences they form are sent beside them for readers who only show them.
 * </ul>
 */
package io.escapement.store;
