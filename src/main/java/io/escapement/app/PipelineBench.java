package io.escapement.app;

import io.escapement.event.PointVerdict;
import io.escapement.event.RunHeader;
import io.escapement.event.Values;
import io.escapement.landscape.Judgement;
import io.escapement.landscape.Projection;
import io.escapement.linalg.Workspace;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.run.FigureObserver;
import io.escapement.run.Run;
import io.escapement.run.RunId;
import io.escapement.run.RunPipeline;
import io.escapement.run.RunPlan;
import io.escapement.run.RunSettings;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.solve.ExactStep;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.Solver;
import io.escapement.solve.SolverState;
import io.escapement.stop.Finite;
import io.escapement.stop.IterationLimit;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * What the pipeline costs. Each round times a bare loop of solver steps and the same steps through a run with its log,
 * meters and a viewer connected over a WebSocket, one after the other on the same machine; the median of the rounds' ratios
 * counts. Then steps that cost nothing, for the pipeline's own ceiling, without and with a store in a temporary directory.
 */
final class PipelineBench {

    private static final int FREE_FACTOR = 200;

    private final int n;
    private final int steps;
    private final int rounds;

    PipelineBench(int n, int steps, int rounds) {
        this.n = n;
        this.steps = steps;
        this.rounds = rounds;
    }

    /** A step that costs nothing: the state is a number. */
    private record Free(DMatrixRMaj x, double loss) implements SolverState {
        @Override
        public double gradientNorm() {
            return loss;
        }

        @Override
        public double stepSize() {
            return 1;
        }
    }

    private static final class FreeSteps implements Solver<Object, Free> {
        @Override
        public String name() {
            return "free";
        }

        @Override
        public String describe() {
            return "steps that cost nothing";
        }

        @Override
        public Free start(Object problem, DMatrixRMaj x0, Workspace workspace) {
            return new Free(x0, 1);
        }

        @Override
        public Free step(Object problem, Free state, Workspace workspace) {
            return new Free(state.x(), state.loss() * 0.999999);
        }
    }

