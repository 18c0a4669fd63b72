package io.escapement.problem;

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
}
