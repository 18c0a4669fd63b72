package io.escapement.landscape;

/**
 * How near the global minimizer M† of ε-MC is to the truth, and how surely: [EMC] theorem 2.2. Each entry being seen with probability
 * p, for any χ in (0, p)
 *
 * <pre>‖M† − M*‖² ≤ (1 − p + χ)/(p − χ)·ε²‖M*‖²   with probability at least 1 − exp(−2χ²F),  F = ‖d‖₁²/‖d‖₂²,</pre>
 *
 * <p>d the entries' squared errors plus ε² times those of M*, so 1 ≤ F ≤ n²: how evenly the error is spread. For squared entries of a
 * Gaussian rank-one matrix F ≈ n²/9.
 *
 * <p>To be read with care: the proof applies Hoeffding's inequality as if d were fixed before the entries are drawn, but M† is chosen
 * after them. Where the unseen entries can be anything, as at a small p, M† is wrong exactly there.
 *
 * @param p in (0, 1]
 * @param epsilon ε in (0, 1]
 * @param truthNorm ‖M*‖_F
 * @param spread F ≥ 1
 */
public record SurrogateBound(double p, double epsilon, double truthNorm, double spread) {

    public SurrogateBound {
        require("p", p, p > 0 && p <= 1, "above 0 and at most 1");
        require("epsilon", epsilon, epsilon > 0 && epsilon <= 1, "above 0 and at most 1");
        require("norm", truthNorm, truthNorm > 0 && !Double.isInfinite(truthNorm), "a finite number above 0");
        require("spread", spread, spread >= 1 && !Double.isInfinite(spread), "a finite number of at least 1");
    }

    private static void require(String name, double value, boolean fits, String needed) {
        if (!fits) {
            throw new IllegalArgumentException(name + " is " + value + "; " + needed + " is needed");
        }
    }

    /**
     * The bound on ‖M† − M*‖².
     *
     * @param chi χ, at least 0 and below p
     */
    public double squaredError(double chi) {
        requireChi(chi);
        return (1 - p + chi) / (p - chi) * epsilon * epsilon * truthNorm * truthNorm;
    }

    /** The probability with which it holds, at least. */
    public double probability(double chi) {
        requireChi(chi);
        return -Math.expm1(-2 * chi * chi * spread);
    }

    private void requireChi(double chi) {
        require("chi", chi, chi >= 0 && chi < p, "at least 0 and below p = " + p);
    }

    /** χ at which the bound is so much; 0 or less where even the expectation is above it. */
    public double chi(double squaredError) {
        require("error", squaredError, squaredError >= 0, "a number of at least 0");
        double ratio = squaredError / (epsilon * epsilon * truthNorm * truthNorm);
        return p - 1 / (1 + ratio);
    }

    /** The probability, at least, of an error of at most so much; 0 where the theorem says nothing. */
    public double probabilityOf(double squaredError) {
        double chi = chi(squaredError);
        return chi > 0 ? probability(chi) : 0;
    }
}
