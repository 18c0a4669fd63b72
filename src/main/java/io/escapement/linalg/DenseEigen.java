package io.escapement.linalg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** All eigenpairs of a small symmetric matrix, ascending. */
final class DenseEigen {

    private final DMatrixRMaj a;
    private final double[] values;
    private final DMatrixRMaj[] vectors;
    private final int products;

    private DenseEigen(DMatrixRMaj a, double[] values, DMatrixRMaj[] vectors, int products) {
        this.a = a;
        this.values = values;
        this.vectors = vectors;
        this.products = products;
    }

    /** Forms the matrix of an operator and decomposes the symmetric part of it. */
    static DenseEigen of(SymmetricOperator operator) {
        return ofSymmetricPart(operator.matrix(), operator.dimension());
    }

    /** Decomposes (A + Aᵀ)/2. The matrix is taken over. */
    static DenseEigen ofSymmetricPart(DMatrixRMaj a, int products) {
        int n = a.numRows;
        boolean finite = true;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double mean = 0.5 * (a.data[i * n + j] + a.data[j * n + i]);
                finite &= Double.isFinite(mean);
                a.data[i * n + j] = mean;
                a.data[j * n + i] = mean;
            }
        }
        double[] values = new double[n];
        DMatrixRMaj[] vectors = new DMatrixRMaj[n];
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!finite || !eigen.decompose(a.copy())) {
            for (int i = 0; i < n; i++) {
                values[i] = Double.NaN;
                vectors[i] = new DMatrixRMaj(n, 1);
            }
            return new DenseEigen(a, values, vectors, products);
        }
        List<Integer> order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> eigen.getEigenvalue(i).getReal()))
                .toList();
        for (int i = 0; i < n; i++) {
            values[i] = eigen.getEigenvalue(order.get(i)).getReal();
            vectors[i] = eigen.getEigenVector(order.get(i));
        }
        return new DenseEigen(a, values, vectors, products);
    }

    /** The symmetric part that was decomposed; read-only. */
    DMatrixRMaj matrix() {
        return a;
    }

    double value(int i) {
        return values[i];
    }

    /** Entry {@code row} of the i-th eigenvector. */
    double entry(int i, int row) {
        return vectors[i].data[row];
    }

    double norm() {
        return Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
    }

    Eigenpairs smallest(int wanted, double tolerance) {
        List<Eigenpair> pairs = new ArrayList<>(wanted);
        for (int i = 0; i < wanted; i++) {
            pairs.add(pair(i));
        }
        double edge = values[0] + tolerance * norm();
        int multiplicity = 0;
        while (multiplicity < values.length && values[multiplicity] <= edge) {
            multiplicity++;
        }
        return new Eigenpairs(pairs, Math.max(1, multiplicity), !Double.isNaN(values[0]), products);
    }

    private Eigenpair pair(int index) {
        int n = a.numRows;
        DMatrixRMaj v = vectors[index].copy();
        UnitVector.orient(v.data, n);
        double residual = 0;
        for (int i = 0; i < n; i++) {
            double r = -values[index] * v.data[i];
            for (int j = 0; j < n; j++) {
                r += a.data[i * n + j] * v.data[j];
            }
            residual += r * r;
        }
        return new Eigenpair(values[index], v, Math.sqrt(residual));
    }
}
