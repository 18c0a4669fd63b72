package io.escapement.escape.lifted;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpair;
import io.escapement.linalg.SymmetricOperator;
import io.escapement.problem.Quartic;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.mult.VectorVectorMult_DDRM;

/**
 * The lifted objective on w = Σ c_i d_i^{⊗l} (derived; mathematics.md, section 4.4):
 *
 * <pre>h^l(c) = ½[Σ c_i c_j c_k c_m Q_ijkm^l − 2 Σ c_i c_j B_ij^l + 1],   ‖b‖ = 1,</pre>
 *
 * <p>because ⟨p^{⊗l}, q^{⊗l}⟩ = ⟨p, q⟩^l. Nothing of size n^l is formed. The metric of tensor space is the lifted Gram matrix
 * ⟨d_i, d_j⟩^l: the gradient of h^l projected to the subspace has the coefficients Gram⁺∇_c h^l. It is a pseudo-inverse, so tensor
 * powers that depend on each other, as more than l + 1 directions in a plane do, are no special case.
 */
public final class LiftedObjective {

    /** Eigenvalues of the lifted Gram matrix below this fraction of the largest belong to its kernel. */
    private static final double KERNEL = 1e-10;

    private final int k;
    private final double[][] q;
    private final double[] b;
    private final DMatrixRMaj gram;
    private final DMatrixRMaj inverse;

    /** @param order l, odd, at least 1 */
    public LiftedObjective(LiftedSubspace subspace, int order) {
        if (order < 1 || order % 2 == 0) {
            throw new IllegalArgumentException("the order is " + order + "; an odd number of at least 1 is needed");
        }
        this.k = subspace.size();
        this.b = power(subspace.data(), order);
        this.q = new double[b.length][];
        for (int p = 0; p < b.length; p++) {
            q[p] = power(subspace.products()[p], order);
        }
        this.gram = DMatrixRMaj.wrap(k, k, power(subspace.gram().data, order));
        this.inverse = pseudoInverse(gram);
    }

    private static double[] power(double[] values, int order) {
        double[] powers = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            powers[i] = Math.pow(values[i], order);
        }
        return powers;
    }

    private static DMatrixRMaj pseudoInverse(DMatrixRMaj a) {
        int k = a.numRows;
        SymmetricOperator operator = new SymmetricOperator() {
            @Override
            public int dimension() {
                return k;
            }

            @Override
            public void apply(DMatrixRMaj v, DMatrixRMaj out) {
                out.reshape(k, v.numCols);
                CommonOps_DDRM.mult(a, v, out);
            }
        };
        DMatrixRMaj inverse = new DMatrixRMaj(k, k);
        double largest = 0;
        for (Eigenpair pair : EigenSolver.standard().largest(operator, k).pairs()) {
            largest = Math.max(largest, pair.value());
            if (pair.value() > KERNEL * largest) {
                VectorVectorMult_DDRM.rank1Update(1 / pair.value(), inverse, pair.vector(), pair.vector());
            }
        }
        return inverse;
    }

    /** k. */
    public int size() {
        return k;
    }

    /** h^l. */
    public double value(double[] c) {
        return valueAt(pairs(c, c));
    }

    private double valueAt(double[] y) {
        return 0.5 * (form(y, y) - 2 * dot(b, y) + 1);
    }

    /** ∇_c h^l: 2Mc with M_ij = Σ c_k c_m Q_ijkm^l − B_ij^l. */
    public double[] gradient(double[] c) {
        double[] m = residual(c);
        double[] gradient = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = i; j < k; j++) {
                double entry = 2 * m[LiftedSubspace.pair(i, j, k)];
                gradient[i] += entry * c[j];
                if (i != j) {
                    gradient[j] += entry * c[i];
                }
            }
        }
        return gradient;
    }

    private double[] residual(double[] c) {
        double[] y = pairs(c, c);
        double[] m = new double[y.length];
        for (int p = 0; p < y.length; p++) {
            m[p] = dot(q[p], y) - b[p];
        }
        return m;
    }

    /** Coefficients of the projected gradient, Gram⁺g. */
    public double[] projected(double[] gradient) {
        double[] out = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                out[i] += inverse.data[i * k + j] * gradient[j];
            }
        }
        return out;
    }

    /** s ↦ h^l(c + s·d), exactly. */
    public Quartic along(double[] c, double[] d) {
        double[] y0 = pairs(c, c);
        double[] y1 = pairs(c, d);
        double[] y2 = pairs(d, d);
        for (int p = 0; p < y1.length; p++) {
            y1[p] *= 2;
        }
        return new Quartic(
                valueAt(y0),
                form(y0, y1) - dot(b, y1),
                0.5 * form(y1, y1) + form(y0, y2) - dot(b, y2),
                form(y1, y2),
                0.5 * form(y2, y2));
    }

    /** ⟨Σ c_i d_i^{⊗l}, Σ e_i d_i^{⊗l}⟩. */
    public double inner(double[] c, double[] e) {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                sum += c[i] * gram.data[i * k + j] * e[j];
            }
        }
        return sum;
    }

    /** ‖𝒜(d_i d_iᵀ)‖^l: how strongly the measurements see a direction. */
    double visibility(int i) {
        int p = LiftedSubspace.pair(i, i, k);
        return Math.sqrt(q[p][p]);
    }

    /** The symmetric part of c·dᵀ by pairs, the entries off the diagonal twice. */
    private double[] pairs(double[] c, double[] d) {
        double[] y = new double[LiftedSubspace.pairs(k)];
        for (int i = 0; i < k; i++) {
            for (int j = i; j < k; j++) {
                y[LiftedSubspace.pair(i, j, k)] = i == j ? c[i] * d[i] : c[i] * d[j] + c[j] * d[i];
            }
        }
        return y;
    }

    private double form(double[] y, double[] z) {
        double sum = 0;
        for (int p = 0; p < y.length; p++) {
            sum += y[p] * dot(q[p], z);
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
