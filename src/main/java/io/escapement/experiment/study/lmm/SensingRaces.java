package io.escapement.experiment.study.lmm;

import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Recorder;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.problem.OuterLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the two experiments of matrix sensing have in common: cells and report.
 *
 * @param theirs "symmetric 2 lmm" → iterations of the authors' program at κ = 1 and 100, d = 100; "–" where it does not get there in 500
 */
record SensingRaces(OuterLoss loss, Map<String, List<String>> theirs) {

    private static final int SMALL = 100;
    private static final int LARGE = 200;
    private static final double ILL = 100;

    /** Our iterations may be so many times the authors'. */
    private static final double ALIKE = 1.25;

    /** Most over fewest iterations over κ and d. */
    private static final double INDEPENDENT = 1.5;

    static List<SensingCase> cases(boolean quick) {
        List<SensingCase> cases = new ArrayList<>();
        for (boolean symmetric : new boolean[] {true, false}) {
            for (int d : quick ? new int[] {SMALL} : new int[] {SMALL, LARGE}) {
                for (int rank : quick && !symmetric ? new int[] {2} : new int[] {2, 5}) {
                    for (double kappa : quick ? new double[] {ILL} : new double[] {1, ILL}) {
                        cases.add(new SensingCase(symmetric, d, rank, kappa, symmetric));
                        if (symmetric && d == SMALL && !quick) {
                            cases.add(new SensingCase(true, d, rank, kappa, false));
                        }
                    }
                }
            }
        }
        return cases;
    }

    List<Cell> cells(boolean quick) {
        List<Cell> cells = new ArrayList<>();
        for (SensingCase kind : cases(quick)) {
            for (Contender contender : Contender.ofSensing(loss)) {
                if (contender.served().test(kind.symmetric())) {
                    Map<String, String> labels = kind.labels();
                    labels.put(Race.SOLVER, contender.name());
                    cells.add(new Cell(labels, seed -> kind.plan(seed, loss, contender)));
                }
            }
        }
        return cells;
    }

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("loss", loss.describe());
        settings.put("truth", "rank 2, singular values linear from 1 to 1/kappa, positive frame");
        settings.put("measurements", "2dr, asymmetric 4dr; N(0, 1/m)");
        settings.put("init-error", Double.toString(SensingCase.START));
        settings.put("goal", "relative error " + Race.GOAL);
        settings.put("max-iterations", Integer.toString(SensingCase.ITERATIONS));
        return settings;
    }

    Report report(Results results, List<String> notes) {
        List<Comparison> lines = new ArrayList<>();
        List<Figure> tables = new ArrayList<>();
        List<Figure> curves = new ArrayList<>();
        for (SensingCase kind : cases(false)) {
            Race race = new Race(kind.title(), results.with(flat(kind.labels())));
            if (race.samples().isEmpty()) {
                continue;
            }
            race.samples().forEach(sample -> compare(kind, sample, lines));
            tables.add(race.table());
            curves.addAll(race.curves());
        }
        for (String matrix : List.of("symmetric", "asymmetric")) {
            for (String rank : List.of("2", "5")) {
                independent(results, matrix, rank, lines);
            }
        }
        tables.addAll(curves);
        return new Report(lines, tables, notes);
    }

    private void compare(SensingCase kind, Results.Sample sample, List<Comparison> lines) {
        String solver = sample.label(Race.SOLVER);
        boolean ofTheirs = kind.d() == SMALL && kind.positive() == kind.symmetric();
        List<String> figures = ofTheirs ? theirs.get(sample.label("matrix") + " " + kind.rank() + " " + solver) : null;
        boolean ours = solver.equals(Contender.LMM);
        if (figures == null && !ours) {
            return;
        }
        double iterations = Race.iterations(sample);
        Comparison line = Comparison.of(kind.title() + ": " + solver + ", iterations", iterations);
        if (figures != null) {
            String figure = figures.get(kind.kappa() == ILL ? 1 : 0);
            line = line.paper(figure);
            if (ours) {
                double most = ALIKE * Double.parseDouble(figure);
                line = line.require("at most " + ALIKE + " times as many", iterations <= most);
            }
        } else {
            line = line.require(
                    "all trials within " + SensingCase.ITERATIONS,
                    sample.success().rate() == 1);
        }
        lines.add(line);
        if (ours) {
            lines.add(Comparison.of(
                    kind.title() + ": " + solver + ", passes", Race.median(sample, Recorder.GRADIENTS_REACHED)));
        }
    }

    /** That neither the condition nor the dimension changes LMM's rate. */
    private static void independent(Results results, String matrix, String rank, List<Comparison> lines) {
        List<Double> all = results.with("matrix", matrix, "r", rank, Race.SOLVER, Contender.LMM).stream()
                .filter(sample -> sample.size() > 0
                        && sample.label("start").equals(matrix.equals("symmetric") ? "positive" : "normal"))
                .map(Race::iterations)
                .toList();
        if (all.size() < 2) {
            return;
        }
        double most = all.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        double least = all.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        lines.add(Comparison.of(
                        matrix + ", r = " + rank + ": lmm, most over fewest iterations over d and κ", most / least)
                .paper("about 1")
                .atMost(INDEPENDENT));
    }

    private static String[] flat(Map<String, String> labels) {
        return labels.entrySet().stream()
                .flatMap(label -> Stream.of(label.getKey(), label.getValue()))
                .toArray(String[]::new);
    }
}
