package io.escapement.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.escapement.event.RunState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What became of a trial.
 *
 * @param verdict label of the verdict on its last point
 * @param figures by name, see {@link Recorder}; what is not known is absent
 * @param curves empty unless the experiment draws them
 * @param seconds on the clock
 * @param run id of the run that it was, or null where that was not kept; like the clock, another execution gives another one
 */
public record Outcome(
        RunState state,
        String verdict,
        Map<String, Double> figures,
        List<Curve> curves,
        double seconds,
        @JsonInclude(JsonInclude.Include.NON_NULL) String run) {

    public Outcome {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(verdict, "verdict");
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        curves = List.copyOf(curves);
    }

    public Outcome(RunState state, String verdict, Map<String, Double> figures, List<Curve> curves, double seconds) {
        this(state, verdict, figures, curves, seconds, null);
    }

    /** The same, of this run. */
    Outcome of(String id) {
        return new Outcome(state, verdict, figures, curves, seconds, id);
    }

    public OptionalDouble get(String figure) {
        Double value = figures.get(figure);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The figure, or NaN. */
    public double figure(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }

    public boolean success() {
        return figure(Recorder.SUCCESS) == 1;
    }

    /** Whether this is a result: a trial that somebody stopped, or that failed by an error of ours, is none. */
    public boolean counts() {
        return state != RunState.CANCELLED && state != RunState.FAILED;
    }

    /** Whether it ended by an error of ours. */
    public boolean failed() {
        return state == RunState.FAILED;
    }

    /** @throws IllegalArgumentException naming the curve and those there are */
    public Curve curve(String name) {
        return curves.stream()
                .filter(curve -> curve.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no curve '" + name + "'; there are "
                        + curves.stream().map(Curve::name).toList()));
    }
}
