package io.escapement.experiment;

import io.escapement.event.RunHeader;
import io.escapement.run.RunPipeline;
import java.util.Objects;

/** One trial, ready to start: an ordinary run, and who writes down what becomes of it. */
public record TrialPlan(RunHeader header, RunPipeline<?, ?> pipeline, Recorder recorder) {
    public TrialPlan {
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(recorder, "recorder");
    }
}
