package io.escapement.store;

import io.escapement.event.Phase;
import io.escapement.event.RunState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a run stands after the events so far, and in words. From events alone: no clock is read, so that what only the
 * passing of time can tell (quiet, lost, stalled while running) is for an {@link Outlook} to add.
 *
 * @param title in two or three words
 * @param sentence that gives the reason, one or more sentences
 * @param verdict label of the verdict on the point where the run is, or null while it is not judged
 * @param escapes accepted
 * @param iterationsPerSecond over the last seconds in which there were iterations; NaN if not known
 * @param values newest figures by name, of the point where the run is
 * @param lastEvent producer's clock, or null before the first event
 * @param lastImprovement when the best loss last fell by {@link io.escapement.event.Improvement#RELATIVE_DECREASE}, or
 *     null
 * @param ended whether the run has given its verdict
 * @param attempt that the newest event belongs to; 1 before the first event
 * @param curvature at the newest point that was judged, or null before the first
 * @param attempts those after the first, in order
 * @param checkpoint the newest that is kept, or null
 */
public record RunStatus(
        RunState state,
        Phase phase,
        String title,
        String sentence,
        String verdict,
        long iteration,
        int segment,
        int escapes,
        double elapsedSeconds,
        double iterationsPerSecond,
        Map<String, Double> values,
        Instant lastEvent,
        Instant lastImprovement,
        boolean ended,
        int attempt,
        Curvature curvature,
        List<Attempt> attempts,
        Checkpointed checkpoint) {

    public RunStatus {
        attempts = List.copyOf(attempts);
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(sentence, "sentence");
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The same in another state, in other words. */
    public RunStatus in(RunState other, String otherTitle, String otherSentence) {
        return changed(other, otherTitle, otherSentence, ended, attempt, attempts, checkpoint);
    }

    /** What events told of the run is the same. */
    private RunStatus changed(
            RunState otherState,
            String otherTitle,
            String otherSentence,
            boolean over,
            int newest,
            List<Attempt> others,
            Checkpointed kept) {
        return new RunStatus(
                otherState,
                phase,
                otherTitle,
                otherSentence,
                verdict,
                iteration,
                segment,
                escapes,
                elapsedSeconds,
                iterationsPerSecond,
                values,
                lastEvent,
                lastImprovement,
                over,
                newest,
                curvature,
                others,
                kept);
    }

    /** Whether it has ended in a way that can be taken up again, and there is a checkpoint to do so from. */
    public boolean resumable() {
        return ended && checkpoint != null && canResume(state);
    }

    /** Whether its process ended before it did. */
    public boolean interrupted() {
        return ended && state == RunState.LOST;
    }

    /** Whether a run that ended in this state could go on where it was: nothing that it found out ended it. */
    public static boolean canResume(RunState state) {
        return state == RunState.LOST || state == RunState.CANCELLED || state == RunState.FAILED;
    }

    /** The same with its attempts and its checkpoint; an ended run says that it can be resumed. */
    RunStatus with(List<Attempt> others, Checkpointed kept) {
        Checkpointed useful = ended && !canResume(state) ? null : kept;
        String resume = ended && useful != null ? resumeFrom(useful) : "";
        int newest = others.isEmpty() ? 1 : others.get(others.size() - 1).number();
        return changed(state, title, sentence + resume, ended, Math.max(attempt, newest), others, useful);
    }

    private static String resumeFrom(Checkpointed kept) {
        return " It can be resumed from its checkpoint at iteration " + kept.iteration() + ".";
    }

    /**
     * The same of a run whose process ended before it did.
     *
     * @param fed whether another program feeds it, so that the process was not its own
     * @param orderly whether the process had the time to say so
     */
    public RunStatus lost(boolean fed, boolean orderly) {
        if (ended) {
            return this;
        }
        if (state == RunState.LOST) {
            return lost(title, sentence);
        }
        String when = lastEvent == null ? "" : " Last heard of on " + lastEvent.truncatedTo(ChronoUnit.SECONDS) + ".";
        String from = checkpoint == null ? "" : resumeFrom(checkpoint);
        return lost(orderly ? "Interrupted" : "Lost", why(fed, orderly) + when + from + " Then: " + sentence);
    }

    private RunStatus lost(String how, String why) {
        return changed(RunState.LOST, how, why, true, attempt, attempts, checkpoint);
    }

    private static String why(boolean fed, boolean orderly) {
        if (fed) {
            return "The server that took its events " + (orderly ? "was ended" : "ended without a word")
                    + "; the run goes on when its program sends again.";
        }
        return orderly
                ? "Its process was ended, and the run with it."
                : "The process that ran it ended before the run did.";
    }

    /**
     * Smallest eigenvalues where they were last computed, which is some way behind the newest iteration.
     *
     * @param lambdaMin of the gradient matrix ∇f(XXᵀ); NaN where it was not computed
     * @param hessianLambdaMin of the Hessian ∇²h; NaN where it was not computed
     * @param at producer's clock
     */
    public record Curvature(double lambdaMin, double hessianLambdaMin, Instant at) {
        public Curvature {
            Objects.requireNonNull(at, "at");
        }
    }
}