    void run(PrintStream out) throws Exception {
        Instance<FactoredProblem> instance =
                PerturbedMatrixCompletion.pmc(n, 0.1, 1).instance();
        FactoredProblem problem = instance.problem();
        GroundTruth truth = instance.truth().orElseThrow();
        DMatrixRMaj x0 = InitialPoint.gaussian(problem, 0.05, Seeds.generator(1));
        Projection projection = Projection.of(problem, x0, truth.factor());
        GradientDescent solver = new GradientDescent(new ExactStep());
        double[] ratios = new double[rounds];
        double[] bareNanos = new double[rounds];
        double[] eventsPerSecond = new double[rounds];
        double[] storedRatios = new double[rounds];
        double[] storedPerSecond = new double[rounds];
        long received;
        Path directory = Files.createTempDirectory("escapement-bench");
        try (Station station = new Station();
                Station storing = new Station(StoreOptions.in(directory));
                BenchViewer viewer = new BenchViewer(station.serve(local()))) {
            out.printf(
                    Locale.ROOT,
                    "pmc n = %d, gd with exact steps, %d steps a round, %d rounds, one viewer at %d Hz%n",
                    n,
                    steps,
                    rounds,
                    BenchViewer.RATE);
            // The first round of each warms the compiler up and is thrown away.
            for (int round = -1; round < rounds; round++) {
                long bare = bare(solver, problem, x0, steps);
                RunPlan<FactoredProblem, GradientDescent.State> plan =
                        plan(problem, solver, x0, new FigureObserver(truth, projection), steps);
                long watched = watched(station, viewer, plan, "pmc", "gd");
                long stored = watched(
                        storing,
                        null,
                        plan(problem, solver, x0, new FigureObserver(truth, projection), steps),
                        "pmc",
                        "gd");
                long free = (long) steps * FREE_FACTOR / 10;
                RunPlan<Object, Free> freePlan =
                        plan("nothing", new FreeSteps(), new DMatrixRMaj(1, 1), new FigureObserver(null, null), free);
                long freeNanos = watched(station, viewer, freePlan, "none", "free");
                long freeStored = watched(
                        storing,
                        null,
                        plan("nothing", new FreeSteps(), new DMatrixRMaj(1, 1), new FigureObserver(null, null), free),
                        "none",
                        "free");
                if (round >= 0) {
                    ratios[round] = watched / (double) bare;
                    bareNanos[round] = bare / (double) steps;
                    eventsPerSecond[round] = free * 1e9 / freeNanos;
                    storedRatios[round] = stored / (double) bare;
                    storedPerSecond[round] = free * 1e9 / freeStored;
                    out.printf(
                            Locale.ROOT,
                            "round %d: bare %.2f µs a step, watched %.2f µs, ratio %.4f, stored %.2f µs, ratio %.4f; free"
                                    + " steps %.2f million events/s watched, %.2f stored%n",
                            round + 1,
                            bareNanos[round] / 1e3,
                            watched / (steps * 1e3),
                            ratios[round],
                            stored / (steps * 1e3),
                            storedRatios[round],
                            eventsPerSecond[round] / 1e6,
                            storedPerSecond[round] / 1e6);
                }
            }
            received = viewer.frames();
        } finally {
            delete(directory);
        }
        out.printf(
                Locale.ROOT,
                "median: ratio %.4f (goal: at most 1.05), %.2f million events/s when steps cost nothing (goal: at least 1);"
                        + " the viewer got %d frames%n",
                median(ratios),
                median(eventsPerSecond) / 1e6,
                received);
        out.printf(
                Locale.ROOT,
                "with the store: ratio %.4f, %.2f million events/s when steps cost nothing, %.0f ns an event more than"
                        + " without (goal: at least 1 million)%n",
                median(storedRatios),
                median(storedPerSecond) / 1e6,
                1e9 / median(storedPerSecond) - 1e9 / median(eventsPerSecond));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static ServerOptions local() {
        ServerOptions options = new ServerOptions();
        options.bind = "127.0.0.1";
        options.port = 0;
        return options;
    }

    private static long bare(GradientDescent solver, FactoredProblem problem, DMatrixRMaj x0, int steps) {
        Workspace workspace = new Workspace();
        long began = System.nanoTime();
        GradientDescent.State state = solver.start(problem, x0, workspace);
        for (int i = 0; i < steps; i++) {
            state = solver.step(problem, state, workspace);
        }
        long nanos = System.nanoTime() - began;
        if (!(state.loss() >= 0)) {
            throw new IllegalStateException("the loss is " + state.loss() + " after " + steps + " steps");
        }
        return nanos;
    }

    /** @param viewer or null for none */
    private static long watched(Station station, BenchViewer viewer, RunPlan<?, ?> plan, String problem, String solver)
            throws InterruptedException, ExecutionException {
        Instant now = Instant.now();
        RunHeader header = new RunHeader(
                RunId.at(now.toEpochMilli()),
                "bench",
                problem,
                solver,
                "none",
                1,
                now,
                "escapement bench pipeline",
                Map.of(),
                List.of(),
                Double.NaN,
                null);
        PreparedRun prepared = new PreparedRun(
                header,
                new RunPipeline<>(plan),
                new AtomicReference<>(),
                OptionalDouble.empty(),
                InstanceFacts.none(),
                Duration.ZERO);
        Run run = station.runs().create(prepared);
        if (viewer != null) {
            viewer.subscribe(header.id());
        }
        long began = System.nanoTime();
        station.runs().start(run);
        run.ended().get();
        return System.nanoTime() - began;
    }

    private static <P, S extends SolverState> RunPlan<P, S> plan(
            P problem, Solver<? super P, S> solver, DMatrixRMaj x0, FigureObserver observer, long steps) {
        RunSettings settings = new RunSettings(
                new Finite(), new Finite(), new Finite(), new IterationLimit(steps), 0, 1, 0, 1, 0, Duration.ZERO);
        return new RunPlan<>(
                problem,
                solver,
                x0,
                (p, x) -> new Judgement(new PointVerdict.Undecided("a benchmark judges nothing"), Values.none()),
                Optional.empty(),
                observer,
                settings);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
