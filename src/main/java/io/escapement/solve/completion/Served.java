package io.escapement.solve.completion;

import io.escapement.problem.EntrywiseWeights;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Parameterization;

/** Which problems the solvers of this package serve, in one wording. */
final class Served {

    /** Rows of the lifted matrix up to which methods that hold it in full are offered: an eigendecomposition of it takes about a second. */
    static final int MOST_ROWS = 500;

    private Served() {}

    /** A half-squared loss of the residuals and nothing else. */
    static void requireResidualsAlone(FactoredProblem problem, String solver) {
        requireLeastSquares(problem, solver);
        if (problem.ridge() != 0) {
            throw new IllegalArgumentException(solver + " fits the measurements and nothing else, and the ridge is "
                    + problem.ridge() + "; 0 is needed");
        }
    }

    /** Weighted entries of a matrix small enough to be held in full. */
    static void requireEntries(FactoredProblem problem, String solver) {
        requireLeastSquares(problem, solver);
        Parameterization form = problem.shape().parameterization();
        if (!(problem.operator() instanceof EntrywiseWeights)
                || (form != Parameterization.PSD && form != Parameterization.ASYMMETRIC)) {
            throw new IllegalArgumentException(
                    solver + " is for matrices of which entries are measured, such as completion, epsilon-mc and pmc");
        }
        FactorShape shape = problem.shape();
        if (shape.rows() > MOST_ROWS) {
            throw new IllegalArgumentException(solver + " holds " + shape.rows() + "×" + shape.rows()
                    + " matrices in full; up to " + MOST_ROWS
                    + " rows are possible (rows and columns together where the"
                    + " matrix is not symmetric)");
        }
    }

    private static void requireLeastSquares(FactoredProblem problem, String solver) {
        if (!problem.quadratic()) {
            throw new IllegalArgumentException(solver + " is for half-squared residuals, and the loss is "
                    + problem.loss().describe());
        }
        if (problem.balance() != 0) {
            throw new IllegalArgumentException(
                    solver + " has no balancing term, and the balance is " + problem.balance() + "; 0 is needed");
        }
    }
}
