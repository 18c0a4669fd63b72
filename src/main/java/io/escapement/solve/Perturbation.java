package io.escapement.solve;

import java.util.OptionalDouble;

/**
 * When and how far gradient descent is perturbed, and when it ends ([IPGD] algorithm 1): at ‖∇h‖ ≤ G, if the last perturbation is over
 * T_escape steps old, by a draw from the ball of radius γ; where h is not F lower T_escape steps later, the point before it is the
 * answer.
 *
 * <p>Line 1 of the algorithm has F, G and T_escape from ε, ρ, Δ_f, χ and an unnamed constant; here they are given, as in its section 7.
 * Its functions are multiples of ours there, and G, F and η scale with them.
 *
 * @param radius γ; empty for G/L with L = ‖∇²h‖₂ at the point, which is PGD (theorem 1)
 * @param gradient G, absolute
 * @param drop F; empty for 1e−10·|h(x_0)|
 * @param escapeTime T_escape, steps
 */
public record Perturbation(OptionalDouble radius, double gradient, OptionalDouble drop, long escapeTime) {

    public Perturbation {
        radius.ifPresent(given -> requireAbove("radius", given));
        drop.ifPresent(given -> requireAbove("drop", given));
        requireAbove("gradient", gradient);
        if (escapeTime < 1) {
            throw new IllegalArgumentException("escapeTime is " + escapeTime + "; at least 1 is needed");
        }
    }

    /** All of it given. */
    public static Perturbation of(double radius, double gradient, double drop, long escapeTime) {
        return new Perturbation(OptionalDouble.of(radius), gradient, OptionalDouble.of(drop), escapeTime);
    }

    private static void requireAbove(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; a finite number above 0 is needed");
        }
    }

    String describe() {
        return "γ = " + (radius.isPresent() ? radius.getAsDouble() : "G/L") + ", G = " + gradient + ", F = "
                + (drop.isPresent() ? drop.getAsDouble() : "1e-10·|h(x0)|") + ", T_escape = " + escapeTime;
    }
}
