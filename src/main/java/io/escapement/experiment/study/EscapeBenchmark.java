package io.escapement.experiment.study;

import io.escapement.event.Figures;
import io.escapement.event.Values;
import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Estimate;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.FactoredTrial;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Figure.Axis;
import io.escapement.experiment.Outcome;
import io.escapement.experiment.Recorder;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import io.escapement.solve.ExactStep;
import io.escapement.solve.Lbfgs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Ours: Gaussian sensing with few measurements, every escape mechanism against random restarts at the same expense.
 *
 * <p>Expense is what {@link io.escapement.problem.CountingOperator} counts: all that a run asks of its operator, in gradient
 * evaluations, judgements, eigenvectors and candidates that failed among them. Both begin with the same descent on the same
 * instance and descend with the same solver. They are compared by what they have solved when each has spent as much as three,
 * five and ten descents, and altogether; a descent is the mean of a run without escapes until its last iteration, its judgement not counted.
 *
 * <p>The criterion is about {@code auto}, not about whichever mechanism turns out best, and is paired: of the instances that one of
 * the two has solved for five descents and the other has not, auto must have the most. The difference of the shares is given
 * with its 95 % interval, and auto is ahead beyond chance where that does not hold 0. Where both have solved all, nobody can be
 * ahead, and nothing is asked.
 *
 * <p>Rejected: granting restarts what the mechanism spent on the instance, until it had succeeded. That looks fair and is not:
 * the mechanism has as long as it needs, and restarts must be done by then, so a second copy of the restarts would be "ahead"
 * too. By that measure the best mechanism was ahead in all twelve cells (1.00 against 0.67 to 0.94) when by this one it was not.
 */
final class EscapeBenchmark implements Experiment {

    private static final Lbfgs SOLVER = new Lbfgs(10, new ExactStep());
    private static final double SCALE = 0.05;
    private static final String RESTART = Mechanism.RESTART.name();
    private static final String OURS = Mechanism.AUTO.name();

    /** Gradient evaluations after which a run is broken off. */
    private static final double BUDGET = 30_000;

    /** Where the comparison is made, in mean expenses of a run without escapes. */
    private static final int DESCENTS = 5;

    private static final List<Mechanism> MECHANISMS = List.of(
            Mechanism.NONE,
            Mechanism.LEAC_EXACT,
            Mechanism.SOD_SINGLE,
            Mechanism.SOD_MULTI,
            Mechanism.PERTURB,
            Mechanism.PROBE,
            Mechanism.RACE,
            Mechanism.AUTO);

    /** n×n matrices of rank r from m measurements. */
    private record Size(int n, int r, int m) {
        @Override
        public String toString() {
            return "n = " + n + ", r = " + r + ", m = " + m;
        }
    }

    private static final List<Size> SIZES = List.of(
            new Size(20, 1, 26),
            new Size(20, 1, 30),
            new Size(30, 1, 36),
            new Size(30, 1, 40),
            new Size(40, 1, 48),
            new Size(40, 1, 55),
            new Size(20, 2, 42),
            new Size(20, 2, 50),
            new Size(30, 2, 66),
            new Size(30, 2, 75),
            new Size(20, 3, 62),
            new Size(20, 3, 70));

    @Override
    public String id() {
        return "escape-benchmark";
    }

    @Override
    public String title() {
        return "Escape mechanisms against random restarts at the same expense, Gaussian sensing with few measurements";
    }

    @Override
    public String source() {
        return "our own";
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("solver", SOLVER.describe());
        settings.put("start", "0.05 N(0, 1)");
        settings.put("success-distance", "0.01");
        settings.put("max-evaluations", Double.toString(BUDGET));
        return settings;
    }

    @Override
    public int trials(boolean quick) {
        return quick ? 20 : 100;
    }

    @Override
    public long seed() {
        return 1001;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        List<Cell> cells = new ArrayList<>();
        for (Size size : quick ? List.of(SIZES.get(1), SIZES.get(3)) : SIZES) {
            for (Mechanism mechanism : MECHANISMS) {
                cells.add(new Cell(
                        labels(size, mechanism.name()),
                        seed -> trial(size, seed, mechanism).plan(seed)));
            }
            cells.add(new Cell(
                    labels(size, RESTART),
                    seed -> trial(size, seed, Mechanism.RESTART).plan(seed)));
        }
        return cells;
    }

