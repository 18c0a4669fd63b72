package io.escapement.app;

import io.escapement.event.RunHeader;
import io.escapement.run.Run;
import io.escapement.run.RunPipeline;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.ejml.data.DMatrixRMaj;

/**
 * A run that is ready to start.
 *
 * @param last receives the final iterate before the run's last event
 * @param successDistance how near the truth counts as a success; empty where the truth is not known
 * @param facts of the instance
 */
record PreparedRun(
        RunHeader header,
        RunPipeline<?, ?> pipeline,
        AtomicReference<DMatrixRMaj> last,
        OptionalDouble successDistance,
        InstanceFacts facts) {

    Run live() {
        return new Run(header, pipeline);
    }

    RunReport report() {
        return new RunReport(header, successDistance, facts);
    }
}
