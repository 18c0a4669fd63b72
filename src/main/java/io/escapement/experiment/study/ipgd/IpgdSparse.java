package io.escapement.experiment.study.ipgd;

import io.escapement.event.Values;
import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Figure.Axis;
import io.escapement.experiment.Proportion;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.solve.ExactStep;
import io.escapement.solve.FixedStep;
import io.escapement.solve.StepSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** [IPGD] figure 5: IPGD+ on sparse recovery, d = 150, N = 300, k = 5; and why it is neither the printed step nor an exact one. */
public final class IpgdSparse implements Experiment {

    private static final long LOCAL_STEPS = 1500;
    private static final int EVERY = 20;
    private static final String METHOD = "method";
    private static final String OURS = "IPGD+";
    private static final String PRINTED = "T_escape = 50";
    private static final String SUM = "eta on the sum";
    private static final String EXACT = "exact steps";

    private static final double TINY = 1e-8;

    /** η of the sum of eq. 125 on h: 2N·0.01. */
    private static final double ON_THE_SUM = 6;

    private record Method(StepSize step, long escapeTime, long iterations) {}

    private static final Map<String, Method> METHODS = methods();

    private static Map<String, Method> methods() {
        Map<String, Method> methods = new LinkedHashMap<>();
        methods.put(OURS, new Method(Recovery.SPARSE.step(), Recovery.PATIENT, 4000));
        methods.put(PRINTED, new Method(Recovery.SPARSE.step(), Recovery.PRINTED, 1000));
        methods.put(SUM, new Method(new FixedStep(ON_THE_SUM), Recovery.PATIENT, 500));
        methods.put(EXACT, new Method(new ExactStep(), Recovery.PATIENT, 1000));
        return methods;
    }

    @Override
    public String id() {
        return "ipgd-sparse";
    }

    @Override
    public String title() {
        return "IPGD+ on sparse recovery, d = 150, N = 300, k = 5";
    }

    @Override
    public String source() {
        return "[IPGD] figure 5";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("problem", "sparse-recovery, d = 150, N = 300, theta = 10, -5, 3, -2, 1, start 0");
        settings.put("rule", "gamma = 1e-15, G = 1e-7, F = 1e-10 on the mean of squares");
        settings.put("step", "eta = 0.01 on the mean of squares, 0.02 on ours");
        settings.put("t-escape", Integer.toString(Recovery.PATIENT));
        settings.put("local-steps", Long.toString(LOCAL_STEPS));
        return settings;
    }

    @Override
    public int trials(boolean quick) {
        return quick ? 3 : 20;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        List<Cell> cells = new ArrayList<>();
        METHODS.forEach((name, method) -> cells.add(new Cell(
                Map.of(METHOD, name),
                seed -> Recovery.SPARSE
                        .trial(
                                seed,
                                method.step(),
                                Recovery.SPARSE.rule(Recovery.GAMMA, method.escapeTime()),
                                LOCAL_STEPS,
                                EVERY)
                        .success(1e-6)
                        .maxIterations(method.iterations())
                        .plan(seed))));
        return cells;
    }

    @Override
    public Report report(Results results) {
        List<Comparison> lines = new ArrayList<>();
        Map<String, List<Curve>> panels = new LinkedHashMap<>();
        for (String name : List.of(Recovery.CURVES).subList(0, 4)) {
            panels.put(name, new ArrayList<>());
        }
        for (Results.Sample sample : results.samples()) {
            if (sample.size() == 0) {
                continue;
            }
            String method = sample.label(METHOD);
            lines.addAll(lines(method, sample));
            Trace trace = new Trace(sample.first());
            if (method.equals(OURS) || method.equals(EXACT)) {
                panels.get(Values.DISTANCE).add(trace.positive(Values.DISTANCE, method));
                panels.get(Values.RESIDUAL_NORM).add(trace.positive(Values.RESIDUAL_NORM, method));
            }
            if (method.equals(OURS)) {
                panels.get(Values.DEVIATION_RATE).add(trace.named(Values.DEVIATION_RATE, method));
                panels.get(Values.CUMULATIVE_DEVIATION).add(trace.named(Values.CUMULATIVE_DEVIATION, method));
            }
        }
        return new Report(
                lines,
                List.of(
                        panel("Distance to the truth", Axis.log("‖θ − θ*‖"), panels.get(Values.DISTANCE)),
                        panel("Residual norm", Axis.log("‖x⊥‖"), panels.get(Values.RESIDUAL_NORM)),
                        panel("Deviation rate", Axis.linear("r(x)"), panels.get(Values.DEVIATION_RATE)),
                        panel(
                                "Cumulative deviation rate",
                                Axis.linear("Σ η r(x)"),
                                panels.get(Values.CUMULATIVE_DEVIATION))),
                notes());
    }

    private static Figure panel(String title, Axis y, List<Curve> curves) {
        return new Figure.Curves(title, Axis.linear("iteration"), y, curves);
    }

    private static List<Comparison> lines(String method, Results.Sample sample) {
        Comparison distance = Comparison.of(method + ": distance at the end, median", sample.median(Values.DISTANCE));
        double[] residuals = sample.outcomes().values().stream()
                .mapToDouble(outcome -> new Trace(outcome).last(Values.RESIDUAL_NORM))
                .sorted()
                .toArray();
        double middle = residuals[residuals.length / 2];
        Comparison residual = Comparison.of(method + ": residual norm at the end, median", middle);
        return switch (method) {
            case OURS -> {
                Proportion tiny = sample.where(outcome -> new Trace(outcome).last(Values.RESIDUAL_NORM) <= TINY);
                yield List.of(
                        distance.paper("≈ 1e-9").atMost(1e-8),
                        residual.paper("≈ 1e-9").atMost(TINY),
                        Comparison.of(method + ": residual norms of at most 1e-8", tiny)
                                .paper("one instance, below 1e-8"),
                        Comparison.of(method + ": within 1e-6 of the truth", sample.success()),
                        Comparison.of(method + ": residual norm at the end over γ, median", middle / 1e-15)
                                .paper("1e5-fold"));
            }
            case PRINTED -> List.of(distance.paper("≈ 1e-9"));
            case SUM ->
                List.of(Comparison.of(
                                method + ": runs that diverge or do not come near",
                                sample.where(outcome -> !outcome.success()))
                        .paper("0"));
            default -> List.of(distance, residual);
        };
    }

    private static List<String> notes() {
        return List.of(
                "The printed η = 0.01 on the printed sum of squares is 2Nη = 6 on ours, where the curvature at the truth is about"
                        + " 40 and 2/40 the longest stable step: it diverges. On the mean of squares it is 2η = 0.02, which is used; so are G"
                        + " and F, on the mean.",
                "Even so, T_escape = 50 is too short: from 1e−15/√300 the largest entry grows by 1.4 a step, to about 1e−9, and the"
                        + " loss is 1e−17 lower, not 1e−10. Algorithm 1 as printed returns 0, and plain descent stays there. T_escape = 400"
                        + " here.",
                "The residual's growth is the instance's: over the seeds 1 to 30 it ended between 6e-12 and 9e-8, half of them below"
                        + " 1.7e-10. A step of a quarter makes it smaller by half, no more.",
                "Exact steps show what small steps are for. The first one goes as far as the signal needs and takes the residual with"
                        + " it, so they find the truth, which 300 measurements of 150 unknowns determine, from far outside of the implicit"
                        + " region; with fewer measurements than unknowns nothing would lead them to the sparse one.");
    }
}
