package io.escapement.app;

import io.escapement.event.PointVerdict;
import io.escapement.event.RunHeader;
import io.escapement.event.Values;
import io.escapement.landscape.Judgement;
import io.escapement.linalg.Workspace;
import io.escapement.run.FigureObserver;
import io.escapement.run.RunId;
import io.escapement.run.RunPipeline;
import io.escapement.run.RunPlan;
import io.escapement.run.RunSettings;
import io.escapement.solve.Solver;
import io.escapement.solve.SolverState;
import io.escapement.stop.Finite;
import io.escapement.stop.IterationLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ejml.data.DMatrixRMaj;

/**
 * Steps that cost nothing, for benchmarks of what comes after them. At a rate, they come in bursts of a hundredth of a second. One
 * run each, since it counts.
 */
final class FreeSteps implements Solver<Object, FreeSteps.Free> {

    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final long burst;
    private long steps;
    private long due;

    /** @param perSecond steps, or 0 for as many as there can be */
    FreeSteps(long perSecond) {
        burst = perSecond * BURST_NANOS / TimeUnit.SECONDS.toNanos(1);
    }

    /** The state is a number. */
    record Free(DMatrixRMaj x, double loss) implements SolverState {
        @Override
        public double gradientNorm() {
            return loss;
        }

        @Override
        public double stepSize() {
            return 1;
        }
    }

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
        due = System.nanoTime();
        return new Free(x0, 1);
    }

    @Override
    public Free step(Object problem, Free state, Workspace workspace) {
        if (burst > 0 && ++steps % burst == 0) {
            // What could not be done in its time is not made up for.
            due = Math.max(due + BURST_NANOS, System.nanoTime() - BURST_NANOS);
            LockSupport.parkNanos(due - System.nanoTime());
        }
        return new Free(state.x(), state.loss() * 0.999999);
    }

    /** A run of them. */
    RunPipeline<Object, Free> pipeline(long iterations) {
        return new RunPipeline<>(
                plan("nothing", this, new DMatrixRMaj(1, 1), new FigureObserver(null, null), iterations));
    }

    /** What runs that many steps and judges nothing. */
    static <P, S extends SolverState> RunPlan<P, S> plan(
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

    static RunHeader header(String problem, String solver, String command) {
        Instant now = Instant.now();
        return new RunHeader(
                RunId.at(now.toEpochMilli()),
                "bench",
                problem,
                solver,
                "none",
                1,
                now,
                command,
                Map.of(),
                List.of(),
                Double.NaN,
                null);
    }
}
