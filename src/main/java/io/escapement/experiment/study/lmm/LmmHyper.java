package io.escapement.experiment.study.lmm;

import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Figure.Axis;
import io.escapement.experiment.Recorder;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** [LMM] figure 5: iterations of geometric steps against their first length γ and their ratio q. */
final class LmmHyper implements Experiment {

    private static final double LAMBDA = 1e-5;
    private static final int ITERATIONS = 1000;
    private static final int EXPONENTS = 8;
    private static final double[] RATIOS = {0.95, 0.96, 0.97};
    private static final double[] KAPPAS = {1, 1e4};
    private static final int MEASUREMENTS = 4 * RobustCase.D * RobustCase.RANK;

    /** Lengths of the version that ends within a minute: smaller ones do not get there. */
    private static final int LARGEST = 5;

    private static final String KAPPA = "kappa";
    private static final String RATIO = "q";
    private static final String GAMMA = "gamma";

    @Override
    public String id() {
        return "lmm-hyper";
    }

    @Override
    public String title() {
        return "Matrix sensing with geometric steps: LMM's iterations to 1e-8 against γ and q, well and ill conditioned";
    }

    @Override
    public String source() {
        return "[LMM] figure 5";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "problem",
                "symmetric, d = 30, r = 2, m = " + MEASUREMENTS + ", sum of absolute values, positive frame and start");
        settings.put("init-error", Double.toString(RobustCase.START));
        settings.put("damping", LAMBDA + " * q^k");
        settings.put("goal", "relative error " + Race.GOAL);
        settings.put("max-iterations", Integer.toString(ITERATIONS));
        return settings;
    }

    @Override
    public int trials(boolean quick) {
        return quick ? 3 : 100;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        List<Cell> cells = new ArrayList<>();
        for (double kappa : KAPPAS) {
            RobustCase kind = new RobustCase(MEASUREMENTS, kappa, 0);
            for (double q : RATIOS) {
                for (int j = 1; j <= (quick ? LARGEST : EXPONENTS); j++) {
                    double gamma = Double.parseDouble("1e-" + j);
                    Contender lmm = Contender.geometric(gamma, LAMBDA, q).stream()
                            .filter(contender -> contender.name().equals(Contender.LMM))
                            .findFirst()
                            .orElseThrow();
                    Map<String, String> labels = new LinkedHashMap<>();
                    labels.put(KAPPA, text(kappa));
                    labels.put(RATIO, Double.toString(q));
                    labels.put(GAMMA, "1e-" + j);
                    cells.add(new Cell(labels, seed -> kind.plan(seed, lmm, ITERATIONS)));
                }
            }
        }
        return cells;
    }

    private static String text(double kappa) {
        return Long.toString(Math.round(kappa));
    }

    @Override
    public Report report(Results results) {
        List<Comparison> lines = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (double kappa : KAPPAS) {
            List<Curve> curves = new ArrayList<>();
            for (double q : RATIOS) {
                List<Results.Sample> samples = results.with(KAPPA, text(kappa), RATIO, Double.toString(q)).stream()
                        .filter(sample -> sample.size() > 0)
                        .toList();
                List<Results.Sample> good = samples.stream()
                        .filter(sample -> !Double.isNaN(quantile(sample, 0.5)))
                        .toList();
                if (samples.isEmpty()) {
                    continue;
                }
                curves.add(curve("q = " + q, good, 0.5));
                curves.add(curve("q = " + q + ", 5 %", good, 0.05));
                curves.add(curve("q = " + q + ", 95 %", good, 0.95));
                String where = "κ = " + text(kappa) + ", q = " + q + ": ";
                lines.add(Comparison.of(where + "lengths γ at which most trials get there", good.size())
                        .paper("a broad spectrum")
                        .require("at least 1", samples.size() >= LARGEST ? !good.isEmpty() : null));
                lines.add(Comparison.of(
                        where + "fewest iterations, median",
                        good.stream()
                                .mapToDouble(sample -> quantile(sample, 0.5))
                                .min()
                                .orElse(Double.NaN)));
            }
            if (!curves.isEmpty()) {
                figures.add(new Figure.Curves(
                        "Iterations to 1e-8, κ = " + text(kappa), Axis.log("γ"), Axis.linear("iterations"), curves));
                figures.add(table(results, kappa));
            }
        }
        return new Report(lines, figures, notes());
    }

    private static List<String> notes() {
        return List.of(
                "The paper's figure is a picture without numbers, and its text says that a broad spectrum of settings does well.",
                "The steps from k on add up to γq^k/(1 − q) times directions that have about the length of √m: a run has the accuracy"
                        + " that γq^k has, so each factor of 10 in γ costs ln 10/−ln q iterations, 76 at q = 0.97, and a γ too small to"
                        + " cover the way from the start never gets there.",
                "A γ too large leaves the region of the method, which shrinks with the smallest singular value: at κ = 1e4 that is 1e-4,"
                        + " a hundredth of the start's error, and few lengths are left.",
                "m = 4dr; the paper does not say. With 2dr, as in its first experiment, 3, 3 and 4 lengths are left at κ = 1, and 0, 1 and 1 at"
                        + " κ = 1e4 (q = 0.95, 0.96, 0.97; 5 draws).");
    }

    /** Iterations within which this part of the trials gets there; NaN where it does not. */
    private static double quantile(Results.Sample sample, double part) {
        double[] sorted = sample.outcomes().values().stream()
                .mapToDouble(outcome -> outcome.success() ? outcome.figure(Recorder.REACHED) : Double.NaN)
                .sorted()
                .toArray();
        return sorted[(int) Math.round(part * (sorted.length - 1))];
    }

    private static Curve curve(String name, List<Results.Sample> good, double part) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = good.size() - 1; i >= 0; i--) {
            double iterations = quantile(good.get(i), part);
            if (!Double.isNaN(iterations)) {
                x.add(Double.valueOf(good.get(i).label(GAMMA)));
                y.add(iterations);
            }
        }
        return new Curve(name, x, y);
    }

    private static Figure table(Results results, double kappa) {
        List<String> columns = new ArrayList<>(List.of(GAMMA));
        for (double q : RATIOS) {
            columns.add("q = " + q);
        }
        List<List<Object>> rows = new ArrayList<>();
        for (int j = 1; j <= EXPONENTS; j++) {
            List<Object> row = new ArrayList<>(List.of("1e-" + j));
            for (double q : RATIOS) {
                row.add(results.with(KAPPA, text(kappa), RATIO, Double.toString(q), GAMMA, "1e-" + j).stream()
                        .filter(sample -> sample.size() > 0)
                        .map(sample -> quantile(sample, 0.5))
                        .filter(iterations -> !Double.isNaN(iterations))
                        .findFirst()
                        .orElse(null));
            }
            rows.add(row);
        }
        return new Figure.Table("Median iterations, κ = " + text(kappa), columns, rows);
    }
}
