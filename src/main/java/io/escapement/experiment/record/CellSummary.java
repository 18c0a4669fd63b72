package io.escapement.experiment.record;

import io.escapement.experiment.Proportion;
import io.escapement.experiment.Recorder;
import io.escapement.experiment.Results;
import java.util.Map;

/**
 * One cell in numbers. Medians are over the trials that know the figure; null where none does.
 *
 * @param rate of success; null where there is no trial
 * @param low end of its 95 % interval
 * @param reached iterations to the success distance, of the successes
 * @param gradients gradient evaluations, of the successes up to there
 */
record CellSummary(
        Map<String, String> labels,
        int trials,
        int successes,
        Double rate,
        Double low,
        Double high,
        Double iterations,
        Double reached,
        Double gradients,
        Double escapes,
        Double loss,
        Double distance,
        Double seconds) {

    static CellSummary of(Results.Sample sample) {
        Proportion success = sample.size() == 0 ? null : sample.success();
        return new CellSummary(
                sample.cell().labels(),
                sample.size(),
                success == null ? 0 : success.successes(),
                success == null ? null : success.rate(),
                success == null ? null : success.low(),
                success == null ? null : success.high(),
                known(sample.median(Recorder.ITERATIONS)),
                known(sample.median(Recorder.REACHED)),
                known(sample.median(Recorder.GRADIENTS_REACHED)),
                known(sample.median(Recorder.ESCAPES)),
                known(sample.median("loss")),
                known(sample.median("distance")),
                known(sample.medianSeconds()));
    }

    private static Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
