/**
 * Runs on the disk: one SQLite database in a directory, that several processes may share.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>SQLite in WAL mode with synchronous NORMAL: a process may be killed at any moment and the database is whole; what
 *       is lost is what the last interval would have written. After a power cut the last transactions may be missing too.
 *   <li>The store is a reader of each {@link io.escapement.store.RunLog} like a viewer is: once an interval it takes the
 *       buckets and landmarks that are new. There is no queue between solver and disk that could be full: a log is the
 *       buffer, and where the disk is slow, or takes nothing for an hour, iterations merge in buckets whose extremes are
 *       exact. Landmarks wait up to ten times the usual room, and those that must go are counted.
 *   <li>At most 16 runs are written in a transaction: of a hundred live runs all increments would else be held until the last is
 *       written, and other processes would wait for all of them. A commit in WAL mode waits for no disk.
 *   <li>Nothing is deleted for its age within an hour after the clock jumped against the machine's own count: a clock that is
 *       wrong by years for a moment would delete everything.
 *   <li>Beside the overview of at most 4096 buckets there is detail: what happened between two visits, in up to 8192 rows
 *       each, which is every iteration of a run that does fewer than that in an interval. Old detail is joined, eight
 *       blocks to one of twice, four or eight times as long buckets, when a run has more than its budget.
 *   <li>Processes share a directory: each writes its own runs only, holds a lock on a file of its own, and shows those of
 *       the others from the database, a moment late. A run without an end whose process holds no lock is lost.
 *   <li>Checkpoints are rows beside the run, the newest two, written in the transaction that brings its series at least as far: a file
 *       beside the database could be ahead of the curves or left behind by a copy. Each is in one piece or not there; the checksum is for
 *       disks. They go when a run ends by its own finding. Not above 256 MiB, and not more than a hundredth of the time or 10 MB a second.
 *   <li>A run is taken up again by one UPDATE that wants it ended and its newest event known, so of two processes one gets it. So
 *       is one of another program whose server ended, once the program sends again.
 *   <li>Version of the schema: PRAGMA user_version and a list of steps. Flyway and Jdbi were not taken: there are six
 *       statements that write and six that read, and Flyway alone starts slower than a short run takes.
 *   <li>What belongs to a run and is no event, such as its path for pictures, is a row of bytes under a name. It is written whole, so at most
 *       every 30 s while a run goes on, and once more at its end: after a kill the last half minute of a path is missing, not of the events.
 * </ul>
 */
package io.escapement.store.disk;
