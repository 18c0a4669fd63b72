package io.escapement.run;

import io.escapement.stop.Finite;
import io.escapement.stop.GradientReturn;
import io.escapement.stop.GradientTolerance;
import io.escapement.stop.Growth;
import io.escapement.stop.Oscillation;
import io.escapement.stop.Plateau;
import io.escapement.stop.Stall;
import io.escapement.stop.StoppingCriterion;
import java.time.Duration;
import java.util.List;
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

    /** A run has stalled when its best loss fell by less than this fraction over the window. */
    private static final double STALL = 1e-9;

    private static final int WINDOW = 500;

    /** A gradient below this fraction of the largest is small: a stall is a plateau then. */
    private static final double SMALL_GRADIENT = 0.01;

    /** The loss grown by this factor over so many iterations is divergence. */
    private static final double GROWTH = 1e6;

    private static final int GROWTH_WINDOW = 50;

    /** A trial that ends within this fraction of the trap's loss has found the trap again. */
    private static final double IMPROVEMENT = 1e-6;

    /** How much smaller the gradient must be where a point was too close to call. */
    private static final double CLOSER = 0.01;

    /** A trial may take this part of the run's iterations, so that one that crawls leaves some for the next. */
    private static final int TRIALS = 10;

    private static final int LEAST_TRIAL = 1000;

    private static final int MAX_ESCAPES = 20;
    private static final Duration LINGER = Duration.ofMillis(1500);

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

    /**
     * The thresholds that are the same in every standard run, for those who explain them.
     *
     * @param stallDecrease relative decrease of the best loss below which a descent has stalled
     * @param stallWindow iterations over which it must fall by that
     * @param plateauGradient a gradient below this fraction of the run's largest makes a stall a plateau
     * @param improvement how far below the trap a trial must end to be accepted, relative to the trap's loss
     */
    public record Thresholds(double stallDecrease, int stallWindow, double plateauGradient, double improvement) {}

    public static Thresholds thresholds() {
        return new Thresholds(STALL, WINDOW, SMALL_GRADIENT, IMPROVEMENT);
    }

    /**
     * What suits most runs: rest at a small gradient, at a goal, or where the loss no longer falls; every iteration emitted, at
     * full speed, at most 20 escapes.
     *
     * @param gradientBound ‖∇h‖ at which a descent rests, absolute
     * @param goals other reasons to rest, asked first
     * @param limit of the whole run
     * @param maxIterations that the limit allows, from which a trial gets its part
     */
    public static RunSettings standard(
            double gradientBound, List<StoppingCriterion> goals, StoppingCriterion limit, long maxIterations) {
        StoppingCriterion others = new Finite();
        for (StoppingCriterion goal : goals) {
            others = others.or(goal);
        }
        others = others.or(new Plateau(STALL, WINDOW, gradientBound, SMALL_GRADIENT))
                .or(new Stall(STALL, WINDOW))
                .or(new Oscillation(STALL, WINDOW))
                .or(new Growth(GROWTH, GROWTH_WINDOW));
        return new RunSettings(
                new GradientTolerance(gradientBound).or(others),
                new GradientReturn(gradientBound).or(others),
                new GradientTolerance(CLOSER * gradientBound).or(others),
                limit,
                MAX_ESCAPES,
                Math.max(LEAST_TRIAL, maxIterations / TRIALS),
                IMPROVEMENT,
                1,
                0,
                LINGER);
    }

    /**
     * For a method that decides itself where it rests: only a goal or a figure that is not finite ends a descent. A loss that grows does
     * not: a return from 1e−28 to a point before it at 1e−11 is no divergence.
     */
    public static RunSettings selfResting(List<StoppingCriterion> goals, StoppingCriterion limit, long maxIterations) {
        StoppingCriterion rest = new Finite();
        for (StoppingCriterion goal : goals) {
            rest = rest.or(goal);
        }
        return new RunSettings(
                rest,
                rest,
                rest,
                limit,
                MAX_ESCAPES,
                Math.max(LEAST_TRIAL, maxIterations / TRIALS),
                IMPROVEMENT,
                1,
                0,
                LINGER);
    }

    /**
     * For a comparison of solvers: only the goal, a number that is not finite and the limit end the descent. Some methods let the loss
     * grow a millionfold on their way.
     *
     * @param goal when it has arrived
     * @param limit of the whole run
     */
    public static RunSettings toGoal(StoppingCriterion goal, StoppingCriterion limit) {
        StoppingCriterion rest = goal.or(new Finite());
        return new RunSettings(rest, rest, rest, limit, 0, LEAST_TRIAL, IMPROVEMENT, 1, 0, LINGER);
    }

    public RunSettings withMaxEscapes(int other) {
        return new RunSettings(
                rest, restAgain, restCloser, limit, other, trialIterations, improvement, emitEvery, pace, linger);
    }

    public RunSettings withEmitEvery(int other) {
        return new RunSettings(
                rest, restAgain, restCloser, limit, maxEscapes, trialIterations, improvement, other, pace, linger);
    }

    public RunSettings withPace(double other) {
        return new RunSettings(
                rest, restAgain, restCloser, limit, maxEscapes, trialIterations, improvement, emitEvery, other, linger);
    }
}
