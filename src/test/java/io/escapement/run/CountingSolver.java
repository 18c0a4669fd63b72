package io.escapement.run;

import io.escapement.linalg.Workspace;
import io.escapement.solve.Solver;
import io.escapement.solve.SolverState;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * A solver without numerics: the iterate is a number that every step moves down by one until it reaches a multiple of
 * {@code basin}, where it rests with a zero gradient. The loss is a function of the number.
 */
final class CountingSolver implements Solver<Object, CountingSolver.State> {

    record State(DMatrixRMaj x, double loss, double gradientNorm, double stepSize) implements SolverState {}

    final AtomicInteger steps = new AtomicInteger();
    private final int basin;
    private final DoubleUnaryOperator loss;

    CountingSolver(int basin, DoubleUnaryOperator loss) {
        this.basin = basin;
        this.loss = loss;
    }

    CountingSolver(int basin) {
        this(basin, x -> x);
    }

    static DMatrixRMaj at(double position) {
        return new DMatrixRMaj(new double[][] {{position}});
    }

    private State state(double position, double stepSize) {
        return new State(at(position), loss.applyAsDouble(position), position % basin, stepSize);
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public String describe() {
        return "counting down";
    }

    @Override
    public State start(Object problem, DMatrixRMaj x0, Workspace workspace) {
        return state(x0.data[0], 0);
    }

    @Override
    public State step(Object problem, State state, Workspace workspace) {
        steps.incrementAndGet();
        if (state.x().data[0] == 666.5) {
            throw new IllegalStateException("the number of the beast");
        }
        return state(state.x().data[0] - 1, 1);
    }
}
