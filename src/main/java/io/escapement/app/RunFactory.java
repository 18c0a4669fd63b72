package io.escapement.app;

import io.escapement.escape.Escape;
import io.escapement.event.RunHeader;
import io.escapement.event.Values;
import io.escapement.landscape.Projection;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.run.FigureObserver;
import io.escapement.run.PathKeeper;
import io.escapement.run.RegionGauge;
import io.escapement.run.RunId;
import io.escapement.run.RunPipeline;
import io.escapement.run.RunPlan;
import io.escapement.run.RunSettings;
import io.escapement.sensing.Instance;
import io.escapement.solve.SolverState;
import io.escapement.stop.EvaluationLimit;
import io.escapement.stop.FigureTarget;
import io.escapement.stop.IterationLimit;
import io.escapement.stop.StoppingCriterion;
import io.escapement.stop.TimeLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.ejml.data.DMatrixRMaj;

/** Makes runs from checked options. */
final class RunFactory {

    private static final double MAX_SECONDS = 1e9;

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
        InstanceFacts facts = InstanceFacts.of(instance, options);
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(facts.asText());
        all.put("version", Version.current());
        return prepare(kind, instance, method, x0, options, command, all, facts);
    }

    private static <P extends CompositeProblem, S extends SolverState> PreparedRun prepare(
            String kind,
            Instance<?> instance,
            Method<P, S> method,
            DMatrixRMaj x0,
            RunOptions options,
            String command,
            Map<String, String> settings,
            InstanceFacts facts) {
        P problem = method.problem();
        GroundTruth truth = instance.truth().orElse(null);
        Projection projection = Projection.of(problem, x0, truth == null ? null : truth.factor());
        AtomicReference<DMatrixRMaj> last = new AtomicReference<>();
        RegionGauge gauge = RegionChoice.of(instance, options);
        int entries = problem.rows() * problem.columns();
        Optional<PathKeeper> path =
                entries <= PathKeeper.MOST_ENTRIES ? Optional.of(new PathKeeper(entries)) : Optional.empty();
        FigureObserver observer =
                new FigureObserver(truth, projection, last::set, method.work(), gauge, path.orElse(null));
        RunPlan<P, S> plan = new RunPlan<>(
                problem,
                method.solver(),
                x0,
                method.judge(),
                method.escape(),
                observer,
                settings(options, method.gradientBound(), truth, method.solver().restsByItself()));
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
                // A tensor of odd order has no second truth −Z, which is what would be drawn.
                projection.axes(problem, problem instanceof FactoredProblem ? truth : null));
        OptionalDouble near = truth == null ? OptionalDouble.empty() : OptionalDouble.of(options.successDistance);
        return new PreparedRun(
                header, new RunPipeline<>(plan), last, near, facts, checkpoints(options), instance, path);
    }

    private static Duration checkpoints(RunOptions options) {
        Check.between("--checkpoint-every", options.checkpointEvery, 0, MAX_SECONDS);
        return Duration.ofNanos((long) (1e9 * options.checkpointEvery));
    }

    private static RunSettings settings(
            RunOptions options, double gradientBound, GroundTruth truth, boolean restsByItself) {
        Check.atLeast("--max-escapes", options.maxEscapes, 0);
        Check.atLeast("--max-iterations", options.maxIterations, 0);
        Check.atLeast("--emit-every", options.emitEvery, 1);
        Check.atLeast("--pace", options.pace, 0);
        Check.above("--success-distance", options.successDistance, 0);
        List<StoppingCriterion> goals = new ArrayList<>();
        if (options.lossTarget != null) {
            Check.atLeast("--loss-target", options.lossTarget, 0);
            goals.add(new FigureTarget(Values.LOSS, options.lossTarget));
        }
        if (options.relativeErrorTarget != null) {
            Check.above("--relative-error-target", options.relativeErrorTarget, 0);
            if (truth == null) {
                throw new InvalidOption(
                        "--relative-error-target",
                        "is " + options.relativeErrorTarget + "; it needs a problem whose truth is known");
            }
            goals.add(new FigureTarget(Values.DISTANCE, options.relativeErrorTarget * truth.norm()));
        }
        StoppingCriterion limit = new IterationLimit(options.maxIterations);
        if (options.maxEvaluations != null) {
            Check.above("--max-evaluations", options.maxEvaluations, 0);
            limit = limit.or(new EvaluationLimit(options.maxEvaluations));
        }
        if (options.maxTime != null) {
            Check.atLeast("--max-time", options.maxTime, 0.001);
            limit = limit.or(new TimeLimit(Duration.ofMillis((long) (1000 * Math.min(options.maxTime, MAX_SECONDS)))));
        }
        RunSettings settings = restsByItself
                ? RunSettings.selfResting(goals, limit, options.maxIterations)
                : RunSettings.standard(gradientBound, goals, limit, options.maxIterations);
        return settings.withMaxEscapes(options.maxEscapes)
                .withEmitEvery(options.emitEvery)
                .withPace(options.pace);
    }
}