    private static Map<String, String> labels(Size size, String escape) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("n", Integer.toString(size.n()));
        labels.put("r", Integer.toString(size.r()));
        labels.put("m", Integer.toString(size.m()));
        labels.put("escape", escape);
        return labels;
    }

    private static FactoredTrial trial(Size size, long seed, Mechanism mechanism) {
        RandomGenerator random = Seeds.generator(seed);
        Instance<FactoredProblem> instance = GaussianSensing.of(FactorShape.psd(size.n()), size.r(), size.m())
                .instance(random);
        return FactoredTrial.of(instance, InitialPoint.gaussian(instance.problem(), SCALE, random), SOLVER)
                .escape(mechanism.name(), mechanism.escape(instance.problem(), seed, SCALE))
                .success(0.01)
                .maxEscapes(1000)
                .maxIterations(50_000)
                .gradients(BUDGET);
    }

    @Override
    public Report report(Results results) {
        List<Comparison> lines = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (Size size : SIZES) {
            if (results.has(of(size, Mechanism.NONE.name())) && results.has(of(size, RESTART))) {
                lines.add(compare(results, size, rows));
                figures.add(solved(results, size));
            }
        }
        figures.add(
                0,
                new Figure.Table(
                        "Solved for the expense of 3, 5 and 10 descents and at the end; mean expense to the truth in gradient"
                                + " evaluations, the budget where it was not found; instances solved for less than by"
                                + " restarts, and for more",
                        List.of("size", "escape", "3", "5", "10", "end", "expense", "less", "more"),
                        rows));
        return new Report(
                lines,
                figures,
                List.of(
                        "Expense counts every measurement and backprojection of a run, whoever asks for it, in gradient"
                                + " evaluations. Each mechanism and the restarts begin with the same descent and use the same"
                                + " solver; what counts here is the share solved when each has spent five times the mean of a"
                                + " run without escapes, paired by instance, with a 95 % interval of the difference.",
                        "Where restarts have solved all by then, no mechanism can be ahead, and nothing is asked."));
    }

    private static String[] of(Size size, String escape) {
        return new String[] {
            "n",
            Integer.toString(size.n()),
            "r",
            Integer.toString(size.r()),
            "m",
            Integer.toString(size.m()),
            "escape",
            escape
        };
    }

    private static Comparison compare(Results results, Size size, List<List<Object>> rows) {
        Results.Sample restarts = results.one(of(size, RESTART));
        double descent = results.one(of(size, Mechanism.NONE.name())).mean(Values.GRADIENT_EVALUATIONS);
        for (Mechanism mechanism : MECHANISMS) {
            if (results.has(of(size, mechanism.name()))) {
                rows.add(row(size, results.one(of(size, mechanism.name())), descent, restarts));
            }
        }
        rows.add(row(size, restarts, descent, restarts));
        String what = size + ": solved by auto less solved by restarts, for " + DESCENTS + " descents";
        if (!results.has(of(size, OURS))) {
            return new Comparison(what, Estimate.unknown(), null, null, null);
        }
        Results.Sample ours = results.one(of(size, OURS));
        Estimate difference = Expense.difference(ours, restarts, DESCENTS * descent);
        String shares = Figures.of(Expense.within(ours, DESCENTS * descent).rate()) + " against "
                + Figures.of(Expense.within(restarts, DESCENTS * descent).rate());
        boolean saturated = difference.value() == 0
                && Expense.within(restarts, DESCENTS * descent).rate() == 1;
        Comparison line = new Comparison(what + ", " + shares, difference, null, null, null);
        return saturated ? line : line.require("above 0", difference.value() > 0);
    }

    private static List<Object> row(Size size, Results.Sample sample, double descent, Results.Sample restarts) {
        return List.of(
                size.toString(),
                sample.label("escape"),
                Expense.within(sample, 3 * descent).rate(),
                Expense.within(sample, DESCENTS * descent).rate(),
                Expense.within(sample, 10 * descent).rate(),
                sample.success().rate(),
                Expense.mean(sample, BUDGET),
                Expense.races(sample, restarts),
                Expense.races(restarts, sample));
    }

    /** The share solved against the expense. */
    private static Figure solved(Results results, Size size) {
        List<Curve> curves = new ArrayList<>();
        List<String> names =
                new ArrayList<>(MECHANISMS.stream().map(Mechanism::name).toList());
        names.add(RESTART);
        for (String name : names) {
            if (!results.has(of(size, name))) {
                continue;
            }
            Results.Sample sample = results.one(of(size, name));
            List<Double> x = sample.outcomes().values().stream()
                    .filter(Outcome::success)
                    .map(outcome -> outcome.figure(Recorder.GRADIENTS_REACHED))
                    .sorted()
                    .toList();
            List<Double> y = new ArrayList<>();
            for (int i = 0; i < x.size(); i++) {
                y.add((i + 1.0) / sample.size());
            }
            curves.add(new Curve(name, x, y));
        }
        return new Figure.Curves(
                size.toString(), Axis.log("gradient evaluations"), Axis.linear("share solved"), curves);
    }
}
