package io.escapement.sensing.file;

import io.escapement.problem.FactorShape;
import io.escapement.sensing.DenseOperator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Dense measurements from an array A of shape (m, n₁, n₂), or (m, n²) for square matrices, and their values b. In C order a row goes
 * from the file into the operator with nothing in between; in Fortran order, where the rows are interleaved, all of A is held
 * once more while it is read.
 */
final class DenseRowsReader {

    private static final double NUMBER = 8;

    private final NpyArray array;
    private final double[] b;
    private final boolean psd;

    /** @param psd whether M is symmetric positive semidefinite, so that only (A_k + A_kᵀ)/2 matters */
    DenseRowsReader(NpyArray array, double[] b, boolean psd) {
        this.array = array;
        this.b = b;
        this.psd = psd;
    }

    /** @param name of the file as a whole */
    SensingFile read(String name, FileFormat format) throws IOException {
        List<Long> sizes = array.header().shape();
        long rows = sizes.size() == 3 ? sizes.get(1) : 0;
        long columns = sizes.size() == 3 ? sizes.get(2) : 0;
        if (sizes.size() == 2) {
            rows = Math.round(Math.sqrt((double) sizes.get(1)));
            columns = rows;
        }
        if (sizes.size() < 2 || sizes.size() > 3 || (sizes.size() == 2 && rows * rows != sizes.get(1))) {
            throw array.wrongShape("A must be (m, n1, n2), a matrix for each measurement, or (m, n*n); reshape it");
        }
        if (psd && rows != columns) {
            throw array.wrongShape("with --psd the matrices must be square; without it the factor is rectangular");
        }
        if (sizes.get(0) != b.length) {
            throw array.wrongShape("b has " + b.length + " numbers, and A must hold as many matrices");
        }
        if (rows + columns > EntryList.LARGEST_INDEX || rows * columns > Integer.MAX_VALUE - 8) {
            throw array.wrongShape("matrices of at most 2^31 − 9 entries are possible");
        }
        FactorShape shape = psd ? FactorShape.psd((int) rows) : FactorShape.asymmetric((int) rows, (int) columns);
        double stored = psd ? 0.5 * rows * (rows + 1) : (double) rows * columns;
        double held = array.header().fortran() ? (double) rows * columns : 0;
        HeapRoom.require(name, NUMBER * b.length * (stored + held), "an operator of A, " + array.header() + ",");
        try {
            DenseOperator operator = new DenseOperator(shape, b.length, source(shape), DenseOperator.Precision.DOUBLE);
            array.requireEnd();
            return new SensingFile(name, format, operator, shape, b);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private DenseOperator.RowSource source(FactorShape shape) throws IOException {
        int columns = shape.imageColumns();
        if (array.header().fortran()) {
            double[][] rows = interleaved(shape.imageRows(), columns);
            return (k, a) -> {
                System.arraycopy(rows[k], 0, a, 0, a.length);
                rows[k] = null;
            };
        }
        return (k, a) -> {
            try {
                array.next(a, 0, a.length);
                for (int e = 0; e < a.length; e++) {
                    requireFinite(k, e / columns, e % columns, a[e], (long) k * a.length + e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** Of (m, n₁, n₂) the last index varies slowest; of (m, n²) the entries come as they stand in a row. */
    private double[][] interleaved(int rows, int columns) throws IOException {
        boolean flat = array.header().shape().size() == 2;
        double[][] all = new double[b.length][rows * columns];
        double[] entry = new double[b.length];
        for (int e = 0; e < rows * columns; e++) {
            int i = flat ? e / columns : e % rows;
            int j = flat ? e % columns : e / rows;
            array.next(entry, 0, entry.length);
            for (int k = 0; k < entry.length; k++) {
                requireFinite(k, i, j, entry[k], (long) e * entry.length + k);
                all[k][i * columns + j] = entry[k];
            }
        }
        return all;
    }

    private void requireFinite(int k, int i, int j, double value, long element) throws MalformedInput {
        if (!(Math.abs(value) <= SensingFile.LARGEST)) {
            throw array.malformed(
                    element,
                    "entry (" + i + ", " + j + ") of measurement " + k + " is " + value + "; a number of at most "
                            + SensingFile.LARGEST + " in size is needed");
        }
    }
}
