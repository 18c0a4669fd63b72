package io.escapement.run;

import io.escapement.event.Names;
import io.escapement.event.Point3;
import io.escapement.event.Values;
import io.escapement.landscape.Projection;
import io.escapement.problem.GroundTruth;
import io.escapement.solve.SolverState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;

/** Loss, gradient norm, step size, the solver's own figures, the distance to the truth where it is known, and the projected iterate. */
public final class FigureObserver implements Observer<SolverState> {

    private static final Names STEPS = Names.of(Values.LOSS, Values.GRADIENT_NORM, Values.STEP_SIZE);
    private static final Names STEPS_AND_DISTANCE =
            Names.of(Values.LOSS, Values.GRADIENT_NORM, Values.STEP_SIZE, Values.DISTANCE);
    private static final Names START = Names.of(Values.LOSS, Values.GRADIENT_NORM);
    private static final Names START_AND_DISTANCE = Names.of(Values.LOSS, Values.GRADIENT_NORM, Values.DISTANCE);

    private final GroundTruth truth;
    private final Projection projection;
    private final Consumer<DMatrixRMaj> last;

    /**
     * @param truth or null where it is not known
     * @param projection or null where no picture is wanted
     * @param last receives the final iterate, before the run's last event
     */
    public FigureObserver(GroundTruth truth, Projection projection, Consumer<DMatrixRMaj> last) {
        this.truth = truth;
        this.projection = projection;
        this.last = Objects.requireNonNull(last, "last");
    }

    /** Without an interest in the final iterate. */
    public FigureObserver(GroundTruth truth, Projection projection) {
        this(truth, projection, x -> {});
    }

    /** Names of the figures that {@link #observe} gives; the step size is absent at a start, to which no step led. */
    public Names names() {
        return truth == null ? STEPS : STEPS_AND_DISTANCE;
    }

    @Override
    public Values observe(SolverState state) {
        Values common = common(state);
        Map<String, Double> own = state.figures();
        if (own.isEmpty()) {
            return common;
        }
        Map<String, Double> all = new LinkedHashMap<>(common.asMap());
        all.putAll(own);
        return Values.of(all);
    }

    private Values common(SolverState state) {
        double step = state.stepSize();
        if (truth == null) {
            return Double.isNaN(step)
                    ? Values.of(START, state.loss(), state.gradientNorm())
                    : Values.of(STEPS, state.loss(), state.gradientNorm(), step);
        }
        double distance = truth.distance(state.x());
        return Double.isNaN(step)
                ? Values.of(START_AND_DISTANCE, state.loss(), state.gradientNorm(), distance)
                : Values.of(STEPS_AND_DISTANCE, state.loss(), state.gradientNorm(), step, distance);
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
