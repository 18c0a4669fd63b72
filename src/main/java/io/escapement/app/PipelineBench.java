package io.escapement.app;

import io.escapement.event.RunHeader;
import io.escapement.landscape.Projection;
import io.escapement.linalg.Workspace;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.run.FigureObserver;
import io.escapement.run.Run;
import io.escapement.run.RunPipeline;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.solve.ExactStep;
import io.escapement.solve.GradientDescent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
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
                long watched = watched(station, viewer, pipeline(problem, solver, x0, truth, projection), "pmc", "gd");
                long stored = watched(storing, null, pipeline(problem, solver, x0, truth, projection), "pmc", "gd");
                long free = (long) steps * FREE_FACTOR / 10;
                long freeNanos = watched(station, viewer, new FreeSteps(0).pipeline(free), "none", "free");
                long freeStored = watched(storing, null, new FreeSteps(0).pipeline(free), "none", "free");
                if (round >= 0) {
                    ratios[round] = watched / (double) bare;
                    bareNanos[round] = bare / (double) steps;
                    eventsPerSecond[round] = free * 1e9 / freeNanos;
                    storedRatios[round] = stored / (double) bare;
                    storedPerSecond[round] = free * 1e9 / freeStored;
                    out.printf(
                            Locale.ROOT,
                            "round %d: bare %.2f µs a step, watched %.2f µs, ratio %.4f, stored %.2f µs, ratio %.4f;"
                                    + " free steps %.2f million events/s watched, %.2f stored%n",
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
                "median: ratio %.4f (goal: at most 1.05), %.2f million events/s when steps cost nothing (goal: at"
                        + " least 1); the viewer got %d frames%n",
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

    private RunPipeline<?, ?> pipeline(
            FactoredProblem problem, GradientDescent solver, DMatrixRMaj x0, GroundTruth truth, Projection projection) {
        return new RunPipeline<>(FreeSteps.plan(problem, solver, x0, new FigureObserver(truth, projection), steps));
    }

    /** @param viewer or null for none */
    private static long watched(
            Station station, BenchViewer viewer, RunPipeline<?, ?> pipeline, String problem, String solver)
            throws InterruptedException, ExecutionException {
        RunHeader header = FreeSteps.header(problem, solver, "escapement bench pipeline");
        Run run = station.runs().create(header, pipeline);
        if (viewer != null) {
            viewer.subscribe(header.id());
        }
        long began = System.nanoTime();
        station.runs().start(run);
        run.ended().get();
        return System.nanoTime() - began;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
