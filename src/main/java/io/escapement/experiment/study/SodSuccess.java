package io.escapement.experiment.study;

import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Estimate;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Figure.Axis;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.solve.ExactStep;
import io.escapement.solve.GradientDescent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * [SOD] module 5, III: success on PMC, n = 40 … 80, 50 trials each.
 *
 * <pre>
 *   n                      40     50     60     70     80
 *   GD + SOD, ρ = 0.15   0.98   0.92   0.86   0.80   0.70
 *   GD + SOD, ρ = 0.10   0.88   0.84   0.78   0.68   0.60
 * </pre>
 */
final class SodSuccess implements Experiment {

    private static final List<Integer> SIZES = List.of(40, 50, 60, 70, 80);
    private static final List<Double> STARTS = List.of(0.05, 1e-3);
    private static final List<Mechanism> MECHANISMS =
            List.of(Mechanism.NONE, Mechanism.SOD_MULTI, Mechanism.PROBE, Mechanism.AUTO);
    private static final GradientDescent SOLVER = new GradientDescent(new ExactStep());

    private static final Map<Double, List<String>> PAPER = paper();

    private static Map<Double, List<String>> paper() {
        Map<Double, List<String>> rates = new LinkedHashMap<>();
        rates.put(0.15, List.of("0.98", "0.92", "0.86", "0.80", "0.70"));
        rates.put(0.10, List.of("0.88", "0.84", "0.78", "0.68", "0.60"));
        return rates;
    }

    @Override
    public String id() {
        return "sod-success";
    }

    @Override
    public String title() {
        return "Success of gradient descent with and without escapes on PMC, n = 40 to 80";
    }

    @Override
    public String source() {
        return "[SOD] module 5, III";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("solver", SOLVER.describe());
        settings.put("success-distance", "0.05");
        settings.put("max-iterations", "200000");
        return settings;
    }

    @Override
    public int trials(boolean quick) {
        return quick ? 10 : 50;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        List<Cell> cells = new ArrayList<>();
        for (double rho : PAPER.keySet()) {
            for (int n : quick ? List.of(40, 80) : SIZES) {
                for (double start : quick ? List.of(0.05) : STARTS) {
                    for (Mechanism mechanism : MECHANISMS) {
                        Map<String, String> labels = new LinkedHashMap<>();
                        labels.put("rho", Double.toString(rho));
                        labels.put("n", Integer.toString(n));
                        labels.put("init-scale", Double.toString(start));
                        labels.put("escape", mechanism.name());
                        Pmc problem = new Pmc(n, rho, start);
                        cells.add(new Cell(
                                labels,
                                seed -> problem.trial(seed, SOLVER, mechanism).plan(seed)));
                    }
                }
            }
        }
        return cells;
    }

    @Override
    public Report report(Results results) {
        List<Comparison> lines = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (Map.Entry<Double, List<String>> row : PAPER.entrySet()) {
            for (double start : STARTS) {
                figures.addAll(report(results, row.getKey(), row.getValue(), start, lines));
            }
        }
        return new Report(
                lines,
                figures,
                List.of(
                        "The paper does not state its start; we give both a scale of 0.05 and one of 0.001. Its rates of plain GD"
                                + " are not in its text."));
    }

    private static List<Figure> report(
            Results results, double rho, List<String> paper, double start, List<Comparison> lines) {
        Map<String, List<Estimate>> bars = new LinkedHashMap<>();
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < SIZES.size(); i++) {
            String[] labels = {
                "rho", Double.toString(rho), "n", SIZES.get(i).toString(), "init-scale", Double.toString(start)
            };
            String where = "ρ = " + rho + ", n = " + SIZES.get(i) + ", start " + start + ": ";
            List<Results.Sample> samples = results.with(labels).stream()
                    .filter(sample -> sample.size() > 0)
                    .toList();
            boolean hard = samples.stream()
                    .anyMatch(sample -> sample.label("escape").equals(Mechanism.NONE.name())
                            && sample.success().rate() < 1);
            for (Results.Sample sample : samples) {
                boolean plain = sample.label("escape").equals(Mechanism.NONE.name());
                String method = plain ? "GD" : "GD + " + sample.label("escape");
                Comparison line = Comparison.of(where + method, sample.success());
                if (!plain) {
                    line = hard ? line.paper(paper.get(i)).atLeast(1) : line.paper(paper.get(i));
                }
                lines.add(line);
                bars.computeIfAbsent(method, name -> new ArrayList<>()).add(Estimate.of(sample.success()));
            }
            if (!samples.isEmpty()) {
                groups.add(SIZES.get(i).toString());
                bars.computeIfAbsent("[SOD]: GD + SOD", name -> new ArrayList<>())
                        .add(Estimate.of(Double.parseDouble(paper.get(i))));
            }
        }
        if (groups.isEmpty()) {
            return List.of();
        }
        return List.of(new Figure.Bars(
                "ρ = " + rho + ", start " + start + "·N(0, 1)",
                Axis.linear("n"),
                Axis.linear("success rate"),
                groups,
                bars.entrySet().stream()
                        .map(series -> new Figure.BarSeries(
                                series.getKey(), series.getKey().startsWith("["), series.getValue()))
                        .toList()));
    }
}
