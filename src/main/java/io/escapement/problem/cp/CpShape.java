package io.escapement.problem.cp;

/**
 * What the rows of a factor Z (rows×r) are, and how its tensor is stored.
 *
 * <p>Symmetric: Z = X (d×r) stands for Σ_c x_c⊗x_c⊗x_c. Otherwise Z = [W; X; Y] stacks W (d₁×r), X (d₂×r) and Y (d₃×r) and stands
 * for Σ_c w_c⊗x_c⊗y_c. A mode is one of the three indices of the tensor; in the symmetric case all three are the rows of X.
 *
 * <p>A stored tensor is a vector t whose inner products are those of the tensors: all d₁d₂d₃ entries with the last index
 * running fastest; of a symmetric tensor only those with i ≥ j ≥ k, d(d + 1)(d + 2)/6 of them, each times the root of how often it
 * occurs (1, √3 or √6).
 *
 * @param first d₁
 * @param second d₂, the same as d₁ if symmetric
 * @param third d₃, the same as d₁ if symmetric
 */
public record CpShape(int first, int second, int third, boolean symmetric) {

    public CpShape {
        if (first < 1 || second < 1 || third < 1) {
            throw new IllegalArgumentException("a tensor of " + first + "×" + second + "×" + third
                    + " is not possible; at least 1 is needed each way");
        }
        if (symmetric && (second != first || third != first)) {
            throw new IllegalArgumentException("a symmetric tensor of " + first + "×" + second + "×" + third
                    + " is not possible; all three must be the same");
        }
        if ((long) first + second + third > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a factor of " + ((long) first + second + third) + " rows is not possible; at most 2^31 − 1 fit");
        }
    }

    public static CpShape symmetric(int d) {
        return new CpShape(d, d, d, true);
    }

    public static CpShape asymmetric(int d1, int d2, int d3) {
        return new CpShape(d1, d2, d3, false);
    }

    /** Rows of a factor: d, or d₁ + d₂ + d₃. */
    public int rows() {
        return symmetric ? first : first + second + third;
    }

    /** Length of a mode, counted from 0. */
    public int size(int mode) {
        return mode == 0 ? first : mode == 1 ? second : third;
    }

    /** Where a mode's rows begin in a factor. */
    public int offset(int mode) {
        return symmetric || mode == 0 ? 0 : mode == 1 ? first : first + second;
    }

    /** Modes with rows of their own: 1 or 3. */
    int distinctModes() {
        return symmetric ? 1 : 3;
    }

    /** Numbers in a stored tensor, exact also where they are too many for one. */
    public double entries() {
        double d = first;
        return symmetric ? d * (d + 1) * (d + 2) / 6 : d * second * third;
    }

    /** The same as the length of an array. */
    public int length() {
        if (entries() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a stored tensor of " + this + " has "
                    + String.format(java.util.Locale.ROOT, "%.3g", entries())
                    + " entries; at most 2^31 − 9 are possible");
        }
        return (int) entries();
    }

    @Override
    public String toString() {
        return first + "×" + second + "×" + third + (symmetric ? " symmetric" : "");
    }
}
