package io.escapement.solve;

import io.escapement.problem.Evaluation;
import org.ejml.data.DMatrixRMaj;

/** A state that is an evaluated iterate and what the next step goes by. */
public interface EvaluatedState extends SolverState {

    Evaluation at();

    @Override
    default DMatrixRMaj x() {
        return at().x();
    }

    @Override
    default double loss() {
        return at().loss();
    }

    @Override
    default double gradientNorm() {
        return at().gradientNorm();
    }
}
