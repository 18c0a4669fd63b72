package io.escapement.experiment;

import io.escapement.escape.Escape;
import io.escapement.event.RunHeader;
import io.escapement.event.Values;
import io.escapement.landscape.FactoredJudge;
import io.escapement.landscape.ImplicitRegion;
import io.escapement.landscape.Projection;
import io.escapement.landscape.TraceBound;
import io.escapement.linalg.LanczosQuadrature;
import io.escapement.problem.CountingOperator;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.run.FigureObserver;
import io.escapement.run.RegionGauge;
import io.escapement.run.RunId;
import io.escapement.run.RunPipeline;
import io.escapement.run.RunPlan;
import io.escapement.run.RunSettings;
import io.escapement.sensing.Instance;
import io.escapement.solve.Solver;
import io.escapement.solve.SolverState;
import io.escapement.stop.EvaluationLimit;
import io.escapement.stop.FigureTarget;
import io.escapement.stop.IterationLimit;
import io.escapement.stop.StoppingCriterion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;

/**
 * A trial on a factored problem, put together the way {@code escapement run} does it. The defaults: no escape, success within
 * 0.05, 200,000 iterations, the standard judge with the truth's trace, {@link RunSettings#standard}.
 */
public final class FactoredTrial {

    private static final String NONE = "none";

    private final Instance<FactoredProblem> instance;
    private final DMatrixRMaj x0;
    private final Solver<? super FactoredProblem, ?> solver;
    private Optional<Escape<? super FactoredProblem>> escape = Optional.empty();
    private String escapeName = NONE;
    private double successDistance = 0.05;
    private long maxIterations = 200_000;
    private int maxEscapes = 20;
    private double gradientLimit = Double.POSITIVE_INFINITY;
    private boolean counted;
    private boolean noisy;
    private ImplicitRegion region;
    private int every;
    private boolean recovery;
    private List<String> curves = List.of();
    private boolean path;
    private Function<DMatrixRMaj, List<Curve>> ofLast = x -> List.of();
    private String command;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private FactoredTrial(
            Instance<FactoredProblem> instance, DMatrixRMaj x0, Solver<? super FactoredProblem, ?> solver) {
        this.instance = Objects.requireNonNull(instance, "instance");
        this.x0 = Objects.requireNonNull(x0, "x0");
        this.solver = Objects.requireNonNull(solver, "solver");
    }

    /** @param x0 where it starts; read-only */
    public static FactoredTrial of(
            Instance<FactoredProblem> instance, DMatrixRMaj x0, Solver<? super FactoredProblem, ?> solver) {
        return new FactoredTrial(instance, x0, solver);
    }

    /** @param name as on the command line, with its options */
    public FactoredTrial escape(String name, Optional<? extends Escape<? super FactoredProblem>> mechanism) {
        escapeName = name;
        escape = mechanism.map(some -> some);
        return this;
    }

    /** ‖F(x) − M*‖_F up to which the last point is a success. */
    public FactoredTrial success(double distance) {
        successDistance = distance;
        return this;
    }

    public FactoredTrial maxIterations(long limit) {
        maxIterations = limit;
        return this;
    }

    public FactoredTrial maxEscapes(int limit) {
        maxEscapes = limit;
        return this;
    }

    /**
     * Counts gradient evaluations ({@link CountingOperator}), and ends the run where it has done so much. What nobody looks at is not
     * computed then: judgements are brief.
     */
    public FactoredTrial gradients(double limit) {
        counted = true;
        gradientLimit = limit;
        return this;
    }

    /** The measurements hold noise: a local minimum that fails the certificate is undecided, not spurious. */
    public FactoredTrial noisy() {
        noisy = true;
        return this;
    }

    /** Looks at an implicit region every so many iterations. */
    public FactoredTrial region(ImplicitRegion watched, int iterations) {
        region = watched;
        every = iterations;
        return this;
    }

