package io.escapement.experiment.study.emc;

import io.escapement.event.Values;
import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Estimate;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Figure.Axis;
import io.escapement.experiment.Proportion;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** [EMC] figure 3: what ε and the sampling rate p do to the lifted solver, n = 6, l = 3. */
public final class EmcAblation implements Experiment {

    private static final int N = 6;
    private static final double NEAR = 0.05;
    private static final double NEARER = 0.01;
    private static final double SWEEP_EPSILON = 5e-4;
    private static final List<Double> EPSILONS = List.of(0.1, 1e-2, 1e-3, 5e-4, 1e-4, 5e-5, 1e-5);
    private static final List<Double> RATES = List.of(0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4);
    private static final List<Double> QUICK_EPSILONS = List.of(0.1, 1e-3, 5e-5);
    private static final List<Double> QUICK_RATES = List.of(0.1, 0.25, 0.4);
    private static final List<Contender> METHODS = List.of(Contender.BM, Contender.LIFTED, Contender.OURS);

    @Override
    public String id() {
        return "emc-ablation";
    }

    @Override
    public String title() {
        return "Success of the lifted solver against epsilon and against the sampling rate, n = 6";
    }

    @Override
    public String source() {
        return "[EMC] figure 3";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("n", Integer.toString(N));
        settings.put("epsilon", "of the sweep over p: " + SWEEP_EPSILON);
        settings.put("start", "a Gaussian direction of length " + Emc.XI + "^(1/3)");
        METHODS.forEach(method -> settings.put(method.name(), method.solver().describe()));
        return settings;
    }

    @Override
    public int trials(boolean quick) {
        return quick ? 10 : 100;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        List<Cell> cells = new ArrayList<>();
        Emc structured = Emc.structured(N);
        cells.add(cell("epsilon", "none", Contender.BM, structured, 0));
        for (double epsilon : quick ? QUICK_EPSILONS : EPSILONS) {
            for (Contender method : List.of(Contender.LIFTED, Contender.OURS)) {
                cells.add(cell("epsilon", Double.toString(epsilon), method, structured, epsilon));
            }
        }
        for (double p : quick ? QUICK_RATES : RATES) {
            for (Contender method : METHODS) {
                cells.add(cell("p", Double.toString(p), method, new Emc(N, p), SWEEP_EPSILON));
            }
        }
        return cells;
    }

    private static Cell cell(String sweep, String at, Contender method, Emc problem, double epsilon) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("sweep", sweep);
        labels.put("at", at);
        labels.put("method", method.name());
        return new Cell(
                labels,
                seed -> problem.trial(seed, method, epsilon).success(NEAR).plan(seed));
    }

    @Override
    public Report report(Results results) {
        List<Comparison> lines = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        double chance = Emc.structured(N).chance();
        lines.add(Comparison.of("structured: chance of the right signs, the limit of every method", chance));
        if (results.has("sweep", "epsilon", "method", Contender.BM.name())) {
            lines.add(Comparison.of(
                            "structured: BM, without ε",
                            results.one("sweep", "epsilon", "method", Contender.BM.name())
                                    .success())
                    .consistentWith(chance));
        }
        sweep(results, "epsilon", EPSILONS, lines, figures);
        sweep(results, "p", RATES, lines, figures);
        return new Report(
                lines,
                figures,
                List.of(
                        "Over ε, structured mask: the signs of M* cannot be told at any ε (the objective of all four patterns is the"
                                + " same), so the success rate is the chance of 1/4 wherever the minimizers of ε-MC are within the success"
                                + " distance of a pattern, and 0 where ε draws them away: at ε = 0.1 by about ε²(k − 1)k = 0.06, k = 3 odd coordinates. The paper's fall at"
                                + " ε = 1e-5 is not seen: exact steps do not depend on the conditioning that a fixed learning rate does.",
                        "Over p, uniform masks, ten of them: the share of masks that determine a rank-one truth of six rows is the limit, and"
                                + " it is small where the paper's p are. What ε-MC adds is a choice among the matrices that fit, the one of"
                                + " least norm, which is no better a guess for a Gaussian truth than another. The paper's truth there is not stated:"
                                + " one of zeros and ones would be favoured by exactly that choice."));
    }

    private static void sweep(
            Results results, String sweep, List<Double> values, List<Comparison> lines, List<Figure> figures) {
        Map<String, Curve> curves = new LinkedHashMap<>();
        List<Double> ascending = new ArrayList<>(values);
        Collections.sort(ascending);
        for (Contender method : METHODS) {
            List<Double> x = new ArrayList<>();
            List<Double> near = new ArrayList<>();
            List<Double> nearer = new ArrayList<>();
            for (double value : ascending) {
                String[] labels = {"sweep", sweep, "at", Double.toString(value), "method", method.name()};
                if (!results.has(labels)) {
                    continue;
                }
                Results.Sample sample = results.one(labels);
                Proportion strict = sample.where(outcome -> outcome.figure(Values.DISTANCE) <= NEARER);
                x.add(value);
                near.add(sample.success().rate());
                nearer.add(strict.rate());
                lines.add(Comparison.of(
                        (sweep.equals("p") ? "p = " : "ε = ") + value + ": " + method.name(),
                        Estimate.of(sample.success())));
            }
            if (!x.isEmpty()) {
                curves.put(method.name() + ", " + NEAR, new Curve(method.name() + ", within " + NEAR, x, near));
                curves.put(method.name() + ", " + NEARER, new Curve(method.name() + ", within " + NEARER, x, nearer));
            }
        }
        if (sweep.equals("p")) {
            limit(results, ascending, curves);
        }
        if (!curves.isEmpty()) {
            figures.add(new Figure.Curves(
                    sweep.equals("p") ? "Success against p, uniform masks" : "Success against ε, structured mask",
                    sweep.equals("p") ? Axis.linear("p") : Axis.log("ε"),
                    Axis.linear("success rate"),
                    List.copyOf(curves.values())));
        }
    }

    private static void limit(Results results, List<Double> rates, Map<String, Curve> curves) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (double p : rates) {
            String[] labels = {"sweep", "p", "at", Double.toString(p), "method", Contender.LIFTED.name()};
            if (results.has(labels)) {
                x.add(p);
                y.add(results.one(labels).seeds(new Emc(N, p)::determined).rate());
            }
        }
        if (!x.isEmpty()) {
            curves.put("limit", new Curve("masks that determine the truth", x, y));
        }
    }
}
