package io.escapement.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/**
 * Thick-restart Lanczos (Wu and Simon 2000; for a symmetric matrix the same as Krylov–Schur, Stewart 2001) with full
 * reorthogonalisation, on the orthogonal complement of locked vectors.
 *
 * <p>A·V = V·H + β·v·eᵀ with V n×m orthonormal and H = VᵀAV kept in full, so that restarts and breakdowns need no
 * bookkeeping: where β vanishes, the space is invariant and a random vector orthogonal to it goes on. The residual of
 * the Ritz pair (θ, Vs) is β·|s_m|; before a pair is handed out, its residual is measured with A itself.
 */
final class Lanczos {

    /** Vectors of the basis beyond twice the number of wanted ones. */
    private static final int ROOM = 30;

    /** Steps between two looks at the projected matrix. */
    private static final int LOOK = 5;

    /** Steps of the norm estimate. */
    private static final int NORM_STEPS = 30;

    /** Below this multiple of ‖A‖, what is left after orthogonalisation is rounding. */
    private static final double BREAKDOWN = 1e-14;

    private final SymmetricOperator a;
    private final int n;
    private final double tolerance;
    private final int budget;
    private final Random random;
    private int products;
    private double scale;
    private boolean converged = true;

    /** @param scale of A as far as it is known already, else 0 */
    Lanczos(SymmetricOperator a, double tolerance, int budget, Random random, double scale) {
        this.a = a;
        this.n = a.dimension();
        this.tolerance = tolerance;
        this.budget = budget;
        this.random = random;
        this.scale = scale;
    }

    /** Whether all calls so far met the tolerance within the budget. */
    boolean converged() {
        return converged;
    }

    int products() {
        return products;
    }

    /** Values that differ by less belong to one eigenspace as far as can be told. */
    double closeness() {
        return closeness(tolerance, scale);
    }

    static double closeness(double tolerance, double scale) {
        return 4 * tolerance * scale;
    }

    /** ‖A‖ as far as it was met. */
    double scale() {
        return scale;
    }

    /** The smallest pairs on the complement of the locked vectors, {@code wanted} of them or what is left of it. */
    List<Eigenpair> smallest(int wanted, List<double[]> locked) {
        int free = n - locked.size();
        int want = Math.min(wanted, free);
        int capacity = Math.min(free, 2 * want + ROOM);
        Basis basis = new Basis(capacity, locked);
        while (true) {
            boolean exhausted = basis.size < capacity && !basis.extend();
            boolean full = basis.size == capacity;
            if (!full && !exhausted && (basis.size < want || basis.size % LOOK != 0)) {
                continue;
            }
            DenseEigen ritz = basis.ritz();
            boolean done = basis.size >= want && basis.residual(ritz, want) <= tolerance * scale;
            if (done || exhausted) {
                converged &= done;
                return basis.pairs(ritz, Math.min(want, basis.size));
            }
            if (full) {
                basis.restart(ritz, Math.min(want + (capacity - want) / 2, capacity - 1));
            }
        }
    }

    /** max |θ| over the Ritz values of one Krylov space. */
    double normEstimate() {
        Basis basis = new Basis(Math.min(n, NORM_STEPS), List.of());
        boolean goingOn = true;
        while (goingOn && basis.size < basis.h.length) {
            goingOn = basis.extend();
        }
        return basis.ritz().norm();
    }

    private final class Basis {

        final List<double[]> locked;
        final double[][] v;
        final double[][] h;
        final double[] product = new double[n];
        int size;
        double beta;

        Basis(int capacity, List<double[]> locked) {
            this.locked = locked;
            this.v = new double[capacity + 1][];
            this.h = new double[capacity][capacity];
            this.v[0] = freshVector(0);
        }

