package io.escapement.experiment.study.lmm;

import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** [LMM] figure 6: which share of gross outliers is borne, by number of measurements. */
final class LmmRobust implements Experiment {

    private static final double GAMMA = 1e-4;
    private static final double LAMBDA = 1e-5;
    private static final double RATIO = 0.97;
    private static final int ITERATIONS = 500;

    private static final int FEW = 240;
    private static final int MANY = 1200;
    private static final int[] MEASUREMENTS = {120, FEW, 480, 720, 960, MANY};
    private static final double[] OUTLIERS = {0, 0.1, 0.2, 0.3, 0.4, 0.5};
    private static final double[] SOME = {0.1, 0.2, 0.4};
    private static final double ILL = 1e4;

    private static final String KAPPA = "kappa";
    private static final String M = "m";
    private static final String SHARE = "outliers";

    private static final List<Contender> CONTENDERS = Contender.geometric(GAMMA, LAMBDA, RATIO);

    @Override
    public String id() {
        return "lmm-robust";
    }

    @Override
    public String title() {
        return "Matrix sensing with gross outliers: success against measurements and outliers, steps that need no h*";
    }

    @Override
    public String source() {
        return "[LMM] figure 6; figures beside ours: its authors' program, 20 trials";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("problem", "symmetric, d = 30, r = 2, sum of absolute values, positive frame and start");
        settings.put("init-error", Double.toString(RobustCase.START));
        settings.put("steps", GAMMA + " * " + RATIO + "^k, damping " + LAMBDA + " * " + RATIO + "^k");
        settings.put("goal", "relative error " + Race.GOAL);
        settings.put("max-iterations", Integer.toString(ITERATIONS));
        return settings;
    }

    @Override
    public int trials(boolean quick) {
        return quick ? 3 : 20;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        List<Cell> cells = new ArrayList<>();
        for (double kappa : quick ? new double[] {ILL} : new double[] {1, ILL}) {
            for (int m : quick ? new int[] {FEW, MANY} : MEASUREMENTS) {
                for (double share : quick ? SOME : OUTLIERS) {
                    RobustCase kind = new RobustCase(m, kappa, share);
                    for (Contender contender : CONTENDERS) {
                        Map<String, String> labels = new LinkedHashMap<>();
                        labels.put(KAPPA, text(kappa));
                        labels.put(M, Integer.toString(m));
                        labels.put(SHARE, Double.toString(share));
                        labels.put(Race.SOLVER, contender.name());
                        cells.add(new Cell(labels, seed -> kind.plan(seed, contender, ITERATIONS)));
                    }
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
        for (double kappa : new double[] {ILL, 1}) {
            for (Contender contender : CONTENDERS) {
                List<Results.Sample> samples = results.with(KAPPA, text(kappa), Race.SOLVER, contender.name()).stream()
                        .filter(sample -> sample.size() > 0)
                        .toList();
                if (samples.isEmpty()) {
                    continue;
                }
                figures.add(map(kappa, contender.name(), samples));
                samples.stream()
                        .map(sample -> compare(kappa, sample))
                        .filter(line -> line.paper() != null || line.required() != null)
                        .forEach(lines::add);
            }
        }
        return new Report(
                lines,
                figures,
                List.of(
                        "The paper prints its maps as pictures; the figures beside ours are those of its authors' program, which"
                                + " are known at m = 240 and 1200 and κ = 1e4.",
                        "Outliers are, as in that program, measurements of a dense matrix with entries uniform in (0, 1); the"
                                + " paper's text has a positive semidefinite one. With half of them wrong neither matrix is preferred.",
                        "Gauss-Newton is the same method with λ = 0. At r = r* its system is singular along rotations of X alone, where"
                                + " its right side is 0: with conjugate gradients that end at a residual of 1e-13 it does nearly as well as LMM."
                                + " That program's aim at 1e-25, which is below rounding, so they run all their 100 iterations and amplify it: that"
                                + " is why its Gauss-Newton fails, and it fails so here.",
                        "At κ = 1 the subgradient method does as well as LMM in that program: what outliers ask for is the loss, what κ asks"
                                + " for is the preconditioner."));
    }

    private static Figure map(double kappa, String solver, List<Results.Sample> samples) {
        List<String> shares =
                samples.stream().map(sample -> sample.label(SHARE)).distinct().toList();
        List<String> sizes =
                samples.stream().map(sample -> sample.label(M)).distinct().toList();
        List<List<Double>> values = new ArrayList<>();
        for (String m : sizes) {
            List<Double> row = new ArrayList<>();
            for (String share : shares) {
                row.add(samples.stream()
                        .filter(sample ->
                                sample.label(M).equals(m) && sample.label(SHARE).equals(share))
                        .findFirst()
                        .map(sample -> sample.success().rate())
                        .orElse(null));
            }
            values.add(row);
        }
        return new Figure.HeatMap(
                solver + ", κ = " + text(kappa), "share of outliers", shares, "measurements", sizes, "success", values);
    }

    private static Comparison compare(double kappa, Results.Sample sample) {
        int m = Integer.parseInt(sample.label(M));
        double share = Double.parseDouble(sample.label(SHARE));
        String solver = sample.label(Race.SOLVER);
        Comparison line = Comparison.of(
                "κ = " + text(kappa) + ", m = " + m + ", outliers " + share + ": " + solver, sample.success());
        if (kappa != ILL || (m != FEW && m != MANY)) {
            return line;
        }
        if (solver.equals(Contender.SUBGRADIENT)) {
            return line.paper("0 of 20").atMost(0);
        }
        if (!solver.equals(Contender.LMM)) {
            return solver.equals(Contender.UNENDING_NEWTON) ? line.paper("0 of 20") : line.paper("unpredictable");
        }
        if (share <= (m == FEW ? 0.1 : 0.4)) {
            return line.paper("20 of 20").atLeast(0.9);
        }
        return m == FEW && share == 0.2 ? line.paper("18 of 20") : line;
    }
}
