package io.escapement.experiment.study;

import io.escapement.event.Values;
import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Figure.Axis;
import io.escapement.experiment.Outcome;
import io.escapement.experiment.Recorder;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.problem.FactoredProblem;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.Solver;
import io.escapement.solve.StableStep;
import io.escapement.solve.lift.Lift;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** [LEAC] figure 1: gradient norm and loss of the solvers over 1400 epochs, on the problem of table 1. */
final class LeacFigure1 implements Experiment {

    private static final Pmc PROBLEM = new Pmc(11, 0.01, 1e-7);
    private static final int EPOCHS = 4000;
    private static final GradientDescent DESCENT = new GradientDescent(new StableStep());

    private record Line(String solver, Solver<? super FactoredProblem, ?> method, Mechanism mechanism) {}

    private static final List<Line> LINES = List.of(
            new Line("unlift", DESCENT, Mechanism.NONE),
            new Line("semilift, exact rule", DESCENT, Mechanism.LEAC_EXACT),
            new Line("semilift, paper's rule", DESCENT, Mechanism.SEMILIFT),
            new Line("lift", Lift.of(3, new StableStep()), Mechanism.NONE));

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
        settings.put("solver", DESCENT.describe() + "; lift of order 3");
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
        return LINES.stream()
                .map(line -> new Cell(
                        Map.of("solver", line.solver()),
                        seed -> PROBLEM.trial(seed, line.method(), line.mechanism())
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
        for (Line line : LINES) {
            String solver = line.solver();
            if (!results.has("solver", solver)) {
                continue;
            }
            Outcome outcome = results.one("solver", solver).first();
            losses.add(named(solver, outcome.curve(Values.LOSS)));
            gradients.add(named(solver, outcome.curve(Values.GRADIENT_NORM)));
            Comparison loss = Comparison.of(solver + ": loss at the end", outcome.figure(Values.LOSS));
            Comparison reached = Comparison.of(solver + ": epochs to success", outcome.figure(Recorder.REACHED));
            switch (solver.substring(0, solver.indexOf("lift"))) {
                case "un" -> lines.add(loss.paper("stays up").atLeast(1e-4));
                case "semi" -> {
                    lines.add(loss.paper("near 0").atMost(1e-6));
                    lines.add(Comparison.of(solver + ": epoch of the jump", outcome.figure("escape.iteration"))
                            .paper("50 to 100"));
                    lines.add(reached.atMost(500));
                }
                default -> {
                    lines.add(loss.paper("near 0").atMost(1e-6));
                    lines.add(reached);
                }
            }
        }
        return new Report(
                lines,
                List.of(
                        new Figure.Curves("Gradient norm", Axis.linear("epoch"), Axis.log("‖∇h‖"), gradients),
                        new Figure.Curves("Loss", Axis.linear("epoch"), Axis.linear("h"), losses)),
                List.of(
                        "The start is at the saddle already, as the paper's own remark says; it is judged there, so the"
                                + " jump comes at epoch 0 and not after 50 to 100.",
                        "The unlifted loss does fall, from 3.0 to that of a spurious minimum with wrong signs, which is small"
                                + " because ρ is: no mechanism leaves it.",
                        "Steps are the stable ones, 1/L; with them the lifted descent needs longest, as in the paper."));
    }

    private static Curve named(String name, Curve curve) {
        return new Curve(name, curve.x(), curve.y());
    }
}