        /** One more column of H; false if the budget is spent or the operator is not finite. */
        boolean extend() {
            if (products >= budget) {
                return false;
            }
            DMatrixRMaj out = DMatrixRMaj.wrap(n, 1, product);
            a.apply(DMatrixRMaj.wrap(n, 1, v[size]), out);
            products++;
            double[] w = out.data.clone();
            double length = norm(w);
            if (!Double.isFinite(length)) {
                return false;
            }
            scale = Math.max(scale, length);
            for (double[] u : locked) {
                subtract(w, u);
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i <= size; i++) {
                    h[i][size] += subtract(w, v[i]);
                }
                for (double[] u : locked) {
                    subtract(w, u);
                }
            }
            for (int i = 0; i < size; i++) {
                h[size][i] = h[i][size];
            }
            size++;
            beta = norm(w);
            if (beta > BREAKDOWN * scale) {
                scale(w, 1 / beta);
                v[size] = w;
            } else {
                beta = 0;
                v[size] = size + locked.size() < n ? freshVector(size) : null;
            }
            return true;
        }

        DenseEigen ritz() {
            DMatrixRMaj t = new DMatrixRMaj(Math.max(1, size), Math.max(1, size));
            for (int i = 0; i < size; i++) {
                System.arraycopy(h[i], 0, t.data, i * size, size);
            }
            if (size == 0) {
                t.data[0] = Double.NaN;
            }
            return DenseEigen.ofSymmetricPart(t, 0);
        }

        /** Largest residual among the first Ritz pairs. */
        double residual(DenseEigen ritz, int want) {
            double largest = 0;
            for (int i = 0; i < want; i++) {
                largest = Math.max(largest, beta * Math.abs(ritz.entry(i, size - 1)));
            }
            return largest;
        }

        void restart(DenseEigen ritz, int keep) {
            double[][] kept = new double[keep][];
            for (int i = 0; i < keep; i++) {
                kept[i] = combine(ritz, i);
            }
            double[] next = v[size];
            System.arraycopy(kept, 0, v, 0, keep);
            v[keep] = next;
            for (int i = 0; i < h.length; i++) {
                Arrays.fill(h[i], 0);
                if (i < keep) {
                    h[i][i] = ritz.value(i);
                }
            }
            size = keep;
        }

        List<Eigenpair> pairs(DenseEigen ritz, int count) {
            List<Eigenpair> pairs = new ArrayList<>(count);
            DMatrixRMaj image = new DMatrixRMaj(n, 1);
            for (int i = 0; i < Math.max(1, count); i++) {
                double[] x = size == 0 ? v[0].clone() : combine(ritz, i);
                scale(x, 1 / norm(x));
                UnitVector.orient(x, n);
                DMatrixRMaj vector = DMatrixRMaj.wrap(n, 1, x);
                a.apply(vector, image);
                products++;
                double value = Frobenius.dot(x, image.data, n);
                double residual = 0;
                for (int j = 0; j < n; j++) {
                    double r = image.data[j] - value * x[j];
                    residual += r * r;
                }
                pairs.add(new Eigenpair(value, vector, Math.sqrt(residual)));
            }
            return pairs;
        }

        private double[] combine(DenseEigen ritz, int index) {
            double[] x = new double[n];
            for (int j = 0; j < size; j++) {
                double s = ritz.entry(index, j);
                double[] column = v[j];
                for (int i = 0; i < n; i++) {
                    x[i] += s * column[i];
                }
            }
            return x;
        }

        /** A random unit vector orthogonal to the locked ones and to the first {@code count} of the basis. */
        private double[] freshVector(int count) {
            while (true) {
                double[] w = new double[n];
                for (int i = 0; i < n; i++) {
                    w[i] = random.nextGaussian();
                }
                scale(w, 1 / norm(w));
                for (int pass = 0; pass < 3; pass++) {
                    for (double[] u : locked) {
                        subtract(w, u);
                    }
                    for (int i = 0; i < count; i++) {
                        subtract(w, v[i]);
                    }
                    double length = norm(w);
                    if (length == 0) {
                        break;
                    }
                    scale(w, 1 / length);
                }
                if (norm(w) > 0.5) {
                    return w;
                }
            }
        }
    }

    /** w ← w − ⟨u, w⟩u; returns the coefficient. */
    private static double subtract(double[] w, double[] u) {
        double c = Frobenius.dot(u, w, w.length);
        for (int i = 0; i < w.length; i++) {
            w[i] -= c * u[i];
        }
        return c;
    }

    private static double norm(double[] w) {
        return Math.sqrt(Frobenius.dot(w, w, w.length));
    }

    private static void scale(double[] w, double factor) {
        for (int i = 0; i < w.length; i++) {
            w[i] *= factor;
        }
    }
}
