package io.escapement.event;

import java.time.Duration;

/**
 * Why a solver, or a run, stopped. Each reason knows what it means for the run and says it in a sentence.
 *
 * <p>Over the usual length because every reason is here: a reader looks for all that there can be.
 */
public sealed interface StopReason {

    /** State of a run that ends for this reason, before any verdict on the point is known. */
    RunState state();

    /** The reason with its figures, one sentence without a full stop. */
    String sentence();

    /** Whether the solver came to rest, so that the point is worth judging. */
    default boolean atRest() {
        return false;
    }

    /** ‖∇h‖ at or below {@code bound} (absolute). */
    record GradientSmall(double norm, double bound) implements StopReason {
        @Override
        public RunState state() {
            return RunState.CONVERGED;
        }

        @Override
        public boolean atRest() {
            return true;
        }

        @Override
        public String sentence() {
            return "gradient norm " + Figures.of(norm) + " is at most " + Figures.of(bound);
        }
    }

    /** The method has ended by a rule of its own. */
    record MethodEnded(String why) implements StopReason {
        @Override
        public RunState state() {
            return RunState.CONVERGED;
        }

        @Override
        public boolean atRest() {
            return true;
        }

        @Override
        public String sentence() {
            return why;
        }
    }

    /** Relative decrease of the loss below {@code relativeBound} over {@code window} iterations. */
    record Stalled(double relativeDecrease, double relativeBound, int window) implements StopReason {
        @Override
        public RunState state() {
            return RunState.STALLED;
        }

        @Override
        public boolean atRest() {
            return true;
        }

        @Override
        public String sentence() {
            return "the loss fell by only the fraction " + Figures.of(relativeDecrease) + " over " + window
                    + " iterations, less than " + Figures.of(relativeBound);
        }
    }

    /** The loss is flat while the gradient is small but not negligible. */
    record Plateaued(
            double relativeDecrease, int window, double gradientNorm, double gradientBound, double gradientFraction)
            implements StopReason {
        @Override
        public RunState state() {
            return RunState.STALLED;
        }

        @Override
        public boolean atRest() {
            return true;
        }

        @Override
        public String sentence() {
            return "the loss fell by only the fraction " + Figures.of(relativeDecrease) + " over " + window
                    + " iterations, on a plateau: the gradient norm of " + Figures.of(gradientNorm) + " is "
                    + Figures.of(gradientFraction) + " of its largest"
                    + (gradientBound > 0 ? " and above " + Figures.of(gradientBound) : "");
        }
    }

    /** Loss differences alternate in sign without a net decrease. */
    record Oscillating(double netRelativeDecrease, int window) implements StopReason {
        @Override
        public RunState state() {
            return RunState.STALLED;
        }

        @Override
        public boolean atRest() {
            return true;
        }

        @Override
        public String sentence() {
            return "the loss went up and down over " + window + " iterations with a net relative decrease of "
                    + Figures.of(netRelativeDecrease);
        }
    }

    /** A figure is at or below the value the user asked for. */
    record TargetReached(String figure, double value, double target) implements StopReason {
        @Override
        public RunState state() {
            return RunState.CONVERGED;
        }

        @Override
        public boolean atRest() {
            return true;
        }

        @Override
        public String sentence() {
            return figure + " " + Figures.of(value) + " reached the target " + Figures.of(target);
        }
    }

    /** No more iterations allowed. */
    record IterationLimit(long limit) implements StopReason {
        @Override
        public RunState state() {
            return RunState.LIMIT;
        }

        @Override
        public String sentence() {
            return "the limit of " + limit + " iterations was reached";
        }
    }

    /** No more work allowed, in gradient evaluations. */
    record EvaluationLimit(double limit) implements StopReason {
        @Override
        public RunState state() {
            return RunState.LIMIT;
        }

        @Override
        public String sentence() {
            return "the limit of " + Figures.of(limit) + " gradient evaluations was reached";
        }
    }

