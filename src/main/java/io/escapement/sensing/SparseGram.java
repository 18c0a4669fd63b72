package io.escapement.sensing;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpair;
import io.escapement.linalg.SymmetricOperator;
import io.escapement.problem.RestrictedConstants;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * 𝒜*𝒜 = SᵀS on the d entries that rows of an operator see, S m×d in coordinates that keep the Frobenius norm. Its extreme
 * eigenvalues are α_s and L_s over all symmetric matrices, whatever their rank; entries that no row sees make α_s = 0.
 */
final class SparseGram implements SymmetricOperator {

    private static final EigenSolver SOLVER = EigenSolver.standard().withTolerance(1e-8);

    private final List<SparseForm> rows;
    /** Coordinate of each term of each row. */
    private final int[][] coordinates;

    private final int dimension;

    private SparseGram(List<SparseForm> rows) {
        this.rows = rows;
        long[] entries = rows.stream()
                .flatMapToLong(row -> IntStream.range(0, row.terms()).mapToLong(t -> key(row, t)))
                .sorted()
                .distinct()
                .toArray();
        this.dimension = entries.length;
        this.coordinates = new int[rows.size()][];
        for (int k = 0; k < coordinates.length; k++) {
            SparseForm row = rows.get(k);
            coordinates[k] = IntStream.range(0, row.terms())
                    .map(t -> Arrays.binarySearch(entries, key(row, t)))
                    .toArray();
        }
    }

    private static long key(SparseForm row, int t) {
        return ((long) row.first(t) << 32) | row.second(t);
    }

    /** Exact but for the residual of an eigenpair, which is taken to the safe side. */
    static RestrictedConstants constants(int n, List<SparseForm> rows) {
        SparseGram gram = new SparseGram(rows);
        if (gram.dimension() == 0) {
            return new RestrictedConstants(0, 0, "exact: nothing is measured");
        }
        boolean all = gram.dimension() == (long) n * (n + 1) / 2 && rows.size() >= gram.dimension();
        Eigenpair largest = SOLVER.largest(gram, 1).first();
        double smoothness = largest.value() + largest.residual();
        double convexity = all ? Math.max(0, SOLVER.smallest(gram, 1).first().lowerBound()) : 0;
        return new RestrictedConstants(
                Math.min(convexity, smoothness),
                smoothness,
                "exact: extreme eigenvalues of 𝒜*𝒜 over all symmetric matrices");
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void apply(DMatrixRMaj v, DMatrixRMaj out) {
        int columns = v.numCols;
        out.reshape(v.numRows, columns);
        out.zero();
        double[] measured = new double[columns];
        for (int k = 0; k < coordinates.length; k++) {
            SparseForm row = rows.get(k);
            Arrays.fill(measured, 0);
            for (int t = 0; t < row.terms(); t++) {
                int at = coordinates[k][t] * columns;
                for (int c = 0; c < columns; c++) {
                    measured[c] += row.isometric(t) * v.data[at + c];
                }
            }
            for (int t = 0; t < row.terms(); t++) {
                int at = coordinates[k][t] * columns;
                for (int c = 0; c < columns; c++) {
                    out.data[at + c] += row.isometric(t) * measured[c];
                }
            }
        }
    }
}
