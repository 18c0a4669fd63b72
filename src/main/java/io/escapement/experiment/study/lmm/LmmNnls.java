package io.escapement.experiment.study.lmm;

import io.escapement.event.Values;
import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.FactoredTrial;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.experiment.TrialPlan;
import io.escapement.problem.EuclideanNorm;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.OuterLoss;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.NonnegativeLeastSquares;
import io.escapement.sensing.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** [LMM] figure 2: nonnegative least squares by squared variables, with ½‖·‖² and with ‖·‖. */
final class LmmNnls implements Experiment {

    private static final int SUPPORT = 10;
    private static final double CONDITION = 10;
    private static final double START = 1e-2;
    private static final int ITERATIONS = 1000;
    private static final long DRAWN = 1;
    private static final List<OuterLoss> LOSSES = List.of(new HalfSquaredNorm(), new EuclideanNorm());

    /** d = r; the ratio of the truth; whether it is that of the roots. */
    private record Kind(OuterLoss loss, int d, int tau, boolean roots) {

        Map<String, String> labels() {
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put("loss", loss.describe());
            labels.put("r", Integer.toString(d));
            labels.put("tau", Integer.toString(tau));
            labels.put("linear", roots ? "roots" : "entries");
            return labels;
        }

        String title() {
            return loss.describe() + ", r = " + d + ", τ = " + tau + (roots ? " of the roots" : "");
        }

        TrialPlan plan(long seed, Contender contender) {
            RandomGenerator random = Seeds.generator(seed);
            Instance<FactoredProblem> instance =
                    new NonnegativeLeastSquares(d, 2 * d, SUPPORT, tau, CONDITION, 0, loss, roots).instance(random);
            FactoredTrial trial = FactoredTrial.of(
                            instance,
                            InitialPoint.positive(
                                    instance.problem(), instance.truth().orElseThrow(), START, random),
                            contender.maker().make(instance.problem()))
                    .recovery(Race.GOAL)
                    .maxIterations(ITERATIONS)
                    .gradients(Double.POSITIVE_INFINITY);
            labels().forEach(trial::setting);
            return (seed == DRAWN ? trial.lines(Values.DISTANCE) : trial).plan(seed);
        }
    }

    private static List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        for (OuterLoss loss : LOSSES) {
            for (int d : new int[] {10, 100}) {
                kinds.add(new Kind(loss, d, 1, false));
                kinds.add(new Kind(loss, d, 100, false));
                kinds.add(new Kind(loss, d, 100, true));
            }
        }
        return kinds;
    }

    @Override
    public String id() {
        return "lmm-nnls";
    }

    @Override
    public String title() {
        return "Nonnegative least squares by squares: LMM and baselines, well and ill conditioned, with and without zeros";
    }

    @Override
    public String source() {
        return "[LMM] figure 2; figures beside ours: its authors' program";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("problem", "nnls, support 10, kappa 10, m = 2r");
        settings.put("init-error", Double.toString(START));
        settings.put("gamma", "0.5");
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
        for (Kind kind : kinds()) {
            for (Contender contender : Contender.ofSquares(kind.loss())) {
                Map<String, String> labels = kind.labels();
                labels.put(Race.SOLVER, contender.name());
                cells.add(new Cell(labels, seed -> kind.plan(seed, contender)));
            }
        }
        return cells;
    }

    @Override
    public Report report(Results results) {
        List<Comparison> lines = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Figure> curves = new ArrayList<>();
        for (Kind kind : kinds()) {
            String[] labels = kind.labels().entrySet().stream()
                    .flatMap(label -> Stream.of(label.getKey(), label.getValue()))
                    .toArray(String[]::new);
            Race race = new Race(kind.title(), results.with(labels));
            if (race.samples().isEmpty()) {
                continue;
            }
            race.samples().forEach(sample -> lines.add(compare(kind, sample)));
            figures.add(race.table());
            curves.addAll(race.curves());
        }
        figures.addAll(curves);
        return new Report(
                lines,
                figures,
                List.of(
                        "In the paper z* is linear from 1 to 1/τ; in its authors' program its roots are, so that z* has the ratio τ².",
                        "Polyak's step is halved throughout, as in that program: with it, the squared norm converges half as fast.",
                        "The program's figures are known for r = 100, τ = 1 alone."));
    }

    private static Comparison compare(Kind kind, Results.Sample sample) {
        String solver = sample.label(Race.SOLVER);
        Comparison line = Comparison.of(kind.title() + ": " + solver + ", iterations", Race.iterations(sample));
        boolean known = kind.d() == 100 && kind.tau() == 1;
        boolean squared = kind.loss() instanceof HalfSquaredNorm;
        if (solver.equals(Contender.LMM)) {
            return (known ? line.paper(squared ? "182" : "112") : line.paper("linear"))
                    .require("all trials within " + ITERATIONS, sample.success().rate() == 1);
        }
        return known && (solver.equals("polyak") || solver.equals("gauss-newton")) ? line.paper("–") : line;
    }
}
