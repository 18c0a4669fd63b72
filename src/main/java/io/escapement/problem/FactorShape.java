package io.escapement.problem;

import java.util.Objects;

/**
 * What the rows of a factor are, and what they stand for ({@link Parameterization}).
 *
 * @param parameterization F
 * @param rows of the factor: n, n₁ + n₂, d or 2d
 * @param split rows of the upper part, n₁ or d; 0 where there is one part
 */
public record FactorShape(Parameterization parameterization, int rows, int split) {

    public FactorShape {
        Objects.requireNonNull(parameterization, "parameterization");
        if (rows < 1 || split < 0 || split >= rows) {
            throw new IllegalArgumentException("a factor of " + rows + " rows split at " + split
                    + " is not possible; rows ≥ 1 and 0 ≤ split < rows are needed");
        }
        boolean parts =
                parameterization == Parameterization.ASYMMETRIC || parameterization == Parameterization.SIGNED_HADAMARD;
        if (parts != split > 0 || (parameterization == Parameterization.SIGNED_HADAMARD && rows != 2 * split)) {
            throw new IllegalArgumentException("a factor of " + rows + " rows split at " + split
                    + " does not fit the parameterization " + parameterization.label());
        }
    }

    /** XXᵀ where {@code split} is 0, XYᵀ otherwise. */
    public FactorShape(int rows, int split) {
        this(split == 0 ? Parameterization.PSD : Parameterization.ASYMMETRIC, rows, split);
    }

    public static FactorShape psd(int n) {
        return new FactorShape(n, 0);
    }

    public static FactorShape asymmetric(int n1, int n2) {
        return new FactorShape(Parameterization.ASYMMETRIC, n1 + n2, n1);
    }

    public static FactorShape hadamard(int d) {
        return new FactorShape(Parameterization.HADAMARD, d, 0);
    }

    public static FactorShape signedHadamard(int d) {
        return new FactorShape(Parameterization.SIGNED_HADAMARD, Math.multiplyExact(2, d), d);
    }

    /** Whether the factor stands for the symmetric matrix XXᵀ. */
    public boolean symmetric() {
        return parameterization == Parameterization.PSD;
    }

    /** Rows of the matrix, or entries of the vector, that the factor stands for. */
    public int imageRows() {
        return split == 0 ? rows : split;
    }

    /** Columns of the matrix that the factor stands for; 1 for a vector. */
    public int imageColumns() {
        return switch (parameterization) {
            case PSD -> rows;
            case ASYMMETRIC -> rows - split;
            case HADAMARD, SIGNED_HADAMARD -> 1;
        };
    }
}
