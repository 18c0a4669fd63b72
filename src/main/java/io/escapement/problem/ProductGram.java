package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.OrthogonalColumns;
import org.ejml.data.DMatrixRMaj;

/**
 * F = XXᵀ and F = XYᵀ, [LMM] appendices E.2 and E.3: ∇Fᵀ∇F[D] = 2(D·XᵀX + X·DᵀX), where E.2 omits the 2, and
 * (D_X·YᵀY + X·D_YᵀY, D_Y·XᵀX + Y·D_XᵀX).
 *
 * <p>Closed form (derived): (∇Fᵀ∇F + λI)⁻¹∇Fᵀ = ∇Fᵀ(∇F∇Fᵀ + λI)⁻¹, and ∇F∇Fᵀ[S] = XXᵀS + SYYᵀ is a Sylvester operator, diagonal
 * in the left singular vectors: with X = Σ a_i u_i p_iᵀ and Y = Σ b_j w_j q_jᵀ it has the eigenvalue a_i² + b_j² at u_i w_jᵀ, b_j² at
 * u w_jᵀ for u ⊥ X, a_i² at u_i wᵀ for w ⊥ Y. In x: for g = (SY, SᵀX), H_ij = u_iᵀG_X q_j = S_ij b_j and H'_ji = w_jᵀG_Y p_i = S_ij a_i with
 * S_ij = u_iᵀS w_j, so both give S_ij = (b_j H_ij + a_i H'_ji)/(a_i² + b_j²), and with E_ij = S_ij/(a_i² + b_j² + λ)
 *
 * <pre>
 * D_X q_j = Σ_i E_ij b_j u_i + (I − UUᵀ)G_X q_j/(b_j² + λ),   D_Y p_i = Σ_j E_ij a_i w_j + (I − WWᵀ)G_Y p_i/(a_i² + λ).
 * </pre>
 *
 * <p>XXᵀ is the case Y = X with every eigenvalue doubled. Cost: the two decompositions and some 6·d·r² more.
 */
final class ProductGram implements Gram {

    private final DMatrixRMaj x;
    private final int split;
    private final DMatrixRMaj upperSquare;
    private final DMatrixRMaj lowerSquare;
    private OrthogonalColumns upper;
    private OrthogonalColumns lower;

    ProductGram(FactorShape shape, DMatrixRMaj x) {
        this.x = x;
        this.split = shape.split();
        this.upperSquare = OrthogonalColumns.crossProduct(x, 0, split == 0 ? x.numRows : split);
        this.lowerSquare = split == 0 ? upperSquare : OrthogonalColumns.crossProduct(x, split, x.numRows);
    }

    @Override
    public void times(DMatrixRMaj d, DMatrixRMaj out) {
        out.reshape(x.numRows, x.numCols);
        if (split == 0) {
            part(d, upperSquare, mixed(d, 0, x.numRows), 0, x.numRows, 2, out);
        } else {
            part(d, lowerSquare, mixed(d, split, x.numRows), 0, split, 1, out);
            part(d, upperSquare, mixed(d, 0, split), split, x.numRows, 1, out);
        }
    }

    /** ‖XDᵀ + DXᵀ‖² = 2⟨XᵀX, DᵀD⟩ + 2⟨DᵀX, XᵀD⟩; likewise for two factors, where the middle term is single. */
    @Override
    public double squaredImage(DMatrixRMaj d) {
        int middle = split == 0 ? x.numRows : split;
        DMatrixRMaj first = mixed(d, 0, middle);
        DMatrixRMaj second = split == 0 ? first : mixed(d, split, x.numRows);
        double cross = 0;
        int r = x.numCols;
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                cross += first.data[i * r + j] * second.data[j * r + i];
            }
        }
        double plain = Frobenius.dot(lowerSquare, OrthogonalColumns.crossProduct(d, 0, middle));
        if (split == 0) {
            return 2 * (plain + cross);
        }
        return plain + 2 * cross + Frobenius.dot(upperSquare, OrthogonalColumns.crossProduct(d, split, x.numRows));
    }

    /** DᵀX of rows from…to − 1. */
    private DMatrixRMaj mixed(DMatrixRMaj d, int from, int to) {
        int r = x.numCols;
        DMatrixRMaj c = new DMatrixRMaj(r, r);
        for (int row = from; row < to; row++) {
            int at = row * r;
            for (int i = 0; i < r; i++) {
                double entry = d.data[at + i];
                for (int j = 0; j < r; j++) {
                    c.data[i * r + j] += entry * x.data[at + j];
                }
            }
        }
        return c;
    }

    /** Rows from…to − 1 of out = factor·(D·square + X·cross). */
    private void part(
            DMatrixRMaj d, DMatrixRMaj square, DMatrixRMaj cross, int from, int to, double factor, DMatrixRMaj out) {
        int r = x.numCols;
        for (int row = from; row < to; row++) {
            int at = row * r;
            for (int j = 0; j < r; j++) {
                double sum = 0;
                for (int i = 0; i < r; i++) {
                    sum += d.data[at + i] * square.data[i * r + j] + x.data[at + i] * cross.data[i * r + j];
                }
                out.data[at + j] = factor * sum;
            }
        }
    }

    @Override
    public boolean closedForm() {
        return true;
    }

    @Override
    public void solve(double damping, DMatrixRMaj g, DMatrixRMaj out) {
        out.reshape(x.numRows, x.numCols);
        int middle = split == 0 ? x.numRows : split;
        if (upper == null) {
            upper = OrthogonalColumns.of(x, 0, middle);
            lower = split == 0 ? upper : OrthogonalColumns.of(x, split, x.numRows);
        }
        double[][] first = lower.turned(g, 0, middle);
        double[][] second = split == 0 ? first : upper.turned(g, split, x.numRows);
        double[][] h = inner(upper, first);
        double[][] back = split == 0 ? h : inner(lower, second);
        solve(damping, upper, lower, first, h, back);
        lower.turnBack(first, 0, middle, out);
        if (split != 0) {
            solve(damping, lower, upper, second, back, h);
            upper.turnBack(second, split, x.numRows, out);
        }
    }

    /** h_ij = ⟨u_i, g_j⟩. */
    private static double[][] inner(OrthogonalColumns u, double[][] g) {
        double[][] h = new double[u.count()][g.length];
        for (int i = 0; i < h.length; i++) {
            for (int j = 0; j < g.length; j++) {
                h[i][j] = Frobenius.dot(u.unit(i), g[j], g[j].length);
            }
        }
        return h;
    }

    /** One block of rows: g_j becomes Σ_i E_ij b_j u_i + (g_j − Σ_i h_ij u_i)/(b_j² + λ), and 0 where b_j is. */
    private void solve(
            double damping, OrthogonalColumns u, OrthogonalColumns w, double[][] g, double[][] h, double[][] back) {
        double twice = split == 0 ? 2 : 1;
        for (int j = 0; j < g.length; j++) {
            double[] column = g[j];
            double b = w.length(j);
            double across = b == 0 ? 0 : 1 / (twice * b * b + damping);
            for (int e = 0; e < column.length; e++) {
                column[e] *= across;
            }
            for (int i = 0; i < u.count() && b > 0; i++) {
                double a = u.length(i);
                if (a == 0) {
                    continue;
                }
                double square = a * a + b * b;
                double s = (b * h[i][j] + a * back[j][i]) / square;
                double along = b * s / (twice * square + damping) - across * h[i][j];
                double[] unit = u.unit(i);
                for (int e = 0; e < column.length; e++) {
                    column[e] += along * unit[e];
                }
            }
        }
    }
}
