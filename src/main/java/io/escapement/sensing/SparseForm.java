package io.escapement.sensing;

import io.escapement.linalg.Frobenius;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One measurement by a few entries of a symmetric matrix: ⟨A, M⟩ = Σ c_ij M_ij over i ≤ j, so A_ii = c_ii and
 * A_ij = A_ji = c_ij/2. Immutable.
 */
public final class SparseForm {

    private final int[] first;
    private final int[] second;
    private final double[] coefficient;

    private SparseForm(int[] first, int[] second, double[] coefficient) {
        this.first = first;
        this.second = second;
        this.coefficient = coefficient;
    }

    /**
     * c·M_ij, in either order of i and j, from 0.
     *
     * @param c finite
     */
    public record Term(int i, int j, double c) {
        public Term {
            if (i < 0 || j < 0) {
                throw new IllegalArgumentException(
                        "a term is at (" + i + ", " + j + "); indices count from 0 and are not negative");
            }
            if (!Double.isFinite(c)) {
                throw new IllegalArgumentException(
                        "coefficient of entry (" + i + ", " + j + ") is " + c + "; a finite number is needed");
            }
        }
    }

    /** The sum of the terms; several at one entry are added, and an entry of coefficient 0 is left out. */
    public static SparseForm of(List<Term> terms) {
        Map<Long, Double> merged = new TreeMap<>();
        for (Term term : terms) {
            long key = ((long) Math.min(term.i(), term.j()) << 32) | Math.max(term.i(), term.j());
            merged.merge(key, term.c(), Double::sum);
        }
        merged.values().removeIf(c -> c == 0);
        int[] first = new int[merged.size()];
        int[] second = new int[merged.size()];
        double[] coefficient = new double[merged.size()];
        int t = 0;
        for (Map.Entry<Long, Double> entry : merged.entrySet()) {
            first[t] = (int) (entry.getKey() >> 32);
            second[t] = (int) (long) entry.getKey();
            coefficient[t++] = entry.getValue();
        }
        return new SparseForm(first, second, coefficient);
    }

    /** A = aaᵀ, ⟨A, M⟩ = aᵀMa. Zeros of a are skipped; k others make k(k + 1)/2 terms, so a should be sparse or short. */
    public static SparseForm rankOne(double[] a) {
        int[] index = IntStream.range(0, a.length).filter(i -> a[i] != 0).toArray();
        return rankOne(index, Arrays.stream(index).mapToDouble(i -> a[i]).toArray());
    }

    /**
     * A = aaᵀ for a sparse a.
     *
     * @param index of its entries, from 0, ascending
     * @param value of each, finite and not 0
     */
    public static SparseForm rankOne(int[] index, double[] value) {
        int k = index.length;
        int size = Math.toIntExact((long) k * (k + 1) / 2);
        int[] first = new int[size];
        int[] second = new int[size];
        double[] coefficient = new double[size];
        int t = 0;
        for (int p = 0; p < k; p++) {
            for (int q = p; q < k; q++) {
                double c = (p == q ? 1 : 2) * value[p] * value[q];
                if (!Double.isFinite(c)) {
                    throw new IllegalArgumentException("entries " + index[p] + " and " + index[q] + " of a are "
                            + value[p] + " and " + value[q] + "; their product must be finite");
                }
                first[t] = index[p];
                second[t] = index[q];
                coefficient[t++] = c;
            }
        }
        return new SparseForm(first, second, coefficient);
    }

    /** s·A. */
    public SparseForm scaled(double s) {
        double[] scaled = coefficient.clone();
        for (int t = 0; t < scaled.length; t++) {
            scaled[t] *= s;
        }
        return new SparseForm(first, second, scaled);
    }

    /** ‖A‖_F. */
    public double norm() {
        double[] entries = new double[coefficient.length];
        for (int t = 0; t < entries.length; t++) {
            entries[t] = isometric(t);
        }
        return Math.sqrt(Frobenius.dot(entries, entries, entries.length));
    }

    /** xᵀAx. */
    public double at(double[] x) {
        double sum = 0;
        for (int t = 0; t < coefficient.length; t++) {
            sum += coefficient[t] * x[first[t]] * x[second[t]];
        }
        return sum;
    }

    /** Number of coefficients stored. */
    public int terms() {
        return coefficient.length;
    }

    /** i of term t; terms are in row-major order. */
    int first(int t) {
        return first[t];
    }

    /** j ≥ i of term t. */
    int second(int t) {
        return second[t];
    }

    double coefficient(int t) {
        return coefficient[t];
    }

    /** Coordinate of A for which the Euclidean norm is ‖A‖_F: c on the diagonal, c/√2 off it. */
    double isometric(int t) {
        return first[t] == second[t] ? coefficient[t] : Math.sqrt(0.5) * coefficient[t];
    }
}
