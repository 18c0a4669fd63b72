package io.escapement.experiment.study.lmm;

import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Recorder;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.experiment.TrialPlan;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.EuclideanNorm;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.OuterLoss;
import io.escapement.problem.cp.CpFactorization;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.tensor.RandomCp;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.OptimalValue;
import io.escapement.solve.PolyakStep;
import io.escapement.solve.Solver;
import io.escapement.solve.lmm.LevenbergMarquardt;
import io.escapement.solve.lmm.Lmm;
import io.escapement.solve.lmm.LossDamping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/** [LMM] figure 7: factorization of tensors with d = 500, of which nothing of size d³ is formed. */
final class LmmTensor implements Experiment {

    private static final int D = 500;
    private static final int ITERATIONS = 500;
    private static final double ILL = 100;
    private static final String LOSS = "loss";
    private static final String THEIRS = "20";

    /** Ours may take so many times the iterations of the authors' program. */
    private static final double ALIKE = 1.25;

    private static final PolyakStep HALF = new PolyakStep(new OptimalValue.Infimum(), 0.5);

    /** Of the distance to T*, in the authors' program. */
    private static final double DAMPING = 1e-3;

    private static final Latest<Key, Started> LATEST = new Latest<>();

    private record Key(TensorCase kind, long seed) {}

    private record Started(Instance<CpFactorization> instance, DMatrixRMaj x0) {}

    /** A solver with the loss that it minimizes. */
    private record Entrant(OuterLoss loss, String name, Solver<? super CompositeProblem, ?> solver) {

        Map<String, String> labels(TensorCase kind) {
            Map<String, String> labels = kind.labels();
            labels.put(LOSS, loss.describe());
            labels.put(Race.SOLVER, name);
            return labels;
        }

        TrialPlan plan(TensorCase kind, long seed) {
            Started started = LATEST.get(new Key(kind, seed), () -> draw(kind, seed));
            CpFactorization problem = started.instance().problem().withLoss(loss);
            return kind.trial(started.instance(), problem, started.x0(), seed, ITERATIONS)
                    .plan(seed, solver);
        }
    }

    private static final List<Entrant> ENTRANTS = List.of(
            new Entrant(new EuclideanNorm(), "polyak", new GradientDescent(PolyakStep.toInfimum())),
            new Entrant(new EuclideanNorm(), "gauss-newton", Lmm.gaussNewton(HALF)),
            new Entrant(new EuclideanNorm(), Contender.LMM, Lmm.of(HALF, new LossDamping(DAMPING, 1))),
            new Entrant(new HalfSquaredNorm(), Contender.LMM, Lmm.of(HALF, new LossDamping(Math.sqrt(2) * DAMPING, 2))),
            new Entrant(new HalfSquaredNorm(), "levenberg-marquardt", LevenbergMarquardt.standard()));

    private static Started draw(TensorCase kind, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        Instance<CpFactorization> instance = new RandomCp(
                        kind.shape(), kind.rank(), TensorCase.TRUTH_RANK, kind.kappa(), TensorCase.frame())
                .instance(random);
        return new Started(instance, kind.start(instance, random));
    }

    private static List<TensorCase> cases(boolean quick) {
        List<TensorCase> cases = new ArrayList<>();
        for (boolean symmetric : new boolean[] {true, false}) {
            for (int rank : new int[] {2, 5}) {
                for (double kappa : quick ? new double[] {ILL} : new double[] {1, ILL}) {
                    cases.add(new TensorCase(symmetric, D, rank, kappa));
                }
            }
        }
        return cases;
    }

    @Override
    public String id() {
        return "lmm-tensor";
    }

    @Override
    public String title() {
        return "Tensor factorization at d = 500 with the unsquared norm: LMM and baselines, nothing of size d³ formed";
    }

