package io.escapement.problem.lifted;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.tensor.SymmetricTensor;
import io.escapement.linalg.tensor.TensorSize;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.EntrywiseWeights;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GradientMatrix;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * A problem, its lift of order l, and the way from one to the other: vec(X)^{⊗l} and back.
 *
 * <p>vec(X) lists X row by row, as {@code DMatrixRMaj} holds it. The papers stack columns, which is one permutation of R^{nr}
 * in all modes alike and changes nothing. A tensor w over R^{nr} has the entry ((i₁,c₁), …, (i_l,c_l)) where W = P(w) has row
 * (i₁, …, i_l) and column (c₁, …, c_l); for r = 1 they are the same array.
 */
public final class Lifting {

    /** Numbers that one array may hold if nothing else is said; about ten such arrays are alive at a time. */
    public static final long DEFAULT_MAX_ENTRIES = 4_000_000;

    private final FactoredProblem base;
    private final CompositeProblem lifted;
    private final int order;
    private final double dataNorm;

    private Lifting(FactoredProblem base, CompositeProblem lifted, int order, double dataNorm) {
        this.base = base;
        this.lifted = lifted;
        this.order = order;
        this.dataNorm = dataNorm;
    }

    /**
     * @param order l, odd and at least 3: an even power has lost the sign of X
     * @param maxEntries numbers that one array may hold
     * @throws IllegalArgumentException if the order or the problem does not fit; what is too large is named with its size
     */
    public static Lifting of(FactoredProblem base, int order, long maxEntries) {
        requireFits(base, order, maxEntries);
        int n = base.rows();
        DMatrixRMaj data = new DMatrixRMaj(n, n);
        DMatrixRMaj identity = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            identity.set(i, i, 1);
        }
        GradientMatrix s = GradientMatrix.ofData(base);
        s.apply(identity, data);
        double dataNorm = EigenSolver.standard().norm(s);
        CompositeProblem lifted = base.operator() instanceof EntrywiseWeights entries
                ? new LiftedEntries(
                        entries.squaredWeights(), data, base.columns(), order, 2 * base.lossAtZero(), dataNorm)
                : general(base, order);
        return new Lifting(base, lifted, order, dataNorm);
    }

    /** 𝒜^{⊗l} and b^{⊗l}, with the n^l×r^l factor W. */
    private static FactoredProblem general(FactoredProblem base, int order) {
        double[] b = new double[base.operator().measurements()];
        for (int k = 0; k < b.length; k++) {
            b[k] = base.measurement(k);
        }
        return new FactoredProblem(
                new TensorPowerOperator(base.operator(), order),
                product(b, order),
                TensorSize.entries(base.columns(), order));
    }

    /**
     * Whether the lift can be held, said before any of it is.
     *
     * @throws IllegalArgumentException if not
     */
    public static void requireFits(FactoredProblem base, int order, long maxEntries) {
        if (order < 3 || order % 2 == 0) {
            throw new IllegalArgumentException(
                    "the order of the lift is " + order + "; an odd number of at least 3 is needed");
        }
        if (base.ridge() != 0) {
            throw new IllegalArgumentException(
                    "the ridge is " + base.ridge() + "; the lifted problem is defined without one (0)");
        }
        int n = base.rows();
        double q = TensorSize.count(base.columns(), order);
        double rows = TensorSize.count(n, order);
        if (base.operator() instanceof EntrywiseWeights) {
            double pairs = q * (q + 1) / 2;
            require(
                    rows * pairs,
                    maxEntries,
                    rows * pairs * n * order,
                    String.format(Locale.ROOT, "n^l·p = %d^%d·%.0f", n, order, pairs));
            return;
        }
        int m = base.operator().measurements();
        double work = TensorPowerOperator.work(n, m, order, q);
        require(rows * q, maxEntries, work, String.format(Locale.ROOT, "(n·r)^l = %d^%d", n * base.columns(), order));
        require(TensorSize.count(m, order), maxEntries, work, String.format(Locale.ROOT, "m^l = %d^%d", m, order));
        require((double) m * n * n, maxEntries, work, String.format(Locale.ROOT, "m·n² = %d·%d²", m, n));
    }

    private static void require(double entries, long maxEntries, double work, String formula) {
        if (entries > maxEntries) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the lift needs arrays of %s = %.3g numbers (%.3g bytes each, and about %.1g multiplications for one"
                            + " product with them); at most %d are allowed, so a smaller problem or order is needed",
                    formula,
                    entries,
                    8 * entries,
                    work,
                    maxEntries));
        }
    }

    public FactoredProblem base() {
        return base;
    }

    /** Over W, n^l×r^l. */
    public CompositeProblem problem() {
        return lifted;
    }

    /** l. */
    public int order() {
        return order;
    }

    /** B = ‖𝒜*(b)‖₂. */
    public double dataNorm() {
        return dataNorm;
    }

    /** h^l(0) = ½‖b‖^{2l}: the scale of the lifted objective. */
    public double lossAtZero() {
        return 0.5 * Math.pow(2 * base.lossAtZero(), order);
    }

    /**
     * 2B^l(B/L_s)^{l/2}: the scale of ∇h^l, as 2B√(B/L_s) is that of ∇h. With l = 1 the latter.
     */
    public double gradientScale(int power) {
        double smoothness = base.operator().constants().smoothness();
        return smoothness > 0 ? 2 * Math.pow(dataNorm * Math.sqrt(dataNorm / smoothness), power) : 0;
    }

    /** W = P(vec(X)^{⊗l}) = X⊗…⊗X, n^l×r^l. */
    public DMatrixRMaj lift(DMatrixRMaj x) {
        DMatrixRMaj w = new DMatrixRMaj(1, 1, true, 1);
        for (int mode = 0; mode < order; mode++) {
            DMatrixRMaj next = new DMatrixRMaj(w.numRows * x.numRows, w.numCols * x.numCols);
            for (int p = 0; p < w.numRows; p++) {
                for (int i = 0; i < x.numRows; i++) {
                    int to = (p * x.numRows + i) * next.numCols;
                    for (int c = 0; c < w.numCols; c++) {
                        for (int d = 0; d < x.numCols; d++) {
                            next.data[to++] = w.data[p * w.numCols + c] * x.data[i * x.numCols + d];
                        }
                    }
                }
            }
            w = next;
        }
        return w;
    }

    /** w over R^{nr}, of W = P(w). For r = 1 the same array. */
    public SymmetricTensor tensor(DMatrixRMaj w) {
        int n = base.rows();
        int r = base.columns();
        if (r == 1) {
            return new SymmetricTensor(n, order, w.data);
        }
        double[] data = new double[w.getNumElements()];
        int[] mode = new int[order];
        for (int e = 0; e < data.length; e++) {
            int row = 0;
            int column = 0;
            for (int k = 0; k < order; k++) {
                row = row * n + mode[k] / r;
                column = column * r + mode[k] % r;
            }
            data[e] = w.data[row * w.numCols + column];
            for (int k = order - 1; k >= 0 && ++mode[k] == n * r; k--) {
                mode[k] = 0;
            }
        }
        return new SymmetricTensor(n * r, order, data);
    }

    /** X of vec(X), sharing the array. */
    public DMatrixRMaj matrix(double[] vec) {
        return DMatrixRMaj.wrap(base.rows(), base.columns(), vec);
    }

    private static double[] product(double[] b, int order) {
        double[] power = {1};
        for (int mode = 0; mode < order; mode++) {
            double[] next = new double[power.length * b.length];
            for (int p = 0; p < power.length; p++) {
                for (int k = 0; k < b.length; k++) {
                    next[p * b.length + k] = power[p] * b[k];
                }
            }
            power = next;
        }
        return power;
    }
}
