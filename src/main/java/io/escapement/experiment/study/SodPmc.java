package io.escapement.experiment.study;

import io.escapement.event.Values;
import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.FactoredTrial;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Figure.Axis;
import io.escapement.experiment.Outcome;
import io.escapement.experiment.Recorder;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.Instance;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.solve.FixedStep;
import io.escapement.solve.GradientDescent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * [SOD] module 5, I: PMC, n = 3, ρ = 0.3. Descent is stuck at (1, 0, −1)·0.914 with h = 0.33, at the distance 2.6 of the truth;
 * after the escape both go to 0.
 */
final class SodPmc implements Experiment {

    /** Figures of the lifted descent: h^l and the norms of its terms. */
    private static final List<String> LIFTED = List.of("liftedLoss", "aTerm", "bTerm", "cTerm");

    private static final String TERMS = "terms";

    private static final double[] START = {1.6, 0.9, -1.1};
    private static final GradientDescent SOLVER = new GradientDescent(new FixedStep(0.03));

    private static final String[] CURVES = Stream.concat(
                    Stream.of(Values.LOSS, Values.GRADIENT_NORM, Values.DISTANCE), LIFTED.stream())
            .toArray(String[]::new);

    private static final Map<String, Mechanism> MECHANISMS = mechanisms();

    private static Map<String, Mechanism> mechanisms() {
        Map<String, Mechanism> mechanisms = new LinkedHashMap<>();
        mechanisms.put("GD", Mechanism.NONE);
        mechanisms.put("GD + sod-multi", Mechanism.SOD_MULTI);
        mechanisms.put("GD + oracle-probe", Mechanism.PROBE);
        return mechanisms;
    }

    @Override
    public String id() {
        return "sod-pmc";
    }

    @Override
    public String title() {
        return "One descent into the trap of PMC, n = 3, and out of it: curves and path";
    }

    @Override
    public String source() {
        return "[SOD] module 5, I";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("problem", "pmc, n = 3, rho = 0.3");
        settings.put("start", "(1.6, 0.9, -1.1)");
        settings.put("solver", SOLVER.describe());
        return settings;
    }

    @Override
    public int trials(boolean quick) {
        return 1;
    }

    @Override
    public int mostTrials() {
        return 1;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        return MECHANISMS.entrySet().stream()
                .map(entry -> new Cell(Map.of("method", entry.getKey()), seed -> {
                    Instance<FactoredProblem> instance =
                            PerturbedMatrixCompletion.pmc(3, 0.3, 1).instance();
                    return FactoredTrial.of(instance, new DMatrixRMaj(3, 1, true, START), SOLVER)
                            .escape(entry.getValue().name(), entry.getValue().escape(instance.problem(), seed, 1))
                            .curves(CURVES)
                            .plan(seed);
                }))
                .toList();
    }

    @Override
    public Report report(Results results) {
        List<Comparison> lines = new ArrayList<>();
        Map<String, List<Curve>> panels = new LinkedHashMap<>();
        List<Figure.PathSeries> paths = new ArrayList<>();
        for (String method : MECHANISMS.keySet()) {
            if (!results.has("method", method)) {
                continue;
            }
            Outcome outcome = results.one("method", method).first();
            boolean stuck = MECHANISMS.get(method).equals(Mechanism.NONE);
            Comparison loss = Comparison.of(method + ": h at the end", outcome.figure(Values.LOSS));
            Comparison distance = Comparison.of(method + ": distance at the end", outcome.figure(Values.DISTANCE));
            lines.add(
                    stuck
                            ? loss.paper("0.33").printedAs("0.33")
                            : loss.paper("0").atMost(1e-9));
            lines.add(
                    stuck
                            ? distance.paper("2.6").printedAs("2.6")
                            : distance.paper("0").atMost(1e-4));
            for (String name : List.of(Values.LOSS, Values.GRADIENT_NORM, Values.DISTANCE)) {
                Curve curve = outcome.curve(name);
                panels.computeIfAbsent(name, n -> new ArrayList<>()).add(new Curve(method, curve.x(), curve.y()));
            }
            lifted(panels, method, outcome);
            paths.add(new Figure.PathSeries(method, path(outcome)));
        }
        List<Figure> figures = new ArrayList<>();
        panels.forEach((name, curves) -> {
            Axis y = name.equals(TERMS) ? Axis.linear("norm") : Axis.log(title(name));
            figures.add(new Figure.Curves(title(name), Axis.linear("iteration"), y, curves));
        });
        figures.add(new Figure.Path("Path", List.of("x₁", "x₂", "x₃"), paths));
        return new Report(lines, figures, List.of());
    }

    /** The lifted loss in a panel of its own, the three terms in one. */
    private static void lifted(Map<String, List<Curve>> panels, String method, Outcome outcome) {
        for (String name : LIFTED) {
            Curve curve = outcome.curve(name);
            if (!curve.x().isEmpty()) {
                boolean loss = name.equals(LIFTED.get(0));
                panels.computeIfAbsent(loss ? name : TERMS, n -> new ArrayList<>())
                        .add(new Curve(loss ? method : title(name), curve.x(), curve.y()));
            }
        }
    }

    private static String title(String figure) {
        return switch (figure) {
            case Values.LOSS -> "Loss";
            case Values.GRADIENT_NORM -> "Gradient norm";
            case Values.DISTANCE -> "Distance to the truth";
            case "liftedLoss" -> "Lifted loss";
            case "aTerm" -> "‖αa‖";
            case "bTerm" -> "‖βb‖";
            case "cTerm" -> "‖γc‖";
            default -> "Terms of the lifted descent";
        };
    }

    private static List<List<Double>> path(Outcome outcome) {
        List<Double> x = outcome.curve(Recorder.PATH.get(0)).y();
        List<Double> y = outcome.curve(Recorder.PATH.get(1)).y();
        List<Double> z = outcome.curve(Recorder.PATH.get(2)).y();
        List<List<Double>> points = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            points.add(List.of(x.get(i), y.get(i), z.get(i)));
        }
        return points;
    }
}
