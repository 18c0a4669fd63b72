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
 *   <li>A checkpoint is the whole {@link io.escapement.run.Cursor} as plain data ({@link io.escapement.run.codec}): taken between two
 *       steps, by what a step never changes, so that the solver's thread copies a few windows of losses and the bytes are made elsewhere.
 *       It may be taken in a trial or a race too, since a search can be most of a run. What is not kept is made again by asking the same
 *       again: the judgement of a trap (with its spectrum), and the candidates that were taken, without their descents. A mechanism whose
 *       candidates depended on anything but the trap, the seed and the number of the escape would break that;
 *       {@code ResumedRunTest} goes on from the midst of each kind.
 *   <li>What a watch remembers is part of {@link io.escapement.stop.StoppingCriterion.Watch}, and not optional: one that forgot would end
 *       a resumed run elsewhere, and nobody would see it.
 *   <li>A stop takes a checkpoint first, so a stop can be taken back. A process that ends suspends the runs nobody waits for: they have no
 *       verdict, because they did not end.
 *   <li>{@code repeat} and not {@code concatWith(defer(...))}: the latter overflowed the stack at 5,000 segments.
 *   <li>A path of full iterates is kept in memory by reference: a state never changes its iterate, so keeping one copies nothing. At most 512
 *       points and 4 MiB of a run, thinned by powers of two with its landmarks; none where a factor has more than 32,768 entries. A visit took
 *       32 to 40 ns of the solver's processor time on 20 unknowns (10 million visits, on a crowded machine). Trials that are given up leave their two ends, beside the path.
 * </ul>
 */
package io.escapement.run;
