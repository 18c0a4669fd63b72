package io.escapement.store;

import io.escapement.event.Phase;
import io.escapement.event.RunState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
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
        Curvature curvature) {

    public RunStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(sentence, "sentence");
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The same in another state, in other words. */
    public RunStatus in(RunState other, String otherTitle, String otherSentence) {
        return new RunStatus(
                other,
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
                ended,
                attempt,
                curvature);
    }

    /** The same of a run whose process ended before it did. */
    public RunStatus lost() {
        String when = lastEvent == null ? "" : " Last heard of on " + lastEvent.truncatedTo(ChronoUnit.SECONDS) + ".";
        return new RunStatus(
                RunState.LOST,
                phase,
                "Lost",
                "The process that ran it ended before the run did." + when + " Then: " + sentence,
                verdict,
                iteration,
                segment,
                escapes,
                elapsedSeconds,
                iterationsPerSecond,
                values,
                lastEvent,
                lastImprovement,
                true,
                attempt,
                curvature);
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
