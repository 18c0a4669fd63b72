package io.escapement.problem.cp;

import io.escapement.linalg.Frobenius;

/**
 * c₀ + c₁s + … + c₆s⁶: a quadratic loss of a cubic form on a ray (derived).
 *
 * <p>With F(X + sD) = F₀ + sF₁ + s²F₂ + s³F₃, r₀ = 𝒜(F₀) − b and r_i = 𝒜(F_i): c₀ = ½‖r₀‖², c₁ = ⟨r₀,r₁⟩,
 * c₂ = ½‖r₁‖² + ⟨r₀,r₂⟩, c₃ = ⟨r₀,r₃⟩ + ⟨r₁,r₂⟩, c₄ = ½‖r₂‖² + ⟨r₁,r₃⟩, c₅ = ⟨r₂,r₃⟩, c₆ = ½‖r₃‖².
 */
record Sextic(double c0, double c1, double c2, double c3, double c4, double c5, double c6) {

    /** Of the first m entries of each. */
    static Sextic of(double[] r0, double[] r1, double[] r2, double[] r3, int m) {
        return new Sextic(
                0.5 * Frobenius.dot(r0, r0, m),
                Frobenius.dot(r0, r1, m),
                0.5 * Frobenius.dot(r1, r1, m) + Frobenius.dot(r0, r2, m),
                Frobenius.dot(r0, r3, m) + Frobenius.dot(r1, r2, m),
                0.5 * Frobenius.dot(r2, r2, m) + Frobenius.dot(r1, r3, m),
                Frobenius.dot(r2, r3, m),
                0.5 * Frobenius.dot(r3, r3, m));
    }

    /** The value at s less the value at 0. */
    double change(double s) {
        return s * (c1 + s * (c2 + s * (c3 + s * (c4 + s * (c5 + s * c6)))));
    }

    /** Global minimizer over s &gt; 0; NaN where no s &gt; 0 lowers the value or a coefficient is not finite. */
    double positiveMinimizer() {
        double best = Double.NaN;
        if (!Double.isFinite(c0 + c1 + c2 + c3 + c4 + c5 + c6)) {
            return best;
        }
        double lowest = 0;
        for (double s : SignChanges.of(new double[] {c1, 2 * c2, 3 * c3, 4 * c4, 5 * c5, 6 * c6})) {
            double change = change(s);
            if (s > 0 && change < lowest) {
                lowest = change;
                best = s;
            }
        }
        return best;
    }
}
