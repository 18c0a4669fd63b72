package io.escapement.linalg.tensor;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpair;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.SymmetricOperator;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Tensor PCA: the dominant rank-1 term λx^{⊗l} of a symmetric tensor, argmax |w·x^l| over the unit sphere, by the symmetric
 * higher-order power method x ← w·x^{l−1}/‖·‖ (De Lathauwer et al. 2000; Kofidis and Regalia 2002).
 *
 * <p>Starts: the leading left singular vectors of the unfolding n×n^{l−1}, from its n×n Gram matrix; the best end counts. One of
 * them is not enough: for e₁^{⊗l} + e₂^{⊗l} the leading singular space is a plane, and its vectors may run into the smaller of two
 * close terms.
 *
 * <p>The plain method need not ascend where l is odd, nor for an indefinite w, and can cycle. So a step that would lower
 * |w·x^l| is not taken but repeated with a shift, x ← w·x^{l−1} + αx (Kolda and Mayo 2011: ascent is certain from
 * α = (l − 1)‖w‖ on), α doubling from the plain method's 0.
 *
 * <p>For odd l the sign belongs to x: λ ≥ 0. For even l it belongs to λ, and x is as oriented as its start.
 *
 * @param starts how many singular vectors, at least 1
 * @param tolerance on the residual ‖w·x^{l−1} − λx‖, relative to ‖w‖
 * @param maxIterations contractions from one start
 */
public record TensorPca(int starts, double tolerance, int maxIterations) {

    /** What |w·x^l| may lose to rounding, relative to ‖w‖. */
    private static final double ROUNDING = 1e-15;

    /** A start of which only this part is orthogonal to the term left out says nothing. */
    private static final double NEGLIGIBLE = 1e-8;

    /** First shift, relative to ‖w‖. */
    private static final double FIRST_SHIFT = 0.125;

    private static final TensorPca STANDARD = new TensorPca(3, 1e-12, 1000);

    public TensorPca {
        if (starts < 1 || maxIterations < 1) {
            throw new IllegalArgumentException(
                    "starts is " + starts + " and maxIterations " + maxIterations + "; each must be at least 1");
        }
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; between 0 and 1 is needed");
        }
    }

    /** Three starts, residuals of 1e−12·‖w‖, 1000 contractions. */
    public static TensorPca standard() {
        return STANDARD;
    }

    /** The dominant term. */
    public RankOne dominant(SymmetricTensor w) {
        return best(w, Optional.empty());
    }

    /**
     * The dominant term among x orthogonal to {@code first}: the second variational eigenvalue of [EMC] definition C.7, taken
     * greedily, which is exact where w is a sum of orthogonal rank-1 terms and a lower bound otherwise.
     */
    public RankOne second(SymmetricTensor w, RankOne first) {
        return best(w, Optional.of(first.vector()));
    }

    /** κ = λ₂ᵛ/λ₁ᵛ of [EMC] definition C.7: 0 where w is of rank one; NaN where it vanishes. */
    public double kappa(SymmetricTensor w, RankOne first) {
        return w.dimension() == 1 ? 0 : Math.abs(second(w, first).value()) / Math.abs(first.value());
    }

    /** The term that a given start leads to: for a tensor that has changed a little. */
    public RankOne from(SymmetricTensor w, double[] start) {
        return iterate(w, start, Optional.empty());
    }

    private RankOne best(SymmetricTensor w, Optional<double[]> without) {
        RankOne best = null;
        int iterations = 0;
        for (double[] start : leading(w, without)) {
            RankOne term = iterate(w, start, without);
            iterations += term.iterations();
            if (best == null || Math.abs(term.value()) > Math.abs(best.value())) {
                best = term;
            }
        }
        return new RankOne(best.value(), best.vector(), best.residual(), iterations, best.converged());
    }

    private List<double[]> leading(SymmetricTensor w, Optional<double[]> without) {
        DMatrixRMaj gram = w.unfoldingGram();
        return EigenSolver.standard()
                .largest(
                        new SymmetricOperator() {
                            @Override
                            public int dimension() {
                                return gram.numRows;
                            }

                            @Override
                            public void apply(DMatrixRMaj v, DMatrixRMaj out) {
                                DMatrixRMaj inside = v.copy();
                                without.ifPresent(u -> project(inside, u));
                                out.reshape(v.numRows, v.numCols);
                                CommonOps_DDRM.mult(gram, inside, out);
                                without.ifPresent(u -> project(out, u));
                            }
                        },
                        Math.min(
                                starts,
                                Math.max(1, w.dimension() - without.map(u -> 1).orElse(0))))
                .pairs()
                .stream()
                .map(Eigenpair::vector)
                .map(DMatrixRMaj::getData)
                .toList();
    }

    /** v ← (I − uuᵀ)v, column by column. */
    private static void project(DMatrixRMaj v, double[] u) {
        for (int j = 0; j < v.numCols; j++) {
            double inner = 0;
            for (int i = 0; i < u.length; i++) {
                inner += u[i] * v.data[i * v.numCols + j];
            }
            for (int i = 0; i < u.length; i++) {
                v.data[i * v.numCols + j] -= inner * u[i];
            }
        }
    }

    private RankOne iterate(SymmetricTensor w, double[] start, Optional<double[]> without) {
        int n = w.dimension();
        double scale = w.norm();
        double[] x = start.clone();
        double length = length(x);
        if (!(scale > 0) || !Double.isFinite(scale) || !(length > 0) || !Double.isFinite(length)) {
            return new RankOne(scale > 0 ? Double.NaN : scale, x, scale, 0, scale == 0);
        }
        without.ifPresent(u -> project(DMatrixRMaj.wrap(n, 1, x), u));
        double left = length(x);
        if (left <= NEGLIGIBLE * length) {
            return new RankOne(0, x, 0, 0, true);
        }
        scale(x, 1 / left);
        without.ifPresent(u -> project(DMatrixRMaj.wrap(n, 1, x), u));
        double[] y = image(w, x, without);
        int iterations = 1;
        double value = Frobenius.dot(x, y, n);
        double shift = 0;
        while (residual(x, y, value) > tolerance * scale && iterations < maxIterations) {
            double[] next = new double[n];
            for (int i = 0; i < n; i++) {
                next[i] = Math.copySign(1, value) * y[i] + shift * x[i];
            }
            scale(next, 1 / length(next));
            double[] image = image(w, next, without);
            iterations++;
            double reached = Frobenius.dot(next, image, n);
            if (Math.copySign(1, value) * reached < Math.abs(value) - ROUNDING * scale) {
                shift = Math.max(2 * shift, FIRST_SHIFT * scale);
                continue;
            }
            System.arraycopy(next, 0, x, 0, n);
            y = image;
            value = reached;
        }
        double residual = residual(x, y, value);
        if (value < 0 && w.order() % 2 == 1) {
            scale(x, -1);
            value = -value;
        }
        return new RankOne(value, x, residual, iterations, residual <= tolerance * scale);
    }

    private static double[] image(SymmetricTensor w, double[] x, Optional<double[]> without) {
        double[] y = w.contract(x);
        without.ifPresent(u -> project(DMatrixRMaj.wrap(y.length, 1, y), u));
        return y;
    }

    private static double residual(double[] x, double[] y, double value) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double r = y[i] - value * x[i];
            sum += r * r;
        }
        return Math.sqrt(sum);
    }

    private static double length(double[] x) {
        return Math.sqrt(Frobenius.dot(x, x, x.length));
    }

    private static void scale(double[] x, double factor) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= factor;
        }
    }
}
