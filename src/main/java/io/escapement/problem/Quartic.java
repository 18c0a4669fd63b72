package io.escapement.problem;

/**
 * c₀ + c₁s + c₂s² + c₃s³ + c₄s⁴: a quadratic loss of a factorization on a ray (mathematics.md, section 3).
 *
 * <p>With r₀ = 𝒜(XXᵀ) − b, r₁ = 𝒜(XDᵀ + DXᵀ), r₂ = 𝒜(DDᵀ): c₀ = ½‖r₀‖², c₁ = ⟨r₀,r₁⟩, c₂ = ½‖r₁‖² + ⟨r₀,r₂⟩,
 * c₃ = ⟨r₁,r₂⟩, c₄ = ½‖r₂‖².
 */
public record Quartic(double c0, double c1, double c2, double c3, double c4) {

    static final Quartic ZERO = new Quartic(0, 0, 0, 0, 0);

    public double value(double s) {
        return c0 + change(s);
    }

    /** The value at s less the value at 0. */
    public double change(double s) {
        return s * (c1 + s * (c2 + s * (c3 + s * c4)));
    }

    public double derivative(double s) {
        return c1 + s * (2 * c2 + s * (3 * c3 + s * 4 * c4));
    }

    /** Global minimizer over all s; 0 where no s lowers the value; NaN where a coefficient is not finite. */
    public double minimizer() {
        double[] roots = stationaryPoints();
        double best = finite() ? 0 : Double.NaN;
        double lowest = 0;
        for (double s : roots) {
            double change = change(s);
            if (change < lowest) {
                lowest = change;
                best = s;
            }
        }
        return best;
    }

    /** Global minimizer over s &gt; 0; NaN where no s &gt; 0 lowers the value or a coefficient is not finite. */
    public double positiveMinimizer() {
        double best = Double.NaN;
        double lowest = 0;
        for (double s : stationaryPoints()) {
            double change = change(s);
            if (s > 0 && change < lowest) {
                lowest = change;
                best = s;
            }
        }
        return best;
    }

    /** The real roots of the derivative 4c₄s³ + 3c₃s² + 2c₂s + c₁, none, one, two or three of them. */
    public double[] stationaryPoints() {
        return finite() ? Cubic.realRoots(4 * c4, 3 * c3, 2 * c2, c1) : new double[0];
    }

    private boolean finite() {
        return Double.isFinite(c0 + c1 + c2 + c3 + c4);
    }
}
