package io.escapement.problem.lifted;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.linalg.tensor.ModeProducts;
import io.escapement.linalg.tensor.TensorSize;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.Gram;
import io.escapement.problem.Quartic;
import io.escapement.problem.Ray;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * The lifted problem of an operator that measures entries, with squared weights T and S = 𝒜*(b). For W = P(w), n^l×q, q = r^l
 * (derived):
 *
 * <pre>
 * ‖𝒜^{⊗l}(WWᵀ)‖² = Σ_IJ T^{⊗l}_IJ (Σ_C W_IC W_JC)² = Σ_CC' (w_C∘w_C')ᵀ T^{⊗l} (w_C∘w_C')
 * h^l = ½ Σ_CC' (w_C∘w_C')ᵀ T^{⊗l} (w_C∘w_C') − ⟨W, S^{⊗l}W⟩ + ½‖b‖^{2l}
 * ∇h^l(W)_C = 2[ Σ_C' w_C'∘(T^{⊗l}(w_C∘w_C')) − S^{⊗l}w_C ]
 * ∇²h^l(W)[D]_C = 2[ Σ_C' d_C'∘(T^{⊗l}(w_C∘w_C')) + w_C'∘(T^{⊗l}(w_C∘d_C' + d_C∘w_C')) − S^{⊗l}d_C ]
 * </pre>
 *
 * <p>T^{⊗l} and S^{⊗l} by mode products: l·n^{l+1}·(p + q) multiplications for value and gradient, p = q(q + 1)/2 pairs of
 * columns, against n^{2l}·q of the image WWᵀ. Memory: a few tensors of n^l·p numbers. On a ray, T^{⊗l} is applied to the two pairs
 * that are new, and the rest is sums; the loss on it is a quartic, exact.
 *
 * <p>An evaluation's {@code residual} holds T^{⊗l}(w_C∘w_C') for the pairs C ≤ C' of each I, and after them S^{⊗l}W.
 *
 * <p>Curvature (derived): with F_I = (T^{⊗l}(w_C∘w_C')_I)_CC', a Gram matrix, ⟨D, ∇²h^l[D]⟩ ≤ 6 Σ_I d_IᵀF_I d_I − 2⟨D, S^{⊗l}D⟩,
 * because (d_I·w_J + w_I·d_J)² ≤ 2(d_I·w_J)² + 2(w_I·d_J)². So ‖∇²h^l‖ ≤ 6·max_I tr F_I + 2‖S‖₂^l: for r = 1 the largest entry of
 * T^{⊗l}(w∘w) rules the step, 216 for [LEAC]'s n = 11 at the truth.
 *
 * <p>Over the usual length because the problem and its rays share the products of columns and their layout.
 */
final class LiftedEntries implements CompositeProblem {

    /** Products carried along rays so many times in a row are computed afresh, so that rounding cannot build up. */
    private static final int REFRESH = 32;

    /** Slots of the workspace from here on are scratch of this problem's rays. */
    private static final int SLOT = 8;

    private final int order;
    private final DMatrixRMaj t;
    private final DMatrixRMaj s;
    private final double half;
    private final double spectral;
    private final int rows;
    private final int columns;
    private final int pairs;

    /**
     * @param t T, n×n; kept
     * @param s S, n×n symmetric; kept
     * @param rank r
     * @param normSquared ‖b‖²
     * @param spectral ‖S‖₂
     */
    LiftedEntries(DMatrixRMaj t, DMatrixRMaj s, int rank, int order, double normSquared, double spectral) {
        this.t = t;
        this.s = s;
        this.order = order;
        this.half = 0.5 * Math.pow(normSquared, order);
        this.spectral = Math.pow(spectral, order);
        this.rows = TensorSize.entries(t.numRows, order);
        this.columns = TensorSize.entries(rank, order);
        this.pairs = columns * (columns + 1) / 2;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public Evaluation evaluate(DMatrixRMaj w) {
        requireShape(w);
        double[] products = new double[rows * (pairs + columns)];
        double[] a = new double[rows * pairs];
        double[] scratch = new double[rows * Math.max(pairs, columns)];
        products(w.data, w.data, 1, a);
        ModeProducts.power(t, order, pairs, a, scratch, products);
        double[] data = new double[rows * columns];
        ModeProducts.power(s, order, columns, w.data, scratch, data);
        System.arraycopy(data, 0, products, rows * pairs, data.length);
        return complete(w, products, 0);
    }

    private void requireShape(DMatrixRMaj w) {
        if (w.numRows != rows || w.numCols != columns) {
            throw new IllegalArgumentException(
                    "w is " + w.numRows + "×" + w.numCols + "; " + rows + "×" + columns + " is needed");
        }
    }

    /** out_I,CC' = factor·½(u_IC v_IC' + v_IC u_IC'), C ≤ C'. */
    private void products(double[] u, double[] v, double factor, double[] out) {
        if (columns == 1) {
            for (int row = 0; row < rows; row++) {
                out[row] = factor * u[row] * v[row];
            }
            return;
        }
        int at = 0;
        double halved = 0.5 * factor;
        for (int row = 0; row < rows; row++) {
            int base = row * columns;
            for (int c = 0; c < columns; c++) {
                for (int d = c; d < columns; d++) {
                    out[at++] = halved * (u[base + c] * v[base + d] + v[base + c] * u[base + d]);
                }
            }
        }
    }

    /** Σ_C' F_I,CC' v_IC' added to out_IC, times factor. */
    private void times(double[] field, double[] v, double factor, double[] out) {
        if (columns == 1) {
            for (int row = 0; row < rows; row++) {
                out[row] += factor * field[row] * v[row];
            }
            return;
        }
        int at = 0;
        for (int row = 0; row < rows; row++) {
            int base = row * columns;
            for (int c = 0; c < columns; c++) {
                for (int d = c; d < columns; d++) {
                    double f = factor * field[at++];
                    out[base + c] += f * v[base + d];
                    if (d != c) {
                        out[base + d] += f * v[base + c];
                    }
                }
            }
        }
    }

    /** Σ_CC' over both triangles of ⟨x_CC', y_CC'⟩. */
    private double inner(double[] x, double[] y) {
        if (columns == 1) {
            return Frobenius.dot(x, y, rows);
        }
        double sum = 0;
        int at = 0;
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < columns; c++) {
                sum += x[at] * y[at];
                at++;
                for (int d = c + 1; d < columns; d++) {
                    sum += 2 * x[at] * y[at];
                    at++;
                }
            }
        }
        return sum;
    }

    private Evaluation complete(DMatrixRMaj w, double[] products, int age) {
        int length = rows * columns;
        double[] gradient = new double[length];
        double[] linear = Arrays.copyOfRange(products, rows * pairs, rows * pairs + length);
        double[] quartic = new double[length];
        times(products, w.data, 1, quartic);
        for (int e = 0; e < length; e++) {
            gradient[e] = 2 * (quartic[e] - linear[e]);
        }
        // A half of a sum of squares: what is below 0 is rounding.
        double loss = 0.5 * Frobenius.dot(w.data, quartic, length) - Frobenius.dot(w.data, linear, length) + half;
        DMatrixRMaj g = DMatrixRMaj.wrap(rows, columns, gradient);
        return new Evaluation(w, products, loss < 0 ? 0 : loss, g, Frobenius.norm(g), age);
    }

    @Override
    public void hessianProduct(Evaluation at, DMatrixRMaj direction, DMatrixRMaj out) {
        gaussNewtonProduct(at, direction, out);
        double[] scratch = new double[rows * columns];
        double[] linear = new double[rows * columns];
        ModeProducts.power(s, order, columns, direction.data, scratch, linear);
        for (int e = 0; e < linear.length; e++) {
            out.data[e] -= 2 * linear[e];
        }
        times(at.residual(), direction.data, 2, out.data);
    }

    @Override
    public void gaussNewtonProduct(Evaluation at, DMatrixRMaj direction, DMatrixRMaj out) {
        requireShape(direction);
        double[] b = new double[rows * pairs];
        double[] field = new double[rows * pairs];
        double[] scratch = new double[rows * pairs];
        products(at.x().data, direction.data, 2, b);
        ModeProducts.power(t, order, pairs, b, scratch, field);
        out.reshape(rows, columns);
        Arrays.fill(out.data, 0, rows * columns, 0);
        times(field, at.x().data, 2, out.data);
    }

    @Override
    public Gram gram(DMatrixRMaj w) {
        requireShape(w);
        return Gram.of(FactorShape.psd(rows), w);
    }

    @Override
    public Ray ray(Evaluation at, DMatrixRMaj direction, Workspace workspace) {
        requireShape(direction);
        return new QuarticRay(at, direction, workspace);
    }

    /**
     * The ray in units of the direction's length, so that near w = 0, where a gradient may be 1e−60, the fourth power of it
     * does not vanish.
     */
    private final class QuarticRay implements Ray {

        private final Evaluation at;
        private final DMatrixRMaj direction;
        private final Workspace workspace;
        private final double slope;
        private final double length;
        private Quartic quartic;
        private double[] first;
        private double[] second;
        private double[] linear;

        QuarticRay(Evaluation at, DMatrixRMaj direction, Workspace workspace) {
            this.at = at;
            this.direction = direction;
            this.workspace = workspace;
            this.slope = Frobenius.dot(at.gradient(), direction);
            this.length = Frobenius.norm(direction);
        }

        /** In units of the direction's length. */
        private Quartic quartic() {
            if (quartic == null) {
                int many = rows * pairs;
                double[] unit = workspace.array(SLOT, rows * columns);
                double[] pair = workspace.array(SLOT + 1, many);
                double[] scratch = workspace.array(SLOT + 2, rows * Math.max(pairs, columns));
                first = workspace.array(SLOT + 3, many);
                second = workspace.array(SLOT + 4, many);
                linear = workspace.array(SLOT + 5, rows * columns);
                double scale = length > 0 ? 1 / length : 0;
                double linearCurvature = 0;
                for (int e = 0; e < rows * columns; e++) {
                    unit[e] = scale * direction.data[e];
                }
                ModeProducts.power(s, order, columns, unit, scratch, linear);
                for (int e = 0; e < rows * columns; e++) {
                    linearCurvature += unit[e] * linear[e];
                }
                // ω_Cω_C' = a + s·b + s²·e on the ray; T^{⊗l}a is at hand.
                products(at.x().data, unit, 2, pair);
                ModeProducts.power(t, order, pairs, pair, scratch, first);
                double bTb = inner(pair, first);
                products(unit, unit, 1, pair);
                ModeProducts.power(t, order, pairs, pair, scratch, second);
                quartic = new Quartic(
                        at.loss(),
                        slope * scale,
                        0.5 * bTb + inner(pair, at.residual()) - linearCurvature,
                        inner(pair, first),
                        0.5 * inner(pair, second));
            }
            return quartic;
        }

        @Override
        public double loss() {
            return at.loss();
        }

        @Override
        public double aboveInfimum() {
            return LiftedEntries.this.aboveInfimum(at);
        }

        @Override
        public double slope() {
            return slope;
        }

        @Override
        public double change(double step) {
            return quartic().change(step * length);
        }

        @Override
        public double positiveMinimizer() {
            return quartic().positiveMinimizer() / length;
        }

        @Override
        public OptionalDouble curvatureBound() {
            double largest = 0;
            int at = 0;
            for (int row = 0; row < rows; row++) {
                double trace = 0;
                for (int c = 0; c < columns; c++) {
                    trace += this.at.residual()[at];
                    at += columns - c;
                }
                largest = Math.max(largest, trace);
            }
            return OptionalDouble.of(6 * largest + 2 * spectral);
        }

        @Override
        public Evaluation evaluate(double step) {
            DMatrixRMaj w = new DMatrixRMaj(rows, columns);
            Frobenius.add(at.x(), step, direction, w);
            if (quartic == null || at.age() + 1 >= REFRESH) {
                return LiftedEntries.this.evaluate(w);
            }
            double u = step * length;
            int many = rows * pairs;
            double[] products = Arrays.copyOf(at.residual(), many + rows * columns);
            for (int e = 0; e < many; e++) {
                products[e] += u * (first[e] + u * second[e]);
            }
            for (int e = 0; e < rows * columns; e++) {
                products[many + e] += u * linear[e];
            }
            return complete(w, products, at.age() + 1);
        }
    }
}
