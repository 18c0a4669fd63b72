package io.escapement.app;

import io.escapement.event.RunHeader;
import io.escapement.run.PathKeeper;
import io.escapement.run.Run;
import io.escapement.run.RunPipeline;
import io.escapement.sensing.Instance;
import java.time.Duration;
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
 * @param checkpointEvery time between two checkpoints; zero for only when one is asked for
 */
record PreparedRun(
        RunHeader header,
        RunPipeline<?, ?> pipeline,
        AtomicReference<DMatrixRMaj> last,
        OptionalDouble successDistance,
        InstanceFacts facts,
        Duration checkpointEvery,
        Instance<?> instance,
        Optional<PathKeeper> path) {

    /** The same as another attempt of a run that is known already. */
    PreparedRun goingOn(RunHeader known, byte[] checkpoint, int attempt) {
        return new PreparedRun(
                known,
                pipeline.goingOn(checkpoint, attempt),
                last,
                successDistance,
                facts,
                checkpointEvery,
                instance,
                path);
    }

    Run live() {
        return new Run(header, pipeline);
    }

    RunReport report() {
        return new RunReport(header, successDistance, facts);
    }
}
