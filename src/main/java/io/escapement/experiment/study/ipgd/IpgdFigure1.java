package io.escapement.experiment.study.ipgd;

import io.escapement.event.Values;
import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.FactoredTrial;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Figure.Axis;
import io.escapement.experiment.Outcome;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.landscape.RankRegion;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import io.escapement.solve.FixedStep;
import io.escapement.solve.Perturbation;
import io.escapement.solve.PerturbedDescent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/** [IPGD] figure 1: PGD on sensing a 20×20 matrix of rank 3, searched for at rank 3 and 4; IPGD beside it. */
public final class IpgdFigure1 implements Experiment {

    private static final int N = 20;
    private static final int MEASUREMENTS = 200;
    private static final double STEP = 0.025;
    private static final double LARGE = 0.1;
    private static final double TINY = 1e-15;
    private static final long ESCAPE_TIME = 500;
    private static final long ITERATIONS = 4000;
    private static final int EVERY = 20;

    /** Half of G and F on the paper's function, which is half of ours. */
    private static final double GRADIENT = 2e-7;

    private static final double DROP = 2e-10;

    @Override
    public String id() {
        return "ipgd-fig1";
    }

    @Override
    public String title() {
        return "PGD and IPGD on matrix sensing, n = 20, r = 3, searched for at rank 3 and 4";
    }

    @Override
    public String source() {
        return "[IPGD] figure 1";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("problem", "gaussian, n = 20, m = 200, singular values 10, 5, 1");
        settings.put("pgd", "start 0.1 N(0, 1), radius 0.1");
        settings.put("ipgd", "start 0, radius 1e-15");
        settings.put("step", "fixed:0.025, 0.05 on the paper's function");
        settings.put("rule", "G = 2e-7, F = 2e-10, T_escape = 500");
        settings.put("max-iterations", Long.toString(ITERATIONS));
        return settings;
    }

    @Override
    public int trials(boolean quick) {
        return quick ? 1 : 10;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        List<Cell> cells = new ArrayList<>();
        for (String method : List.of("pgd", "ipgd")) {
            for (int rank : new int[] {3, 4}) {
                Map<String, String> labels = new LinkedHashMap<>();
                labels.put("method", method);
                labels.put("rank", Integer.toString(rank));
                cells.add(new Cell(
                        labels, seed -> trial(method.equals("pgd"), rank, seed).plan(seed)));
            }
        }
        return cells;
    }

    private static FactoredTrial trial(boolean large, int rank, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        Instance<FactoredProblem> instance = Recovery.sensing(FactorShape.psd(N), rank, MEASUREMENTS, random);
        DMatrixRMaj x0 = large ? InitialPoint.gaussian(instance.problem(), LARGE, random) : new DMatrixRMaj(N, rank);
        Perturbation rule = Perturbation.of(large ? LARGE : TINY, GRADIENT, DROP, ESCAPE_TIME);
        FixedStep step = new FixedStep(STEP);
        PerturbedDescent solver =
                large ? PerturbedDescent.pgd(step, rule, seed) : PerturbedDescent.ipgd(step, rule, seed);
        return FactoredTrial.of(instance, x0, solver)
                .success(1e-4)
                .maxIterations(ITERATIONS)
                .region(new RankRegion(3), EVERY)
                .curves(Values.DISTANCE, Values.RESIDUAL_NORM);
    }

    @Override
    public Report report(Results results) {
        List<Comparison> lines = new ArrayList<>();
        List<Curve> distances = new ArrayList<>();
        List<Curve> residuals = new ArrayList<>();
        for (Results.Sample sample : results.samples()) {
            if (sample.size() == 0) {
                continue;
            }
            boolean pgd = sample.label("method").equals("pgd");
            boolean exact = sample.label("rank").equals("3");
            String name = (pgd ? "PGD" : "IPGD") + ", r′ = " + sample.label("rank");
            Outcome first = sample.first();
            distances.add(new Trace(first).positive(Values.DISTANCE, name));
            if (!exact) {
                residuals.add(new Trace(first).positive(Values.RESIDUAL_NORM, name));
            }
            Comparison distance = Comparison.of(name + ": distance at the end, median", sample.median(Values.DISTANCE));
            if (pgd && !exact) {
                lines.add(distance.paper("fails to converge").atLeast(1e-3));
            } else {
                lines.add((pgd ? distance.paper("converges at a linear rate") : distance).atMost(1e-5));
            }
            lines.add(Comparison.of(name + ": within 1e−4 of the truth", sample.success()));
        }
        return new Report(
                lines,
                List.of(
                        new Figure.Curves(
                                "Distance to the truth", Axis.linear("iteration"), Axis.log("‖XXᵀ − M*‖"), distances),
                        new Figure.Curves(
                                "Residual norm, r′ = 4", Axis.linear("iteration"), Axis.log("‖X⊥‖"), residuals)),
                List.of(
                        "Neither the number of measurements, nor the singular values, the start, the radius or the step of figure 1"
                                + " are in the paper. Here: 200 measurements, fewer than the 210 of a symmetric matrix; singular values"
                                + " 10, 5, 1; a start and a radius of 0.1.",
                        "At rank 4 PGD's fourth direction starts at the size of its start and radius and falls no faster than"
                                + " 1/√t, so the error falls like 1/t: 4,000 iterations later it is a hundredth, where at rank 3 it"
                                + " fell to what the gradient tolerance asks for. The same algorithm with a radius of 1e−15 keeps that"
                                + " direction tiny, and converges as at rank 3.",
                        "Both stop by their own rule, at a gradient norm of 1e−7 of the paper's function: hence errors of 1e−7 to"
                                + " 1e−6. IPGD+ goes on from there (ipgd-recovery)."));
    }
}
