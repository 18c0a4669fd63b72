package io.escapement.problem.cp;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.OuterLoss;
import io.escapement.problem.Rise;

/**
 * r₀ + s·r₁ + s²·r₂ + s³·r₃, the first m entries of each: the residual of a cubic form on a ray.
 */
@SuppressWarnings("ArrayRecordComponent") // a ray's own, read only
record RayTerms(double[] r0, double[] r1, double[] r2, double[] r3, int m) {

    /** Of ½‖·‖². */
    Sextic sextic() {
        return Sextic.of(r0, r1, r2, r3, m);
    }

    /**
     * ℓ − ℓ(r₀) and its slope at s. {@link OuterLoss#rise} is for curves of degree 2, of which r₁ − s²r₃ and r₂ + 2s·r₃ give the one that
     * agrees with this one at s in value and derivative; above the tangent at r₀ it says all that there is to say.
     *
     * @param weights ∇ℓ at r₀
     * @param one scratch
     * @param two scratch
     */
    Rise rise(OuterLoss loss, double[] b, double[] weights, double s, double[] one, double[] two) {
        for (int k = 0; k < m; k++) {
            one[k] = r1[k] - s * s * r3[k];
            two[k] = r2[k] + 2 * s * r3[k];
        }
        double c1 = Frobenius.dot(weights, r1, m);
        double c2 = Frobenius.dot(weights, r2, m);
        double c3 = Frobenius.dot(weights, r3, m);
        Rise above = loss.rise(r0, b, one, two, s);
        return new Rise(s * (c1 + s * (c2 + s * c3)) + above.value(), c1 + s * (2 * c2 + 3 * s * c3) + above.slope());
    }
}
