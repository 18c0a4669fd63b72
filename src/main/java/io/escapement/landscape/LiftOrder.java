package io.escapement.landscape;

import java.util.OptionalInt;

/**
 * How far a point must be lifted to be a strict saddle: [EMC] theorem 3.1, with its noise-free case [LEAC] theorem 3.1.
 *
 * <p>X̂ lifted to vec(X̂)^{⊗l} has a way down along vec(u_n q_rᵀ)^{⊗l} if l is odd and l &gt; 1/(1 − log₂(2β)), where
 * β = L_s·tr(M*)·λ_r(X̂X̂ᵀ)/(α_s‖M* − X̂X̂ᵀ‖² − ‖w̃‖²). So β &lt; 1 is needed, which is the theorem's condition on the distance
 * (13); and at β ≤ ½, as near X̂ = 0, every odd l will do, of which 3 is the first that lifts at all.
 *
 * <p>The condition is sufficient: a point may have a way down at a smaller l, or where there is no such l.
 *
 * @param beta β; NaN where the distance is within the noise
 * @param minimum the least odd l ≥ 3, or empty where none is large enough
 */
public record LiftOrder(double beta, OptionalInt minimum) {

    private static final int LEAST = 3;

    /**
     * @param smoothness L_s &gt; 0
     * @param convexity α_s ≥ 0; 0 where not every direction is seen, and then no order is enough
     * @param truthTrace tr M* ≥ 0
     * @param weakest λ_r(X̂X̂ᵀ) = σ_r² ≥ 0
     * @param squaredDistance ‖M* − X̂X̂ᵀ‖_F²
     * @param squaredNoise ‖w̃‖²
     */
    public static LiftOrder of(
            double smoothness,
            double convexity,
            double truthTrace,
            double weakest,
            double squaredDistance,
            double squaredNoise) {
        require("L_s", smoothness, smoothness > 0);
        require("α_s", convexity, convexity >= 0);
        require("tr M*", truthTrace, truthTrace >= 0);
        require("λ_r", weakest, weakest >= 0);
        require("‖M* − X̂X̂ᵀ‖²", squaredDistance, squaredDistance >= 0);
        require("‖w̃‖²", squaredNoise, squaredNoise >= 0);
        double denominator = convexity * squaredDistance - squaredNoise;
        if (!(denominator > 0)) {
            return new LiftOrder(Double.NaN, OptionalInt.empty());
        }
        return of(smoothness * truthTrace * weakest / denominator);
    }

    /** The order for a known β ≥ 0. */
    public static LiftOrder of(double beta) {
        require("β", beta, beta >= 0);
        if (beta >= 1) {
            return new LiftOrder(beta, OptionalInt.empty());
        }
        double bound = beta <= 0.5 ? 1 : 1 / (1 - Math.log(2 * beta) / Math.log(2));
        if (!(bound < Integer.MAX_VALUE - 2)) {
            return new LiftOrder(beta, OptionalInt.empty());
        }
        int above = Math.max(LEAST, (int) Math.floor(bound) + 1);
        return new LiftOrder(beta, OptionalInt.of(above + (above + 1) % 2));
    }

    private static void require(String name, double value, boolean fits) {
        if (!fits || !Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; a finite number is needed, of at least 0"
                    + (name.equals("L_s") ? " and not 0" : ""));
        }
    }
}
