package io.escapement.problem;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Restricted strong convexity and smoothness of f(M) = ½‖𝒜(M) − b‖² ([LEAC] appendix A.10):
 * α_s‖M‖_F² ≤ ‖𝒜(M)‖² ≤ L_s‖M‖_F².
 *
 * @param convexity α_s
 * @param smoothness L_s
 * @param source how they are known, for example "exact: squared weights" or "sampled: 1000 matrices of rank 2"
 */
public record RestrictedConstants(double convexity, double smoothness, String source) {
    public RestrictedConstants {
        Objects.requireNonNull(source, "source");
        if (!(convexity >= 0 && convexity <= smoothness)) {
            throw new IllegalArgumentException("restricted constants are α_s = " + convexity + ", L_s = " + smoothness
                    + "; 0 ≤ α_s ≤ L_s is needed");
        }
    }

    /**
     * δ = max(1 − α_s, L_s − 1) ≥ 0, the constant of the restricted isometry property: (1 − δ)‖M‖² ≤ ‖𝒜(M)‖² ≤ (1 + δ)‖M‖². One of 1
     * or more says nothing.
     */
    public double isometryConstant() {
        return Math.max(1 - convexity, smoothness - 1);
    }

    /** {@code restrictedConvexity}, {@code restrictedSmoothness}, and {@code isometryConstant} where it is below 1. */
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("restrictedConvexity", convexity);
        figures.put("restrictedSmoothness", smoothness);
        if (isometryConstant() < 1) {
            figures.put("isometryConstant", isometryConstant());
        }
        return figures;
    }
}
