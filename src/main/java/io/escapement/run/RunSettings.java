package io.escapement.run;

import io.escapement.stop.StoppingCriterion;
import java.time.Duration;
import java.util.Objects;

/**
 * How a run proceeds.
 *
 * @param rest when a descent has come to rest (or gone wrong); watched afresh in every segment
 * @param restAgain the same for a descent that goes on from a strict saddle because no escape is set: the gradient is small
 *     there to begin with
 * @param restCloser the same for a descent that goes on because the point it rested at was too close to call
 * @param limit when the whole run must end; watched once
 * @param maxEscapes accepted escapes allowed
 * @param trialIterations iterations that a trial from an escape candidate may take
 * @param improvement how far below the trap a trial must end to be accepted, relative to the trap's loss: less is the same
 *     point found again
 * @param emitEvery iterations per emitted iteration event; the watch sees every one of them
 * @param pace emitted iterations per second, for people to watch; 0 for as fast as possible
 * @param linger extra time after a judgement and a jump in a paced run, so that people can see them
 */
public record RunSettings(
        StoppingCriterion rest,
        StoppingCriterion restAgain,
        StoppingCriterion restCloser,
        StoppingCriterion limit,
        int maxEscapes,
        long trialIterations,
        double improvement,
        int emitEvery,
        double pace,
        Duration linger) {

    public RunSettings {
        Objects.requireNonNull(rest, "rest");
        Objects.requireNonNull(restAgain, "restAgain");
        Objects.requireNonNull(restCloser, "restCloser");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(linger, "linger");
        if (maxEscapes < 0) {
            throw new IllegalArgumentException("max escapes is " + maxEscapes + "; at least 0 is needed");
        }
        if (trialIterations < 1) {
            throw new IllegalArgumentException("trial iterations is " + trialIterations + "; at least 1 is needed");
        }
        if (!(improvement >= 0 && improvement < 1)) {
            throw new IllegalArgumentException("improvement is " + improvement + "; from 0 to below 1 is needed");
        }
        if (emitEvery < 1) {
            throw new IllegalArgumentException("emit every is " + emitEvery + "; at least 1 is needed");
        }
        if (!(pace >= 0) || Double.isInfinite(pace)) {
            throw new IllegalArgumentException(
                    "pace is " + pace + " iterations a second; 0 (no limit) or more is needed");
        }
    }
}
