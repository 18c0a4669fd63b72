package io.escapement.solve;

import io.escapement.linalg.Workspace;
import org.ejml.data.DMatrixRMaj;

/**
 * A method as a pure function from state to state.
 *
 * @param <P> the problems it solves
 * @param <S> its states
 */
public interface Solver<P, S extends SolverState> {

    /** Name as on the command line. */
    String name();

    /** Settings in words, for the run's header. */
    String describe();

    /**
     * Whether the method itself decides where it rests ({@link SolverState#ended}): a small gradient is no reason to end its descent
     * then, nor a loss that stands still.
     */
    default boolean restsByItself() {
        return false;
    }

    /**
     * The state at a point, with no history.
     *
     * @param x0 rows × columns of the problem; kept, so it must not be changed afterwards
     */
    S start(P problem, DMatrixRMaj x0, Workspace workspace);

    /** One iteration. Never throws for a state that is not finite: it returns one that is not finite either. */
    S step(P problem, S state, Workspace workspace);
}
