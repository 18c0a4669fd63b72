package io.escapement.problem.cp;

import io.escapement.problem.CompositeProblem;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;

/** What the CP problems ask of their arguments. */
final class CpArguments {

    private CpArguments() {}

    static void requireFactor(CompositeProblem problem, DMatrixRMaj x) {
        if (x.numRows != problem.rows() || x.numCols != problem.columns()) {
            throw new IllegalArgumentException("x is " + x.numRows + "×" + x.numCols + "; " + problem.rows() + "×"
                    + problem.columns() + " is needed");
        }
    }

    static void requireTruth(CpShape shape, DMatrixRMaj z) {
        if (z.numRows != shape.rows() || z.numCols < 1) {
            throw new IllegalArgumentException("the truth's factor is " + z.numRows + "×" + z.numCols + "; "
                    + shape.rows() + " rows and at least one column are needed");
        }
        if (MatrixFeatures_DDRM.hasUncountable(z)) {
            throw new IllegalArgumentException("an entry of the truth's factor is not finite; finite ones are needed");
        }
    }

    static void requireRank(int rank) {
        if (rank < 1) {
            throw new IllegalArgumentException("rank is " + rank + "; at least 1 is needed");
        }
    }
}
