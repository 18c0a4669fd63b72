package io.escapement.escape.lifted;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * What the lifted objective needs to know of directions d_1 … d_k, at order 1: all inner products of their measurements, from
 * operator measurements alone.
 *
 * <p>The problem is that of one component: with the rest X̂_{−φ} of the trap held, X̂_{−φ} + v q_φᵀ has the image
 * X̂_{−φ}X̂_{−φ}ᵀ + vvᵀ (there are no cross terms, as X̂_{−φ}q_φ = 0), so v ∈ Rⁿ has the loss ½‖𝒜(vvᵀ) − b‖² + (λ/2)‖v‖² with
 * b the measurements less those of the rest. For r = 1 it is the whole problem. Then, with sym(M) = (M + Mᵀ)/2,
 *
 * <pre>Q_ijkm = ⟨𝒜(sym(d_i d_jᵀ)), 𝒜(sym(d_k d_mᵀ))⟩ = d_kᵀ 𝒜*(𝒜(sym(d_i d_jᵀ))) d_m,   B_ij = d_iᵀ(𝒜*(b) − (λ/2)I)d_j.</pre>
 *
 * <p>The ridge is in B, because f(M) = ½‖𝒜(M)‖² − ⟨𝒜*(b) − (λ/2)I, M⟩ + const. Pairs i ≤ j are numbered, k(k+1)/2 of them; each
 * costs one measurement and one backprojection, and n·k + m numbers are held at a time.
 *
 * <p>Units: measurements are divided by ν = max ‖𝒜(d_i d_iᵀ)‖ and by ‖b‖, so that ‖b‖ = 1 and no entry exceeds 1 (but for the
 * ridge's part): powers cannot overflow. A coefficient c then stands for a vector of norm (c²)^{1/(2l)}·√(‖b‖/ν).
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, never by value
public record LiftedSubspace(int size, double[][] products, double[] data, DMatrixRMaj gram, double unit) {

    /**
     * Empty where the rest explains the measurements exactly or they see none of the directions.
     *
     * @param rest the trap without the component, evaluated
     * @param directions n×1 each, of norm 1
     */
    public static Optional<LiftedSubspace> of(FactoredProblem problem, Evaluation rest, List<DMatrixRMaj> directions) {
        int k = directions.size();
        int n = problem.rows();
        DMatrixRMaj d = new DMatrixRMaj(n, k);
        for (int j = 0; j < k; j++) {
            for (int i = 0; i < n; i++) {
                d.data[i * k + j] = directions.get(j).data[i];
            }
        }
        double norm = Math.sqrt(Frobenius.dot(rest.residual(), rest.residual(), rest.residual().length));
        double[][] products = new double[pairs(k)][pairs(k)];
        double[] measured = new double[problem.operator().measurements()];
        DMatrixRMaj image = new DMatrixRMaj(n, k);
        for (int i = 0; i < k; i++) {
            for (int j = i; j < k; j++) {
                problem.operator().measure(directions.get(i), directions.get(j), measured);
                problem.operator().backproject(measured, d, image);
                fill(forms(d, image), products[pair(i, j, k)]);
            }
        }
        problem.gradientMatrixTimes(rest.weights(), d, image); // −(𝒜*(b) − (λ/2)I)·D
        double[] data = new double[pairs(k)];
        fill(forms(d, image), data);
        double most = 0;
        for (int i = 0; i < k; i++) {
            most = Math.max(most, products[pair(i, i, k)][pair(i, i, k)]);
        }
        double nu = Math.sqrt(most);
        if (!(norm > 0) || !(nu > 0)) {
            return Optional.empty();
        }
        for (int p = 0; p < data.length; p++) {
            data[p] /= -norm * nu;
            for (int q = 0; q <= p; q++) {
                double mean = 0.5 * (products[p][q] + products[q][p]) / (nu * nu);
                products[p][q] = mean;
                products[q][p] = mean;
            }
        }
        return Optional.of(new LiftedSubspace(k, products, data, forms(d, d), Math.sqrt(norm / nu)));
    }

    /** How many pairs i ≤ j there are. */
    static int pairs(int k) {
        return k * (k + 1) / 2;
    }

    /** Number of the pair (i, j), i ≤ j. */
    static int pair(int i, int j, int k) {
        return i * k - i * (i - 1) / 2 + j - i;
    }

    /** DᵀW, k×k. */
    private static DMatrixRMaj forms(DMatrixRMaj d, DMatrixRMaj w) {
        int k = d.numCols;
        DMatrixRMaj out = new DMatrixRMaj(k, k);
        for (int row = 0; row < d.numRows; row++) {
            for (int i = 0; i < k; i++) {
                double entry = d.data[row * k + i];
                for (int j = 0; j < k; j++) {
                    out.data[i * k + j] += entry * w.data[row * k + j];
                }
            }
        }
        return out;
    }

    /** The symmetric part of a k×k matrix by pairs. */
    private static void fill(DMatrixRMaj form, double[] byPairs) {
        int k = form.numCols;
        for (int i = 0; i < k; i++) {
            for (int j = i; j < k; j++) {
                byPairs[pair(i, j, k)] = 0.5 * (form.data[i * k + j] + form.data[j * k + i]);
            }
        }
    }
}
