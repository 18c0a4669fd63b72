package io.escapement.problem.cp;

import io.escapement.problem.Gram;
import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * Products of CP tensors from r×r Gram matrices of their factors, [LMM] appendix E.4 and E.5: cost d·r² each, whatever d³ is.
 *
 * <p>With C_p = Y_pᵀX_p for mode p and ∘ entrywise: ⟨F(Y), F(X)⟩ = Σ (C₁∘C₂∘C₃), and the rows of mode 1 of F′(X)ᵀF(Y) are
 * Y₁(C₂∘C₃), likewise for the others; in the symmetric case the three add up to 3Y(C∘C).
 */
public final class CpGram {

    private static final int MODES = 3;

    private final CpShape shape;

    public CpGram(CpShape shape) {
        this.shape = Objects.requireNonNull(shape, "shape");
    }

    /** ⟨F(x), F(y)⟩; x and y may differ in rank. */
    public double inner(DMatrixRMaj x, DMatrixRMaj y) {
        double[][] c = cross(x, y);
        double sum = 0;
        for (int e = 0; e < c[0].length; e++) {
            sum += c[0][e] * c[1][e] * c[2][e];
        }
        return sum;
    }

    /** out = F′(x)ᵀF(y). */
    public void adjointOfImage(DMatrixRMaj x, DMatrixRMaj y, DMatrixRMaj out) {
        double[][] c = cross(y, x);
        clear(x, out);
        double[] kernel = new double[c[0].length];
        for (int p = 0; p < shape.distinctModes(); p++) {
            double[] c1 = c[(p + 1) % MODES];
            double[] c2 = c[(p + 2) % MODES];
            for (int e = 0; e < kernel.length; e++) {
                kernel[e] = multiplicity() * c1[e] * c2[e];
            }
            addTimes(y, kernel, p, out);
        }
    }

    /** out = F″(x)[d, ·]ᵀF(y), the derivative of F′(x)ᵀF(y) along d. */
    public void adjointOfImageChange(DMatrixRMaj x, DMatrixRMaj d, DMatrixRMaj y, DMatrixRMaj out) {
        clear(x, out);
        addMixed(cross(y, x), cross(y, d), y, out);
    }

    /** The same at one point. */
    public Gram at(DMatrixRMaj x) {
        return (d, out) -> gram(x, d, out);
    }

    /** out = F′(x)ᵀF′(x)[d], the Gram action that [LMM] calls P(x, 0). */
    public void gram(DMatrixRMaj x, DMatrixRMaj d, DMatrixRMaj out) {
        double[][] g = cross(x, x);
        clear(x, out);
        addMixed(g, cross(d, x), x, out);
        double[] kernel = new double[g[0].length];
        for (int p = 0; p < shape.distinctModes(); p++) {
            for (int e = 0; e < kernel.length; e++) {
                kernel[e] = multiplicity() * g[(p + 1) % MODES][e] * g[(p + 2) % MODES][e];
            }
            addTimes(d, kernel, p, out);
        }
    }

    /** Rows of mode 1: out += Y₁(C₂∘E₃ + E₂∘C₃); likewise for the others. */
    private void addMixed(double[][] c, double[][] e, DMatrixRMaj y, DMatrixRMaj out) {
        double[] kernel = new double[c[0].length];
        for (int p = 0; p < shape.distinctModes(); p++) {
            int q = (p + 1) % MODES;
            int s = (p + 2) % MODES;
            for (int i = 0; i < kernel.length; i++) {
                kernel[i] = multiplicity() * (c[q][i] * e[s][i] + e[q][i] * c[s][i]);
            }
            addTimes(y, kernel, p, out);
        }
    }

    /** How many modes share the rows. */
    private int multiplicity() {
        return shape.symmetric() ? MODES : 1;
    }

    /** A_pᵀB_p for the three modes p, row by row. */
    private double[][] cross(DMatrixRMaj a, DMatrixRMaj b) {
        double[][] c = new double[MODES][];
        for (int p = 0; p < shape.distinctModes(); p++) {
            c[p] = new double[a.numCols * b.numCols];
            for (int i = shape.offset(p); i < shape.offset(p) + shape.size(p); i++) {
                for (int u = 0; u < a.numCols; u++) {
                    double value = a.data[i * a.numCols + u];
                    for (int v = 0; v < b.numCols; v++) {
                        c[p][u * b.numCols + v] += value * b.data[i * b.numCols + v];
                    }
                }
            }
        }
        if (shape.symmetric()) {
            c[1] = c[0];
            c[2] = c[0];
        }
        return c;
    }

    /** out_p += Y_p·kernel. */
    private void addTimes(DMatrixRMaj y, double[] kernel, int p, DMatrixRMaj out) {
        int r = out.numCols;
        for (int i = shape.offset(p); i < shape.offset(p) + shape.size(p); i++) {
            for (int u = 0; u < y.numCols; u++) {
                double value = y.data[i * y.numCols + u];
                for (int v = 0; v < r; v++) {
                    out.data[i * r + v] += value * kernel[u * r + v];
                }
            }
        }
    }

    private void clear(DMatrixRMaj x, DMatrixRMaj out) {
        out.reshape(shape.rows(), x.numCols);
        Arrays.fill(out.data, 0, out.getNumElements(), 0);
    }
}
