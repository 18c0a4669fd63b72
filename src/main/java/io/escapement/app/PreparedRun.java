package io.escapement.app;

import io.escapement.event.RunHeader;
import io.escapement.run.PathKeeper;
import io.escapement.run.Run;
import io.escapement.run.RunPipeline;
import io.escapement.sensing.Instance;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.ejml.data.DMatrixRMaj;

/**
 * A run that is ready to start.
 *
 * @param last receives the final iterate before the run's last event
 * @param successDistance how near the truth counts as a success; empty where the truth is not known
 * @param facts of the instance
 * @param instance that it is on, or null
 * @param path keeps its iterates; empty where they are too large
 */
record PreparedRun(
        RunHeader header,
        RunPipeline<?, ?> pipeline,
        AtomicReference<DMatrixRMaj> last,
        OptionalDouble successDistance,
        InstanceFacts facts,
        Instance<?> instance,
        Optional<PathKeeper> path) {

    /** On something that no picture is drawn of. */
    PreparedRun(
            RunHeader header,
            RunPipeline<?, ?> pipeline,
            AtomicReference<DMatrixRMaj> last,
            OptionalDouble successDistance,
            InstanceFacts facts) {
        this(header, pipeline, last, successDistance, facts, null, Optional.empty());
    }

    Run live() {
        return new Run(header, pipeline);
    }

    RunReport report() {
        return new RunReport(header, successDistance, facts);
    }
}
