package io.escapement.experiment.study;

import io.escapement.event.Values;
import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Figure.Axis;
import io.escapement.experiment.Recorder;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.solve.FixedStep;
import io.escapement.solve.GradientDescent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** [LEAC] figure 1: gradient norm and loss of the solvers over 1400 epochs, on the problem of table 1. */
final class LeacFigure1 implements Experiment {

    private static final Pmc PROBLEM = new Pmc(11, 0.01, 1e-7);
    private static final int EPOCHS = 1400;

    /** Half of the paper's kind of step; it may be up to 2/24 here, 24 being the curvature at the truth. */
    private static final GradientDescent SOLVER = new GradientDescent(new FixedStep(0.04));

    private static final Map<String, Mechanism> SOLVERS = solvers();

    private static Map<String, Mechanism> solvers() {
        Map<String, Mechanism> solvers = new LinkedHashMap<>();
        solvers.put("unlift", Mechanism.NONE);
        solvers.put("semilift, exact rule", Mechanism.LEAC_EXACT);
        solvers.put("semilift, paper's rule", Mechanism.LEAC_PAPER);
        return solvers;
    }

    @Override
    public String id() {
        return "leac-fig1";
    }

    @Override
    public String title() {
        return "Loss and gradient norm of the unlifted, semilifted and lifted solvers on PMC, n = 11";
    }

    @Override
    public String source() {
        return "[LEAC] figure 1";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("problem", "pmc, n = 11, rho = 0.01");
        settings.put("start", "1e-7 N(0, 1)");
        settings.put("solver", SOLVER.describe());
        settings.put("max-iterations", Integer.toString(EPOCHS));
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
        return SOLVERS.entrySet().stream()
                .map(solver -> new Cell(
                        Map.of("solver", solver.getKey()),
                        seed -> PROBLEM.trial(seed, SOLVER, solver.getValue())
                                .maxIterations(EPOCHS)
                                .curves(Values.LOSS, Values.GRADIENT_NORM)
                                .plan(seed)))
                .toList();
    }

    @Override
    public Report report(Results results) {
        List<Comparison> lines = new ArrayList<>();
        List<Curve> losses = new ArrayList<>();
        List<Curve> gradients = new ArrayList<>();
        for (String solver : SOLVERS.keySet()) {
            if (!results.has("solver", solver)) {
                continue;
            }
            var outcome = results.one("solver", solver).first();
            losses.add(named(solver, outcome.curve(Values.LOSS)));
            gradients.add(named(solver, outcome.curve(Values.GRADIENT_NORM)));
            Comparison loss = Comparison.of(solver + ": loss at the end", outcome.figure(Values.LOSS));
            if (solver.equals("unlift")) {
                lines.add(loss.paper("stays flat"));
            } else {
                lines.add(loss.paper("near 0").atMost(1e-6));
                lines.add(Comparison.of(solver + ": epoch of the jump", outcome.figure("escape.iteration"))
                        .paper("50 to 100"));
                lines.add(Comparison.of(solver + ": epochs to success", outcome.figure(Recorder.REACHED)));
            }
        }
        return new Report(
                lines,
                List.of(
                        new Figure.Curves("Gradient norm", Axis.linear("epoch"), Axis.log("‖∇h‖"), gradients),
                        new Figure.Curves("Loss", Axis.linear("epoch"), Axis.linear("h"), losses)),
                List.of(
                        "The start is at the saddle already, as the paper's own remark says; it is judged there, so the jump"
                                + " comes at epoch 0 and not after 50 to 100."));
    }

    private static Curve named(String name, Curve curve) {
        return new Curve(name, curve.x(), curve.y());
    }
}