    @Override
    public String source() {
        return "[LMM] figure 7; figures beside ours: its authors' program";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("truth", "CP rank 2, weights linear from 1 to 1/kappa, positive frame");
        settings.put("init-error", Double.toString(TensorCase.START));
        settings.put("gamma", "0.5, polyak 1");
        settings.put("goal", "relative error " + Race.GOAL);
        settings.put("max-iterations", Integer.toString(ITERATIONS));
        return settings;
    }

    @Override
    public int trials(boolean quick) {
        return quick ? 1 : 5;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        List<Cell> cells = new ArrayList<>();
        for (TensorCase kind : cases(quick)) {
            for (Entrant entrant : ENTRANTS) {
                cells.add(new Cell(entrant.labels(kind), seed -> entrant.plan(kind, seed)));
            }
        }
        return cells;
    }

    @Override
    public Report report(Results results) {
        List<Comparison> lines = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Figure> curves = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        for (TensorCase kind : cases(false)) {
            for (Entrant entrant : ENTRANTS) {
                for (Results.Sample sample : results.with(flat(entrant.labels(kind)))) {
                    if (sample.size() == 0) {
                        continue;
                    }
                    double iterations = Race.iterations(sample);
                    lines.add(compare(kind, entrant, iterations));
                    rows.add(Arrays.asList(
                            kind.title(),
                            entrant.loss().describe(),
                            entrant.name(),
                            Double.isNaN(iterations) ? null : iterations,
                            1000 * sample.medianSeconds() / sample.median(Recorder.ITERATIONS)));
                }
            }
            curves.addAll(new Race(
                            kind.title() + ", norm",
                            results.with(flat(kind.labels())).stream()
                                    .filter(sample -> sample.label(LOSS).equals("norm"))
                                    .toList())
                    .curves());
        }
        figures.add(new Figure.Table(
                "Cost of an iteration",
                List.of("tensor", LOSS, Race.SOLVER, "iterations to 1e-8", "milliseconds an iteration"),
                rows));
        figures.addAll(curves);
        return new Report(lines, figures, notes());
    }

    private static List<String> notes() {
        return List.of(
                "d³ is 1.25e8: 1 GB a tensor. An iteration forms d×r matrices, r×r Gram matrices and a core of at most 7³ numbers; the"
                        + " conjugate gradients of LMM and Gauss-Newton take up to 100 products of d·r² operations each.",
                "The authors' program takes 20 iterations whatever r and κ, and between 7 and never with Polyak's subgradient method.",
                "In the asymmetric case that program's κ = 100 is about 4.6e4, because S**1/3 is S/3 there; ours is 100.",
                "Where its iterations come from: next to a solution Πv = v, so with γ = ½ the step for the norm is half a Gauss-Newton step,"
                        + " the error halves each time, and from 1e-2 to 1e-8 it takes log 1e6/log 2 = 20. For half the square (h − h*)/‖Πv‖²"
                        + " is ½ itself, the step a quarter, and it takes log 1e6/log(4/3) = 48: that the unsquared norm is faster is"
                        + " a matter of γ. Levenberg-Marquardt takes the whole step.");
    }

    private static Comparison compare(TensorCase kind, Entrant entrant, double iterations) {
        Comparison line = Comparison.of(
                kind.title() + ", " + entrant.loss().describe() + ": " + entrant.name() + ", iterations", iterations);
        if (entrant.loss() instanceof HalfSquaredNorm) {
            return line;
        }
        return switch (entrant.name()) {
            case "polyak" -> line.paper("7 to –");
            case Contender.LMM ->
                line.paper(THEIRS)
                        .require(
                                "at most " + ALIKE + " times as many",
                                iterations <= ALIKE * Double.parseDouble(THEIRS));
            default -> line;
        };
    }

    private static String[] flat(Map<String, String> labels) {
        return labels.entrySet().stream()
                .flatMap(label -> Stream.of(label.getKey(), label.getValue()))
                .toArray(String[]::new);
    }
}
