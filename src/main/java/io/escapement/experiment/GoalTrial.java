package io.escapement.experiment;

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
import io.escapement.solve.Solver;
import io.escapement.solve.SolverState;
import io.escapement.stop.FigureTarget;
import io.escapement.stop.IterationLimit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * A trial of a solver on a problem of any class that ends, as a success, at a relative error, and otherwise after so many iterations; without
 * an escape or a judgement. What {@link FactoredTrial#recovery} is for factored problems.
 *
 * @param x0 where it starts; read-only
 * @param relativeError ‖F(x) − M*‖/‖M*‖ at its end
 * @param settings for the run's header
 * @param lines figures to be kept along the run
 */
public record GoalTrial<P extends CompositeProblem>(
        Instance<P> instance,
        DMatrixRMaj x0,
        double relativeError,
        long maxIterations,
        Map<String, String> settings,
        List<String> lines) {

    public GoalTrial {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(x0, "x0");
        settings = Map.copyOf(settings);
        lines = List.copyOf(lines);
    }

    public <S extends SolverState> TrialPlan plan(long seed, Solver<? super P, S> solver) {
        P problem = instance.problem();
        GroundTruth truth = instance.truth().orElseThrow();
        double near = relativeError * truth.norm();
        FigureObserver observer =
                new FigureObserver(truth, Projection.of(problem, x0, truth.factor()), last -> {}, null, null);
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("solver", solver.describe());
        all.put("success-distance", Double.toString(near));
        all.put("max-iterations", Long.toString(maxIterations));
        Instant now = Instant.now();
        RunHeader header = new RunHeader(
                RunId.at(now.toEpochMilli()),
                instance.description(),
                instance.name(),
                solver.name(),
                "none",
                seed,
                now,
                "",
                all,
                observer.names().asList(),
                Double.NaN,
                Projection.of(problem, x0, truth.factor()).axes(problem, null));
        RunSettings run =
                RunSettings.toGoal(new FigureTarget(Values.DISTANCE, near), new IterationLimit(maxIterations));
        RunPlan<P, S> plan = new RunPlan<>(problem, solver, x0, new Unjudged(), Optional.empty(), observer, run);
        return new TrialPlan(header, new RunPipeline<>(plan), new Recorder(near, lines, false));
    }
}
