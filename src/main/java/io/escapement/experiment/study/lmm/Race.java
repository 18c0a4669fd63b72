package io.escapement.experiment.study.lmm;

import io.escapement.event.Values;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Figure.Axis;
import io.escapement.experiment.Recorder;
import io.escapement.experiment.Results;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Several solvers on one kind of instance: how long each takes to the same relative error. */
final class Race {

    static final String SOLVER = "solver";

    /** Relative error that counts as the end. */
    static final double GOAL = 1e-8;

    private final String title;
    private final List<Results.Sample> samples;

    /** @param samples one for each solver; those without a trial are left out */
    Race(String title, List<Results.Sample> samples) {
        this.title = title;
        this.samples = samples.stream().filter(sample -> sample.size() > 0).toList();
    }

    String title() {
        return title;
    }

    List<Results.Sample> samples() {
        return samples;
    }

    /** Median over all trials, those that did not reach the goal counting as infinite; NaN where the median is one of them. */
    static double median(Results.Sample sample, String figure) {
        double[] values = sample.outcomes().values().stream()
                .mapToDouble(outcome -> outcome.success() ? outcome.figure(figure) : Double.POSITIVE_INFINITY)
                .sorted()
                .toArray();
        if (values.length == 0) {
            return Double.NaN;
        }
        double low = values[(values.length - 1) / 2];
        double high = values[values.length / 2];
        return Double.isInfinite(high) ? Double.NaN : (low + high) / 2;
    }

    static double iterations(Results.Sample sample) {
        return median(sample, Recorder.REACHED);
    }

    Figure table() {
        List<List<Object>> rows = new ArrayList<>();
        for (Results.Sample sample : samples) {
            rows.add(Arrays.asList(
                    sample.label(SOLVER),
                    orNull(iterations(sample)),
                    orNull(median(sample, Recorder.GRADIENTS_REACHED)),
                    sample.success().rate(),
                    sample.medianSeconds()));
        }
        return new Figure.Table(
                title,
                List.of(SOLVER, "iterations to 1e-8", "passes to 1e-8", "share that gets there", "seconds"),
                rows);
    }

    /** Relative error against iterations, of the first trial; empty where none was kept. */
    List<Figure> curves() {
        List<Curve> lines = new ArrayList<>();
        for (Results.Sample sample : samples) {
            double norm = sample.first().figure("successDistance") / GOAL;
            sample.first().curves().stream()
                    .filter(curve -> curve.name().equals(Values.DISTANCE))
                    .forEach(curve -> lines.add(new Curve(
                            sample.label(SOLVER),
                            curve.x(),
                            curve.y().stream().map(distance -> distance / norm).toList())));
        }
        return lines.isEmpty()
                ? List.of()
                : List.of(new Figure.Curves(title, Axis.linear("iteration"), Axis.log("relative error"), lines));
    }

    private static Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
