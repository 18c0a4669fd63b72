package io.escapement.problem.cp;

import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * F : factor ↦ stored tensor, its derivatives and their adjoints, entry by entry ({@link CpShape} says how a tensor is stored).
 *
 * <p>F is a cubic form, so F(X + sD) = F(X) + s·F′(X)[D] + s²·Q(X, D) + s³·F(D). For the symmetric one F′(X)[D] = Σ d⊗x⊗x + x⊗d⊗x +
 * x⊗x⊗d and Q(X, D) = Σ d⊗d⊗x + d⊗x⊗d + x⊗d⊗d over the columns; for the other each mode has a block of its own.
 *
 * <p>Cost of each method: the number of stored entries times r. {@link CpGram} gives the same products of CP tensors without
 * forming one.
 */
public final class CpMap {

    private static final double SQRT3 = Math.sqrt(3);
    private static final double SQRT6 = Math.sqrt(6);

    private final CpShape shape;
    private final int length;

    /** @throws IllegalArgumentException if a tensor of that shape has too many entries for an array */
    public CpMap(CpShape shape) {
        this.shape = Objects.requireNonNull(shape, "shape");
        this.length = shape.length();
    }

    public CpShape shape() {
        return shape;
    }

    /** Numbers in a stored tensor. */
    public int length() {
        return length;
    }

    /** t = F(x). */
    public void image(DMatrixRMaj x, double[] t) {
        fill(0, x, x, t);
    }

    /** t = F′(x)[d]. */
    public void jacobian(DMatrixRMaj x, DMatrixRMaj d, double[] t) {
        fill(1, x, d, t);
    }

    /** t = Q(x, d) = ½F″(x)[d, d]. */
    public void secondOrder(DMatrixRMaj x, DMatrixRMaj d, double[] t) {
        fill(2, x, d, t);
    }

    /** The coefficient of s^order in F(x + sd). For fixed i and j it is linear in the rows k of x and d: u·x_k + v·d_k. */
    private void fill(int order, DMatrixRMaj x, DMatrixRMaj d, double[] t) {
        int r = x.numCols;
        double[] u = new double[r];
        double[] v = new double[r];
        int at = 0;
        for (int i = 0; i < shape.first(); i++) {
            int a = i * r;
            for (int j = 0; j < secondEnd(i); j++) {
                int b = (shape.offset(1) + j) * r;
                for (int c = 0; c < r; c++) {
                    double plain = x.data[a + c] * x.data[b + c];
                    double mixed = d.data[a + c] * x.data[b + c] + x.data[a + c] * d.data[b + c];
                    u[c] = order == 0 ? plain : order == 1 ? mixed : d.data[a + c] * d.data[b + c];
                    v[c] = order == 0 ? 0 : order == 1 ? plain : mixed;
                }
                int end = thirdEnd(j);
                for (int k = 0; k < end; k++) {
                    int e = (shape.offset(2) + k) * r;
                    double sum = 0;
                    for (int c = 0; c < r; c++) {
                        sum += u[c] * x.data[e + c];
                    }
                    if (order > 0) {
                        for (int c = 0; c < r; c++) {
                            sum += v[c] * d.data[e + c];
                        }
                    }
                    t[at++] = weight(i, j, k) * sum;
                }
            }
        }
    }

    /** out = F′(x)ᵀt. */
    public void adjoint(DMatrixRMaj x, double[] t, DMatrixRMaj out) {
        adjointChange(x, x, t, out);
        for (int e = 0; e < out.getNumElements(); e++) {
            out.data[e] *= 0.5;
        }
    }

    /** out = F″(x)[d, ·]ᵀt, the derivative of F′(x)ᵀt along d: symmetric in x and d, and linear in both. */
    public void adjointChange(DMatrixRMaj x, DMatrixRMaj d, double[] t, DMatrixRMaj out) {
        int r = x.numCols;
        out.reshape(shape.rows(), r);
        Arrays.fill(out.data, 0, out.getNumElements(), 0);
        double[] tx = new double[r];
        double[] td = new double[r];
        double[] mixed = new double[r];
        int at = 0;
        for (int i = 0; i < shape.first(); i++) {
            int a = i * r;
            for (int j = 0; j < secondEnd(i); j++) {
                int b = (shape.offset(1) + j) * r;
                for (int c = 0; c < r; c++) {
                    tx[c] = 0;
                    td[c] = 0;
                    mixed[c] = x.data[a + c] * d.data[b + c] + d.data[a + c] * x.data[b + c];
                }
                int end = thirdEnd(j);
                for (int k = 0; k < end; k++) {
                    int e = (shape.offset(2) + k) * r;
                    double value = weight(i, j, k) * t[at++];
                    for (int c = 0; c < r; c++) {
                        tx[c] += value * x.data[e + c];
                        td[c] += value * d.data[e + c];
                        out.data[e + c] += value * mixed[c];
                    }
                }
                for (int c = 0; c < r; c++) {
                    out.data[a + c] += td[c] * x.data[b + c] + tx[c] * d.data[b + c];
                    out.data[b + c] += td[c] * x.data[a + c] + tx[c] * d.data[a + c];
                }
            }
        }
    }

    /**
     * t = the tensor with the given entries, of which only the symmetric part matters if the shape is symmetric.
     *
     * @param values d₁·d₂·d₃ entries, the last index running fastest
     */
    public void pack(double[] values, double[] t) {
        if (values.length != (long) shape.first() * shape.second() * shape.third()) {
            throw new IllegalArgumentException("values has " + values.length + " entries; a " + shape + " tensor has "
                    + (long) shape.first() * shape.second() * shape.third());
        }
        int at = 0;
        for (int i = 0; i < shape.first(); i++) {
            for (int j = 0; j < secondEnd(i); j++) {
                int end = thirdEnd(j);
                for (int k = 0; k < end; k++) {
                    t[at++] = shape.symmetric()
                            ? weight(i, j, k)
                                    * (value(values, i, j, k)
                                            + value(values, i, k, j)
                                            + value(values, j, i, k)
                                            + value(values, j, k, i)
                                            + value(values, k, i, j)
                                            + value(values, k, j, i))
                                    / 6
                            : value(values, i, j, k);
                }
            }
        }
    }

    private double value(double[] values, int i, int j, int k) {
        return values[(i * shape.second() + j) * shape.third() + k];
    }

    private int secondEnd(int i) {
        return shape.symmetric() ? i + 1 : shape.second();
    }

    private int thirdEnd(int j) {
        return shape.symmetric() ? j + 1 : shape.third();
    }

    /** Root of the number of places that hold the entry with i ≥ j ≥ k. */
    private double weight(int i, int j, int k) {
        if (!shape.symmetric()) {
            return 1;
        }
        if (i == j) {
            return j == k ? 1 : SQRT3;
        }
        return j == k ? SQRT3 : SQRT6;
    }
}
