package io.escapement.app;

import io.escapement.escape.Escape;
import io.escapement.event.RunHeader;
import io.escapement.event.Values;
import io.escapement.landscape.Projection;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.run.FigureObserver;
import io.escapement.run.RunId;
import io.escapement.run.RunPipeline;
import io.escapement.run.RunPlan;
import io.escapement.run.RunSettings;
import io.escapement.sensing.Instance;
import io.escapement.solve.SolverState;
import io.escapement.stop.EvaluationLimit;
import io.escapement.stop.FigureTarget;
import io.escapement.stop.Finite;
import io.escapement.stop.GradientReturn;
import io.escapement.stop.GradientTolerance;
import io.escapement.stop.Growth;
import io.escapement.stop.IterationLimit;
import io.escapement.stop.Oscillation;
import io.escapement.stop.Plateau;
import io.escapement.stop.Stall;
import io.escapement.stop.StoppingCriterion;
import io.escapement.stop.TimeLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.ejml.data.DMatrixRMaj;

/** Makes runs from checked options. */
final class RunFactory {

    /** A run has stalled when its best loss fell by less than this fraction over the window. */
    private static final double STALL = 1e-9;

    private static final int WINDOW = 500;

    /** A gradient below this fraction of the largest is small: a stall is a plateau then. */
    private static final double SMALL_GRADIENT = 0.01;

    /** The loss grown by this factor over so many iterations is divergence. */
    private static final double GROWTH = 1e6;

    private static final int GROWTH_WINDOW = 50;

    /** A trial that ends within this fraction of the trap's loss has found the trap again. */
    private static final double IMPROVEMENT = 1e-6;

    /** How much smaller the gradient must be where a point was too close to call. */
    private static final double CLOSER = 0.01;

    /** A trial may take this part of the run's iterations, so that one that crawls leaves some for the next. */
    private static final int TRIALS = 10;

    private static final int LEAST_TRIAL = 1000;

    private static final double MAX_SECONDS = 1e9;
    private static final Duration LINGER = Duration.ofMillis(1500);

    private RunFactory() {}

    /**
     * @param kind name of the problem, as on the command line
     * @param command that repeats the run
     * @param settings every option with its value
     * @param escape name of the mechanism in force
     */
    static PreparedRun prepare(
            String kind,
            Instance<?> instance,
            DMatrixRMaj x0,
            RunOptions options,
            String escape,
            String command,
            Map<String, String> settings) {
        Check.above("--gradient-tolerance", options.gradientTolerance, 0);
        Check.between("--gradient-tolerance", options.gradientTolerance, 0, 0.1);
        Method<?, ?> method = Method.of(kind, instance, x0, options, escape);
        return prepare(kind, instance, method, x0, options, command, settings);
    }

    private static <P extends CompositeProblem, S extends SolverState> PreparedRun prepare(
            String kind,
            Instance<?> instance,
            Method<P, S> method,
            DMatrixRMaj x0,
            RunOptions options,
            String command,
            Map<String, String> settings) {
        P problem = method.problem();
        GroundTruth truth = instance.truth().orElse(null);
        Projection projection = Projection.of(problem, x0, truth == null ? null : truth.factor());
        AtomicReference<DMatrixRMaj> last = new AtomicReference<>();
        FigureObserver observer = new FigureObserver(truth, projection, last::set, method.work());
        RunPlan<P, S> plan = new RunPlan<>(
                problem,
                method.solver(),
                x0,
                method.judge(),
                method.escape(),
                observer,
                settings(options, method.gradientBound(), truth));
        Instant now = Instant.now();
        RunHeader header = new RunHeader(
                RunId.at(now.toEpochMilli()),
                options.name == null ? instance.description() : options.name,
                kind,
                options.solver,
                method.escape().map(Escape::name).orElse(EscapeChoice.NONE),
                options.seed,
                now,
                command,
                settings,
                observer.names().asList(),
                method.gradientBound(),
                axes(projection, truth, problem));
        OptionalDouble near = truth == null ? OptionalDouble.empty() : OptionalDouble.of(options.successDistance);
        return new PreparedRun(header, new RunPipeline<>(plan), last, near);
    }

    private static RunHeader.Axes axes(Projection projection, GroundTruth truth, CompositeProblem problem) {
        return new RunHeader.Axes(
                projection.labels(),
                projection.kind(),
                // XXᵀ = ZZᵀ leaves the sign of a single column open and any rotation of several: only the former can be
                // drawn.
                truth != null && problem.columns() == 1 && truth.factor().numCols == 1
                        ? List.of(projection.apply(truth.factor()), projection.apply(negative(truth.factor())))
                        : List.of());
    }

    private static DMatrixRMaj negative(DMatrixRMaj x) {
        DMatrixRMaj out = x.copy();
        for (int i = 0; i < out.getNumElements(); i++) {
            out.data[i] = -out.data[i];
        }
        return out;
    }

    private static RunSettings settings(RunOptions options, double gradientBound, GroundTruth truth) {
        Check.atLeast("--max-escapes", options.maxEscapes, 0);
        Check.atLeast("--max-iterations", options.maxIterations, 0);
        Check.atLeast("--emit-every", options.emitEvery, 1);
        Check.atLeast("--pace", options.pace, 0);
        Check.above("--success-distance", options.successDistance, 0);
        StoppingCriterion others = new Finite();
        if (options.lossTarget != null) {
            Check.atLeast("--loss-target", options.lossTarget, 0);
            others = others.or(new FigureTarget(Values.LOSS, options.lossTarget));
        }
        if (options.relativeErrorTarget != null) {
            Check.above("--relative-error-target", options.relativeErrorTarget, 0);
            if (truth == null) {
                throw new InvalidOption(
                        "--relative-error-target",
                        "is " + options.relativeErrorTarget + "; it needs a problem whose truth is known");
            }
            others = others.or(new FigureTarget(Values.DISTANCE, options.relativeErrorTarget * truth.norm()));
        }
        others = others.or(new Plateau(STALL, WINDOW, gradientBound, SMALL_GRADIENT))
                .or(new Stall(STALL, WINDOW))
                .or(new Oscillation(STALL, WINDOW))
                .or(new Growth(GROWTH, GROWTH_WINDOW));
        StoppingCriterion limit = new IterationLimit(options.maxIterations);
        if (options.maxEvaluations != null) {
            Check.above("--max-evaluations", options.maxEvaluations, 0);
            limit = limit.or(new EvaluationLimit(options.maxEvaluations));
        }
        if (options.maxTime != null) {
            Check.atLeast("--max-time", options.maxTime, 0.001);
            limit = limit.or(new TimeLimit(Duration.ofMillis((long) (1000 * Math.min(options.maxTime, MAX_SECONDS)))));
        }
        return new RunSettings(
                new GradientTolerance(gradientBound).or(others),
                new GradientReturn(gradientBound).or(others),
                new GradientTolerance(CLOSER * gradientBound).or(others),
                limit,
                options.maxEscapes,
                Math.max(LEAST_TRIAL, options.maxIterations / TRIALS),
                IMPROVEMENT,
                options.emitEvery,
                options.pace,
                LINGER);
    }
}
