package io.escapement.sensing;

import io.escapement.problem.FactorShape;
import io.escapement.problem.Parameterization;
import io.escapement.problem.RestrictedConstants;
import io.escapement.problem.SensingOperator;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;

/**
 * Linear regression on a vector θ of squares: 𝒜(M) = Aθ for a design A, m×d, with θ = diag(M) ({@code hadamard}) or
 * θ_i = M_ii − M_{d+i,d+i} ({@code signed-hadamard}). So A_k = diag(a_k) or diag(a_k, −a_k), B(X, Y) = A·(Σ_j x_j∘y_j) and
 * 𝒜*(w)·V = diag(Aᵀw)·V: nonnegative least squares and sparse recovery are factored problems.
 *
 * <p>The gradient matrix is diagonal, so λₘᵢₙ(G) ≥ 0 is Aᵀw ≥ 0, which with G∘x = 0 is the condition of Karush, Kuhn and Tucker for
 * min ℓ(Aθ − b) over θ ≥ 0. With signs G = diag(Aᵀw, −Aᵀw), never positive, and 0 only where Aᵀw vanishes.
 *
 * <p>Cost of a primitive: m·d, or d with A = I, and d·r.
 */
public final class RegressionOperator implements SensingOperator {

    private final int m;
    private final FactorShape shape;
    /** A row by row, or null for A = I. */
    private final double[] design;

    private final RestrictedConstants overVectors;

    private RegressionOperator(int m, FactorShape shape, double[] design, RestrictedConstants overVectors) {
        this.m = m;
        this.shape = shape;
        this.design = design;
        this.overVectors = overVectors;
    }

    /**
     * θ = Σ_j x_j∘x_j ≥ 0.
     *
     * @param design A, m×d, finite; copied
     */
    public static RegressionOperator squares(DMatrixRMaj design) {
        return of(FactorShape.hadamard(design.numCols), design);
    }

    /** θ = Σ_j u_j∘u_j − v_j∘v_j. */
    public static RegressionOperator signedSquares(DMatrixRMaj design) {
        return of(FactorShape.signedHadamard(design.numCols), design);
    }

    /** A = I: θ itself is measured, m = d. */
    public static RegressionOperator identity(FactorShape shape) {
        if (shape.imageColumns() != 1 || shape.parameterization() == Parameterization.ASYMMETRIC) {
            throw new IllegalArgumentException("the parameterization is "
                    + shape.parameterization().label() + "; hadamard and signed-hadamard are possible");
        }
        return new RegressionOperator(
                shape.imageRows(), shape, null, new RestrictedConstants(1, 1, "exact: every entry of the vector"));
    }

    private static RegressionOperator of(FactorShape shape, DMatrixRMaj design) {
        double[] rows = Arrays.copyOf(design.data, design.getNumElements());
        for (int e = 0; e < rows.length; e++) {
            if (!Double.isFinite(rows[e])) {
                throw new IllegalArgumentException("entry (" + e / design.numCols + ", " + e % design.numCols
                        + ") of the design is " + rows[e] + "; a finite number is needed");
            }
        }
        double[] sigma = SingularOps_DDRM.singularValues(design);
        double most = Arrays.stream(sigma).max().orElseThrow();
        double least =
                design.numRows < design.numCols ? 0 : Arrays.stream(sigma).min().orElseThrow();
        return new RegressionOperator(
                design.numRows,
                shape,
                rows,
                new RestrictedConstants(
                        least * least, most * most, "exact: squared singular values of the design, over all vectors"));
    }

    public FactorShape shape() {
        return shape;
    }

    @Override
    public int dimension() {
        return shape.rows();
    }

    @Override
    public int measurements() {
        return m;
    }

    /** σ_min(A)² ≤ ‖Aθ‖²/‖θ‖² ≤ σ_max(A)², over all vectors θ. */
    @Override
    public RestrictedConstants imageConstants(FactorShape of) {
        return overVectors;
    }

    /**
     * Over diagonal matrices, the images of the parameterization, and L_s over all symmetric ones too: σ_max(A)², or twice that with
     * signs, where θ and −θ are measured alike and α_s is 0.
     */
    @Override
    public RestrictedConstants constants() {
        return signed()
                ? new RestrictedConstants(
                        0,
                        2 * overVectors.smoothness(),
                        "exact: squared singular values of [A, −A], over diagonal matrices")
                : new RestrictedConstants(
                        overVectors.convexity(),
                        overVectors.smoothness(),
                        "exact: squared singular values of the design, over diagonal matrices");
    }

    private boolean signed() {
        return shape.parameterization() == Parameterization.SIGNED_HADAMARD;
    }

    @Override
    public void measure(DMatrixRMaj x, DMatrixRMaj y, double[] out) {
        PrimitiveArguments.ofMeasure(this, x, y, out);
        double[] theta = theta(x, y);
        if (design == null) {
            System.arraycopy(theta, 0, out, 0, m);
            return;
        }
        int d = theta.length;
        for (int k = 0; k < m; k++) {
            out[k] = rowTimes(k * d, theta);
        }
    }

    private double rowTimes(int row, double[] theta) {
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 1 < theta.length; i += 2) {
            even += design[row + i] * theta[i];
            odd += design[row + i + 1] * theta[i + 1];
        }
        return i < theta.length ? even + odd + design[row + i] * theta[i] : even + odd;
    }

    /** Σ_j x_j∘y_j of the upper part, less that of the lower. */
    private double[] theta(DMatrixRMaj x, DMatrixRMaj y) {
        int r = x.numCols;
        int d = shape.imageRows();
        double[] theta = new double[d];
        for (int i = 0; i < x.numRows; i++) {
            double sum = 0;
            for (int t = i * r; t < (i + 1) * r; t++) {
                sum += x.data[t] * y.data[t];
            }
            if (i < d) {
                theta[i] = sum;
            } else {
                theta[i - d] -= sum;
            }
        }
        return theta;
    }

    @Override
    public void backproject(double[] w, DMatrixRMaj v, DMatrixRMaj out) {
        PrimitiveArguments.ofBackproject(this, w, v, out);
        int d = shape.imageRows();
        double[] pull = design == null ? w : new double[d];
        for (int k = 0; k < m && design != null; k++) {
            double weight = w[k];
            int row = k * d;
            for (int i = 0; i < d; i++) {
                pull[i] += weight * design[row + i];
            }
        }
        int r = v.numCols;
        out.reshape(v.numRows, r);
        for (int i = 0; i < v.numRows; i++) {
            double diagonal = i < d ? pull[i] : -pull[i - d];
            for (int t = i * r; t < (i + 1) * r; t++) {
                out.data[t] = diagonal * v.data[t];
            }
        }
    }

    @Override
    public String toString() {
        return m + " measurements of a vector of " + shape.imageRows() + " "
                + (signed() ? "differences of squares" : "squares");
    }
}