    /** A descent that races with others has run as far as it may before it is compared. */
    record HeatRun(long iterations, double loss) implements StopReason {
        @Override
        public RunState state() {
            return RunState.LIMIT;
        }

        @Override
        public String sentence() {
            return "its heat of the race is over, with a loss of " + Figures.of(loss) + " after " + iterations
                    + " iterations of its own";
        }
    }

    /** A descent from an escape point is not on its way below the trap. */
    record OutOfReach(double loss, double target, double toCome, long iteration) implements StopReason {
        @Override
        public RunState state() {
            return RunState.STALLED;
        }

        @Override
        public String sentence() {
            return "at the loss " + Figures.of(loss) + " a decrease of " + Figures.of(toCome)
                    + " is still to come at this pace, which does not lead below " + Figures.of(target);
        }
    }

    /** A descent from an escape point has not left the trap within the iterations that it was given. */
    record NotLeft(double drop, double dropNeeded, long iterations) implements StopReason {
        @Override
        public RunState state() {
            return RunState.STALLED;
        }

        @Override
        public String sentence() {
            return "after " + iterations + " iterations the loss is " + Figures.of(drop) + " below the trap's, and "
                    + Figures.of(dropNeeded) + " is needed";
        }
    }

    /** No more time allowed. */
    record TimeLimit(Duration limit) implements StopReason {
        @Override
        public RunState state() {
            return RunState.LIMIT;
        }

        @Override
        public String sentence() {
            return "the time limit of " + Figures.of(limit.toMillis() / 1000.0) + " s was reached";
        }
    }

    /** A figure is NaN or infinite. */
    record NotFinite(String figure, double value, long iteration) implements StopReason {
        @Override
        public RunState state() {
            return RunState.DIVERGED;
        }

        @Override
        public String sentence() {
            return figure + " is " + value + " at iteration " + iteration;
        }
    }

    /** The loss grew by more than {@code factorBound} over a window. */
    record Growing(double factor, double factorBound, int window) implements StopReason {
        @Override
        public RunState state() {
            return RunState.DIVERGED;
        }

        @Override
        public String sentence() {
            return "the loss grew by a factor of " + Figures.of(factor) + " within " + window
                    + " iterations, more than " + Figures.of(factorBound);
        }
    }

    /** Two criteria that had to hold together. */
    record Both(StopReason first, StopReason second) implements StopReason {
        @Override
        public RunState state() {
            return first.state();
        }

        @Override
        public boolean atRest() {
            return first.atRest() && second.atRest();
        }

        @Override
        public String sentence() {
            return first.sentence() + ", and " + second.sentence();
        }
    }

    /** Somebody stopped the run. */
    record Cancelled(String by) implements StopReason {
        @Override
        public RunState state() {
            return RunState.CANCELLED;
        }

        @Override
        public String sentence() {
            return "stopped by " + by;
        }
    }

    /** Somebody asked for an escape from wherever the run is. */
    record EscapeRequested(String by) implements StopReason {
        @Override
        public RunState state() {
            return RunState.STALLED;
        }

        @Override
        public boolean atRest() {
            return true;
        }

        @Override
        public String sentence() {
            return "an escape was asked for by " + by;
        }
    }

    /** An exception inside a step. */
    record Failed(String error) implements StopReason {
        @Override
        public RunState state() {
            return RunState.FAILED;
        }

        @Override
        public String sentence() {
            return "failed: " + error;
        }
    }

    /**
     * What a program of somebody else's says of its end, in its own words.
     *
     * @param label of the state that it names; any other text stands for failed
     */
    record Told(String label, String words) implements StopReason {
        @Override
        public RunState state() {
            for (RunState state : RunState.values()) {
                if (state.label().equals(label)) {
                    return state;
                }
            }
            return RunState.FAILED;
        }

        @Override
        public String sentence() {
            return words;
        }
    }
}
