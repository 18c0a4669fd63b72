package io.escapement.problem;

/**
 * What the rows of a factor are. Symmetric: M = XXᵀ, X n×r. Asymmetric: Z = [X; Y] stacks X (n₁×r) over Y (n₂×r) and the
 * matrix meant is XYᵀ, the upper right block of ZZᵀ.
 *
 * @param rows of the factor: n, or n₁ + n₂
 * @param split n₁ for an asymmetric factor, 0 for a symmetric one
 */
public record FactorShape(int rows, int split) {

    public FactorShape {
        if (rows < 1 || split < 0 || split >= rows) {
            throw new IllegalArgumentException("a factor of " + rows + " rows split at " + split
                    + " is not possible; rows ≥ 1 and 0 ≤ split < rows are needed");
        }
    }

    public static FactorShape psd(int n) {
        return new FactorShape(n, 0);
    }

    public static FactorShape asymmetric(int n1, int n2) {
        return new FactorShape(n1 + n2, n1);
    }

    public boolean symmetric() {
        return split == 0;
    }

    /** Rows of the matrix that the factor stands for. */
    public int imageRows() {
        return symmetric() ? rows : split;
    }

    /** Columns of the matrix that the factor stands for. */
    public int imageColumns() {
        return symmetric() ? rows : rows - split;
    }
}
