package io.escapement.escape.lifted;

import java.util.OptionalInt;

/**
 * The least order of lifting that [EMC] theorem 3.1 asks for. With
 *
 * <pre>β = L_s·tr(M*)·σ_r² / (α_s‖M* − X̂X̂ᵀ‖_F² − ‖w̃‖²)</pre>
 *
 * <p>(w̃ the noise in b) a second-order point X̂ becomes a strict saddle vec(X̂)^{⊗l} for every odd l &gt; 1/(1 − log₂ 2β), if
 * 2β &lt; 2 (eq. 13 and 14). The proof uses the truth only to bound −λ_n from below, −λ_n ≥ (α_s‖M* − X̂X̂ᵀ‖² − ‖w̃‖²)/(2 tr M*)
 * (eq. 45); with λ_n measured, β = L_sσ_r²/(−2λ_n) is smaller, and nothing that is not known enters.
 *
 * <p>Both are far from sharp. At the trap of perturbed completion n = 3, ρ = 0.3 the truth gives β = 5.5 and λ_n gives 2.5, so
 * the theorem promises no order, while 5 is the least that turns the trap into a saddle.
 */
public final class LiftOrder {

    /** Orders above this are of no use in double precision: powers of ratios underflow. */
    private static final int HIGHEST = 99;

    private LiftOrder() {}

    /** β from what is measured at X̂: L_s, σ_r and λ_n. Infinite where λ_n ≥ 0. */
    public static double measuredBeta(double smoothness, double sigma, double lambda) {
        return lambda < 0 ? smoothness * sigma * sigma / (-2 * lambda) : Double.POSITIVE_INFINITY;
    }

    /**
     * The least odd l ≥ 3 above 1/(1 − log₂ 2β); empty where the theorem does not apply (β ≥ 1) or promises only orders above
     * 99.
     *
     * @param beta at least 0
     */
    public static OptionalInt leastOdd(double beta) {
        if (!(beta >= 0)) {
            throw new IllegalArgumentException("beta is " + beta + "; at least 0 is needed");
        }
        double room = 1 - Math.log(2 * beta) / Math.log(2);
        if (!(room > 0)) {
            return OptionalInt.empty();
        }
        int order = 3;
        while (order <= HIGHEST && !(order > 1 / room)) {
            order += 2;
        }
        return order <= HIGHEST ? OptionalInt.of(order) : OptionalInt.empty();
    }
}
