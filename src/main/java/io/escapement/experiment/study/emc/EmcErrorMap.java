package io.escapement.experiment.study.emc;

import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Outcome;
import io.escapement.experiment.Recorder;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.sensing.EntryErrors;
import io.escapement.sensing.FactorTruth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** [EMC] table 2 and figure 4: squared errors of seen and of unseen entries, n = 8, l = 3, ε = 1e−4, structured mask. */
public final class EmcErrorMap implements Experiment {

    private static final Emc PROBLEM = Emc.structured(8);
    private static final double EPSILON = 1e-4;
    private static final int RUNS = 10;
    private static final int MAPS = 4;
    private static final String ERRORS = "squaredErrors";

    /** Of M_ij = ±1 against 1. */
    private static final double WRONG_SIGN = 4;

    /** Entries of 64 that are not seen: the pairs of different odd coordinates. */
    private static final int UNSEEN = 12;

    private static final List<String> PAPER_SEEN = List.of(
            "3.26e-8", "4.89e-8", "9.46e-9", "9.79e-9", "1.35e-8", "1.67e-8", "1.07e-8", "9.40e-9", "1.41e-8",
            "1.50e-8");
    private static final List<String> PAPER_UNSEEN =
            List.of("2.67", "4.95e-8", "2.67", "2.67", "8.23e-8", "8.24e-8", "2.67", "2.67", "2.67", "2.67");

    @Override
    public String id() {
        return "emc-error-map";
    }

    @Override
    public String title() {
        return "Squared errors of seen and unseen entries of ten lifted runs, n = 8";
    }

    @Override
    public String source() {
        return "[EMC] table 2 and figure 4";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("problem", "epsilon-mc, structured mask, n = 8, epsilon = " + EPSILON);
        settings.put("start", "a Gaussian direction of length " + Emc.XI + "^(1/3)");
        settings.put("solver", Contender.LIFTED.solver().describe());
        return settings;
    }

    @Override
    public int trials(boolean quick) {
        return RUNS;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        return List.of(new Cell(Map.of("method", Contender.LIFTED.name()), seed -> {
            FactorTruth truth =
                    (FactorTruth) PROBLEM.instance(seed, EPSILON).truth().orElseThrow();
            return PROBLEM.trial(seed, Contender.LIFTED, EPSILON)
                    .last(x -> List.of(errors(truth, x)))
                    .plan(seed);
        }));
    }

    /** Entry number, row by row, and its squared error. */
    private static Curve errors(FactorTruth truth, DMatrixRMaj x) {
        List<Double> at = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        for (double error : EntryErrors.squared(truth, x)) {
            at.add((double) at.size());
            errors.add(error);
        }
        return new Curve(ERRORS, at, errors);
    }

    @Override
    public Report report(Results results) {
        List<Comparison> lines = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        Results.Sample sample = results.samples().get(0);
        List<Double> seen = new ArrayList<>();
        boolean quantized = true;
        int run = 0;
        for (Map.Entry<Long, Outcome> trial : sample.outcomes().entrySet()) {
            Outcome outcome = trial.getValue();
            double on = outcome.figure(Recorder.OBSERVED_ERROR);
            double off = outcome.figure(Recorder.UNOBSERVED_ERROR);
            seen.add(on);
            double wrong = off * UNSEEN / WRONG_SIGN;
            quantized &= Math.abs(wrong - Math.rint(wrong)) < 1e-3;
            List<Object> row = new ArrayList<>();
            row.add("s" + run);
            row.add(on);
            row.add(off);
            row.add(Math.rint(wrong));
            row.add(run < PAPER_SEEN.size() ? PAPER_SEEN.get(run) : null);
            row.add(run < PAPER_UNSEEN.size() ? PAPER_UNSEEN.get(run) : null);
            rows.add(row);
            if (run < MAPS) {
                figures.add(map(run, outcome));
            }
            run++;
        }
        if (run > 0) {
            double worst = seen.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            lines.add(Comparison.of("mean squared error of seen entries, worst run", worst)
                    .paper("4.89e-8")
                    .atMost(5e-8));
            lines.add(Comparison.of("runs whose unseen entries are right as well", sample.success())
                    .paper("3 of 10")
                    .consistentWith(PROBLEM.chance()));
            lines.add(Comparison.of("unseen error is that of wrong signs alone: 4/12 for each entry", quantized ? 1 : 0)
                    .require("in every run", quantized));
            figures.add(
                    0,
                    new Figure.Table(
                            "Mean squared errors",
                            List.of("run", "seen", "unseen", "entries of wrong sign", "[EMC] seen", "[EMC] unseen"),
                            rows));
        }
        return new Report(
                lines,
                figures,
                List.of(
                        "The four odd coordinates of the truth are 1, and each may come out as −1 without changing anything that is seen."
                                + " With one of them wrong, 6 of the 12 unseen entries are −1 instead of 1: a mean squared error of 6·4/12 = 2;"
                                + " with two, 8 of them: 8·4/12 = 2.67, the only value other than 0 in the paper's table; with none, 0. So the paper's"
                                + " unsuccessful runs are minima of the same objective as the successful ones, not worse ones.",
                        "Chance is 1/8 of the truth, 4/8 of one wrong coordinate and 3/8 of two. The paper's ten runs are 3, 0 and 7."));
    }

    private static Figure.HeatMap map(int run, Outcome outcome) {
        List<Double> errors = outcome.curve(ERRORS).y();
        int n = PROBLEM.n();
        List<String> names = new ArrayList<>();
        List<List<Double>> values = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            names.add(Integer.toString(i + 1));
            values.add(errors.subList(i * n, (i + 1) * n));
        }
        return new Figure.HeatMap("Run s" + run, "j", names, "i", names, "(M_ij − M*_ij)²", values);
    }
}