    /**
     * Ends the run, as a success, where ‖F(x) − M*‖_F is at most this part of ‖M*‖_F, whatever gradient and loss do before, and without
     * an escape or a judgement.
     */
    public FactoredTrial recovery(double relativeError) {
        recovery = true;
        return success(relativeError * instance.truth().orElseThrow().norm());
    }

    /** Keeps these figures along the run, and the projected path. */
    public FactoredTrial curves(String... names) {
        path = true;
        return lines(names);
    }

    /** Keeps these figures along the run. */
    public FactoredTrial lines(String... names) {
        curves = List.of(names);
        return this;
    }

    /** Keeps curves made of the last iterate. */
    public FactoredTrial last(Function<DMatrixRMaj, List<Curve>> curvesOfLast) {
        ofLast = curvesOfLast;
        return this;
    }

    /** The command line that repeats it, where there is one. */
    public FactoredTrial command(String line) {
        command = line;
        return this;
    }

    /** For the run's header. */
    public FactoredTrial setting(String name, Object value) {
        settings.put(name, value.toString());
        return this;
    }

    public TrialPlan plan(long seed) {
        return plan(seed, solver);
    }

    private <S extends SolverState> TrialPlan plan(long seed, Solver<? super FactoredProblem, S> with) {
        FactoredProblem plain = instance.problem();
        CountingOperator counter = counted ? new CountingOperator(plain.operator(), plain.columns()) : null;
        FactoredProblem problem = counted ? plain.withOperator(counter) : plain;
        GroundTruth truth = instance.truth().orElseThrow();
        Projection projection = Projection.of(problem, x0, truth.factor());
        AtomicReference<DMatrixRMaj> end = new AtomicReference<>(x0);
        FigureObserver observer = new FigureObserver(
                truth,
                projection,
                end::set,
                counted ? counter::gradientEvaluations : null,
                region == null ? null : new RegionGauge(plain, region, every, LanczosQuadrature.standard()));
        FactoredJudge judge = FactoredJudge.standard().withTraceBound(TraceBound.of(truth));
        judge = noisy ? judge.withNoise() : judge;
        judge = counted ? judge.inBrief() : judge;
        double gradientBound = recovery ? Double.NaN : judge.stationaryBelow(problem);
        StoppingCriterion limit = new IterationLimit(maxIterations);
        if (Double.isFinite(gradientLimit)) {
            limit = limit.or(new EvaluationLimit(gradientLimit));
        }
        RunSettings run;
        if (recovery) {
            run = RunSettings.toGoal(new FigureTarget(Values.DISTANCE, successDistance), limit);
        } else if (with.restsByItself()) {
            run = RunSettings.selfResting(List.of(), limit, maxIterations);
        } else {
            run = RunSettings.standard(gradientBound, List.of(), limit, maxIterations);
        }
        run = run.withMaxEscapes(recovery ? 0 : maxEscapes);
        Instant now = Instant.now();
        RunHeader header = new RunHeader(
                RunId.at(now.toEpochMilli()),
                instance.description(),
                instance.name(),
                with.name(),
                escapeName,
                seed,
                now,
                command == null ? "" : command,
                allSettings(with),
                observer.names().asList(),
                gradientBound,
                projection.axes(problem, truth));
        RunPlan<FactoredProblem, S> plan =
                new RunPlan<>(problem, with, x0, recovery ? new Unjudged() : judge, escape, observer, run);
        return new TrialPlan(
                header,
                new RunPipeline<>(plan),
                new Recorder(successDistance, curves, path).withLast(() -> ofLast.apply(end.get())));
    }

    private Map<String, String> allSettings(Solver<?, ?> with) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("solver", with.describe());
        all.put("escape", escapeName);
        all.put("success-distance", Double.toString(successDistance));
        all.put("max-iterations", Long.toString(maxIterations));
        all.put("max-escapes", Integer.toString(maxEscapes));
        if (Double.isFinite(gradientLimit)) {
            all.put("max-gradients", Double.toString(gradientLimit));
        }
        return all;
    }
}
