package io.escapement.run;

import io.escapement.event.Names;
import io.escapement.event.Point3;
import io.escapement.event.Values;
import io.escapement.landscape.Projection;
import io.escapement.problem.GroundTruth;
import io.escapement.solve.SolverState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.ejml.data.DMatrixRMaj;

/**
 * Loss, gradient norm, step size, the distance to the truth and the work so far where they are known, what else the truth says, the
 * solver's own figures, those of an implicit region where one is looked at, and the projected iterate.
 */
public final class FigureObserver implements Observer<SolverState> {

    private final GroundTruth truth;
    private final Projection projection;
    private final Consumer<DMatrixRMaj> last;
    private final DoubleSupplier work;
    private final RegionGauge gauge;
    private final PathKeeper path;
    private final Names steps;
    private final Names start;
    private double before;

    /**
     * @param truth or null where it is not known
     * @param projection or null where no picture is wanted
     * @param last receives the final iterate, before the run's last event
     * @param work gradient evaluations so far, or null where they are not counted
     * @param gauge of an implicit region, or null where none is looked at
     */
    public FigureObserver(
            GroundTruth truth,
            Projection projection,
            Consumer<DMatrixRMaj> last,
            DoubleSupplier work,
            RegionGauge gauge) {
        this(truth, projection, last, work, gauge, null);
    }

    /**
     * The same, keeping the path.
     *
     * @param path keeps iterates for pictures, or null
     */
    public FigureObserver(
            GroundTruth truth,
            Projection projection,
            Consumer<DMatrixRMaj> last,
            DoubleSupplier work,
            RegionGauge gauge,
            PathKeeper path) {
        this.path = path;
        this.truth = truth;
        this.gauge = gauge;
        this.projection = projection;
        this.last = Objects.requireNonNull(last, "last");
        this.work = work;
        this.steps = names(true);
        this.start = names(false);
    }

    /** Without an implicit region. */
    public FigureObserver(GroundTruth truth, Projection projection, Consumer<DMatrixRMaj> last, DoubleSupplier work) {
        this(truth, projection, last, work, null);
    }

    /** Without an interest in the final iterate and in the work. */
    public FigureObserver(GroundTruth truth, Projection projection) {
        this(truth, projection, x -> {}, null);
    }

    private Names names(boolean stepped) {
        List<String> names = new ArrayList<>(List.of(Values.LOSS, Values.GRADIENT_NORM));
        if (stepped) {
            names.add(Values.STEP_SIZE);
        }
        if (truth != null) {
            names.add(Values.DISTANCE);
        }
        if (work != null) {
            names.add(Values.GRADIENT_EVALUATIONS);
        }
        return Names.of(names.toArray(String[]::new));
    }

    /** Names of the figures that {@link #observe} gives; the step size is absent at a start, to which no step led. */
    public Names names() {
        return steps;
    }

    @Override
    public void begun() {
        before = work == null ? 0 : work.getAsDouble();
        if (gauge != null) {
            gauge.begun();
        }
    }

    private record Memory(double work, RegionGauge.Memory gauge) {}

    @Override
    public Object memory(SolverState state) {
        return new Memory(work == null ? 0 : work.getAsDouble() - before, gauge == null ? null : gauge.memory(state));
    }

    @Override
    public void recall(Object memory, SolverState state) {
        Memory known = (Memory) memory;
        before = work == null ? 0 : work.getAsDouble() - known.work;
        if (gauge != null) {
            gauge.recall(known.gauge, state);
        }
    }

    @Override
    public void visited(Visit visit, SolverState state) {
        if (path != null) {
            path.visited(visit, state);
        }
    }

    @Override
    public void settled(long candidate, boolean accepted) {
        if (path != null) {
            path.settled(candidate, accepted);
        }
    }

    @Override
    public OptionalDouble work() {
        return work == null ? OptionalDouble.empty() : OptionalDouble.of(work.getAsDouble() - before);
    }

    @Override
    public void returned() {
        if (gauge != null) {
            gauge.jumped();
        }
    }

    @Override
    public Values observe(SolverState state) {
        Values common = common(state);
        Map<String, Double> own = state.figures();
        Map<String, Double> compared = truth == null ? Map.of() : truth.figures(state.x());
        Map<String, Double> region = gauge == null ? Map.of() : gauge.measure(state);
        if (own.isEmpty() && compared.isEmpty() && region.isEmpty()) {
            return common;
        }
        Map<String, Double> all = new LinkedHashMap<>(common.asMap());
        all.putAll(compared);
        all.putAll(own);
        all.putAll(region);
        return Values.of(all);
    }

    private Values common(SolverState state) {
        boolean stepped = !Double.isNaN(state.stepSize());
        Names names = stepped ? steps : start;
        double[] numbers = new double[names.size()];
        int i = 0;
        numbers[i++] = state.loss();
        numbers[i++] = state.gradientNorm();
        if (stepped) {
            numbers[i++] = state.stepSize();
        }
        if (truth != null) {
            numbers[i++] = truth.distance(state.x());
        }
        if (work != null) {
            numbers[i] = work.getAsDouble() - before;
        }
        return Values.of(names, numbers);
    }

    @Override
    public Point3 project(SolverState state) {
        return projection == null ? null : projection.apply(state.x());
    }

    @Override
    public void ended(SolverState state) {
        last.accept(state.x());
    }
}
