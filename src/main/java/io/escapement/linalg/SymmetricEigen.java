package io.escapement.linalg;

import org.ejml.data.DMatrixRMaj;

/** A = Σ λ_i v_i v_iᵀ of a symmetric matrix that is held in full, λ descending. NaN throughout where an entry is not finite. */
public final class SymmetricEigen {

    private final DenseEigen eigen;
    private final int n;

    private SymmetricEigen(DenseEigen eigen, int n) {
        this.eigen = eigen;
        this.n = n;
    }

    /** Of (A + Aᵀ)/2; A is read only. */
    public static SymmetricEigen of(DMatrixRMaj a) {
        if (a.numRows != a.numCols) {
            throw new IllegalArgumentException(
                    "the matrix is " + a.numRows + "×" + a.numCols + "; a square one is needed");
        }
        return new SymmetricEigen(DenseEigen.ofSymmetricPart(a.copy(), a.numRows), a.numRows);
    }

    /** n. */
    public int size() {
        return n;
    }

    /** λ_i, i from 0. */
    public double value(int i) {
        return eigen.value(n - 1 - i);
    }

    /** Entry {@code row} of v_i. */
    public double entry(int i, int row) {
        return eigen.entry(n - 1 - i, row);
    }

    /** A function of a matrix of this spectrum. */
    @FunctionalInterface
    public interface Spectral {
        /** What an eigenvalue becomes. */
        double of(double lambda);
    }

    /** Σ f(λ_i) v_i v_iᵀ, a new matrix. */
    public DMatrixRMaj map(Spectral f) {
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        for (int k = 0; k < n; k++) {
            double mapped = f.of(value(k));
            if (mapped == 0) {
                continue;
            }
            for (int i = 0; i < n; i++) {
                double scaled = mapped * entry(k, i);
                for (int j = 0; j < n; j++) {
                    a.data[i * n + j] += scaled * entry(k, j);
                }
            }
        }
        return a;
    }

    /** V_r diag(max(λ, 0))^½ n×r of the r largest: the factor X of the best XXᵀ of rank r. */
    public DMatrixRMaj leadingFactor(int r) {
        DMatrixRMaj x = new DMatrixRMaj(n, r);
        for (int k = 0; k < r; k++) {
            double root = Math.sqrt(Math.max(0, value(k)));
            for (int i = 0; i < n; i++) {
                x.data[i * r + k] = root * entry(k, i);
            }
        }
        return x;
    }
}
