/**
 * How a pure step becomes a stream.
 *
 * <p>{@link io.escapement.run.RunPipeline} is cold: each subscription makes its own cursor and repeats the run. A segment is
 * a short Flux chosen by the cursor's phase; segments follow each other by
 * {@code Flux.defer(next).repeat(() -> !done)}. {@link io.escapement.run.Run} is hot: one subscription of the pipeline,
 * shared.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>The watch is asked inside the generator, so the solver is never ahead of the detection. (With a thread hop between
 *       them a prototype ran 155 evaluations too far.)
 *   <li>A trial from an escape candidate is an ordinary descent with its own segment, so it is watched like any other; the
 *       run returns to the trap if the trial ends no lower.
 *   <li>Commands are read between steps from an inbox, never by interrupting a step. A paused run holds no thread.
 *   <li>Readers of {@link io.escapement.run.Run#events()} are called on the solver's thread and must be quick. Whatever is
 *       slow reads the run log at its own pace instead: a queue per reader was rejected, because it either grows without
 *       bound or drops what must not be lost.
 *   <li>{@code repeat} and not {@code concatWith(defer(...))}: the latter overflowed the stack at 5,000 segments.
 *   <li>A path of full iterates is kept in memory by reference: a state never changes its iterate, so keeping one copies nothing. At most 512
 *       points and 4 MiB of a run, thinned by powers of two with its landmarks; none where a factor has more than 32,768 entries. A visit took
 *       32 to 40 ns of the solver's processor time on 20 unknowns (10 million visits, on a crowded machine). Trials that are given up leave their two ends, beside the path.
 * </ul>
 */
package io.escapement.run;
