package io.escapement.linalg.tensor;

import io.escapement.linalg.Frobenius;
import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * A symmetric tensor w of order l over Rⁿ with all of its n^l entries.
 *
 * @param dimension n
 * @param order l, at least 2
 * @param data the entries, last index fastest; read-only. That it is symmetric is the caller's word: what is computed from
 *     it contracts the last modes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, never by value
public record SymmetricTensor(int dimension, int order, double[] data) {

    public SymmetricTensor {
        Objects.requireNonNull(data, "data");
        if (dimension < 1 || order < 2 || data.length != TensorSize.count(dimension, order)) {
            throw new IllegalArgumentException("a tensor of order " + order + " over R^" + dimension + " with "
                    + data.length + " entries is not possible; an order of at least 2 and dimension^order entries are"
                    + " needed");
        }
    }

    /** factor·x^{⊗l}. */
    public static SymmetricTensor power(double factor, double[] x, int order) {
        int n = x.length;
        double[] data = {factor};
        for (int mode = 0; mode < order; mode++) {
            double[] next = new double[Math.multiplyExact(data.length, n)];
            for (int p = 0; p < data.length; p++) {
                for (int i = 0; i < n; i++) {
                    next[p * n + i] = data[p] * x[i];
                }
            }
            data = next;
        }
        return new SymmetricTensor(n, order, data);
    }

    /** This plus factor·x^{⊗l}. */
    public SymmetricTensor plusPower(double factor, double[] x) {
        double[] sum = power(factor, x, order).data;
        for (int e = 0; e < sum.length; e++) {
            sum[e] += data[e];
        }
        return new SymmetricTensor(dimension, order, sum);
    }

    /** w·x^{l−1}: all modes but the first contracted with x, an n-vector. */
    public double[] contract(double[] x) {
        int n = dimension;
        int rows = data.length / n;
        double[] from = data;
        double[] to = new double[rows];
        while (true) {
            for (int p = 0; p < rows; p++) {
                double sum = 0;
                int base = p * n;
                for (int i = 0; i < n; i++) {
                    sum += from[base + i] * x[i];
                }
                to[p] = sum;
            }
            if (rows == n) {
                return n == to.length ? to : Arrays.copyOf(to, n);
            }
            from = to;
            rows /= n;
        }
    }

    /** The Gram matrix W Wᵀ of the unfolding W, n×n^{l−1}: its eigenvectors are W's left singular vectors. */
    public DMatrixRMaj unfoldingGram() {
        int n = dimension;
        int rest = data.length / n;
        DMatrixRMaj gram = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int e = 0; e < rest; e++) {
                    sum += data[i * rest + e] * data[j * rest + e];
                }
                gram.set(i, j, sum);
                gram.set(j, i, sum);
            }
        }
        return gram;
    }

    /** ‖w‖_F. */
    public double norm() {
        return Math.sqrt(Frobenius.dot(data, data, data.length));
    }

    /** ‖w − factor·x^{⊗l}‖_F. */
    public double distanceTo(double factor, double[] x) {
        return plusPower(-factor, x).norm();
    }
}
