package io.escapement.experiment.study;

import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Figure.Axis;
import io.escapement.experiment.Recorder;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.solve.ExactStep;
import io.escapement.solve.lift.Lift;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ours: the lifted solve of PMC, order 3, from n = 11, near which the papers stop for memory, to 80 and beyond. A lifted gradient by
 * mode products takes O(l·n^{l+1}) multiplications on arrays of n^l numbers; multiplying by 𝒜^{⊗l} takes a matrix of n^l
 * columns and as many rows.
 */
final class LiftScale implements Experiment {

    private static final int ORDER = 3;
    private static final double RHO = 0.01;
    private static final double START = 1e-7;
    private static final Lift SOLVER = Lift.of(ORDER, new ExactStep());
    private static final List<Integer> SIZES = List.of(11, 20, 30, 40, 50, 60, 70, 80, 100);
    private static final List<Integer> QUICK = List.of(11, 20, 40);

    /** Arrays of the size of w that are alive at a time, about ({@code Lifting}). */
    private static final int ARRAYS = 10;

    private static final double MEGABYTE = 1e6;

    @Override
    public String id() {
        return "lift-scale";
    }

    @Override
    public String title() {
        return "Time and memory of the lifted solve of PMC, n = 11 to 100";
    }

    @Override
    public String source() {
        return "our own";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("problem", "pmc, rho = " + RHO);
        settings.put("start", START + " N(0, 1)");
        settings.put("solver", SOLVER.describe());
        settings.put("success-distance", "0.05");
        return settings;
    }

    @Override
    public int trials(boolean quick) {
        return quick ? 1 : 3;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        return (quick ? QUICK : SIZES).stream().map(LiftScale::cell).toList();
    }

    private static Cell cell(int n) {
        Pmc problem = new Pmc(n, RHO, START);
        return new Cell(
                Map.of("n", Integer.toString(n)),
                seed -> problem.trial(seed, SOLVER, Mechanism.NONE).plan(seed));
    }

    @Override
    public Report report(Results results) {
        List<Comparison> lines = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        List<Double> sizes = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        List<Double> naive = new ArrayList<>();
        for (Results.Sample sample : results.samples()) {
            if (sample.size() == 0) {
                continue;
            }
            double n = Double.parseDouble(sample.label("n"));
            double entries = Math.pow(n, ORDER);
            double here = ARRAYS * entries * Double.BYTES / MEGABYTE;
            double there = entries * entries * Double.BYTES / MEGABYTE;
            sizes.add(n);
            seconds.add(sample.medianSeconds());
            ours.add(here);
            naive.add(there);
            lines.add(Comparison.of("n = " + sample.label("n") + ": success rate", sample.success())
                    .atLeast(1));
            rows.add(List.of(sample.label("n"), sample.median(Recorder.REACHED), sample.medianSeconds(), here, there));
        }
        return new Report(
                lines,
                List.of(
                        new Figure.Table(
                                "Medians; memory from the sizes of the arrays",
                                List.of("n", "epochs", "seconds", "MB here", "MB of n^(2l) numbers"),
                                rows),
                        new Figure.Curves(
                                "Time", Axis.log("n"), Axis.log("seconds"), List.of(new Curve("lift", sizes, seconds))),
                        new Figure.Curves(
                                "Memory",
                                Axis.log("n"),
                                Axis.log("MB"),
                                List.of(
                                        new Curve("mode products", sizes, ours),
                                        new Curve("n^(2l) numbers", sizes, naive)))),
                List.of(
                        "Seconds are of the run's own clock, with as many trials beside it as --jobs says: for times, use"
                                + " --jobs 1."));
    }
}
