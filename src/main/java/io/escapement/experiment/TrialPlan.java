package io.escapement.experiment;

import io.escapement.event.RunHeader;
import io.escapement.run.RunPipeline;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** One trial, ready to start: an ordinary run, and who writes down what becomes of it. */
public record TrialPlan(RunHeader header, RunPipeline<?, ?> pipeline, Recorder recorder) {
    public TrialPlan {
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(recorder, "recorder");
    }

    /** The same, shown as a trial of an experiment. */
    TrialPlan of(Experiment experiment, Cell cell) {
        Map<String, String> settings = new LinkedHashMap<>(header.settings());
        settings.put("experiment", experiment.id());
        settings.put("cell", cell.key());
        String again = "escapement experiment " + experiment.id() + " --trials 1 --seed " + header.seed();
        RunHeader shown = new RunHeader(
                header.id(),
                experiment.id() + ": " + cell.key(),
                header.problem(),
                header.solver(),
                header.escape(),
                header.seed(),
                header.started(),
                header.command().isEmpty() ? again : header.command(),
                settings,
                header.figures(),
                header.gradientBound(),
                header.axes());
        return new TrialPlan(shown, pipeline, recorder);
    }
}
