package io.escapement.problem;

import io.escapement.linalg.SymmetricOperator;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/** ∇²h at a point as an operator on vec(D), row by row: n·r rows. */
public record Hessian(CompositeProblem problem, Evaluation at) implements SymmetricOperator {

    public Hessian {
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(at, "at");
    }

    @Override
    public int dimension() {
        return at.x().getNumElements();
    }

    @Override
    public void apply(DMatrixRMaj v, DMatrixRMaj out) {
        int length = dimension();
        out.reshape(length, v.numCols);
        DMatrixRMaj direction = new DMatrixRMaj(at.x().numRows, at.x().numCols);
        DMatrixRMaj image = new DMatrixRMaj(at.x().numRows, at.x().numCols);
        for (int k = 0; k < v.numCols; k++) {
            for (int i = 0; i < length; i++) {
                direction.data[i] = v.data[i * v.numCols + k];
            }
            problem.hessianProduct(at, direction, image);
            for (int i = 0; i < length; i++) {
                out.data[i * v.numCols + k] = image.data[i];
            }
        }
    }
}
