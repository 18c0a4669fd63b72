package io.escapement.solve;

import io.escapement.problem.Ray;
import java.util.Objects;

/**
 * γ(h(x) − h*)/−⟨∇h, d⟩ (Polyak 1969): where the tangent along d meets h*, times γ. Along d = −∇h that is (h − h*)/‖∇h‖². For losses
 * with kinks, whose subgradients are no directions of descent, as for smooth ones.
 *
 * @param optimal h*
 * @param factor γ &gt; 0
 */
public record PolyakStep(OptimalValue optimal, double factor) implements StepSize {

    public PolyakStep {
        Objects.requireNonNull(optimal, "optimal");
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor is " + factor + "; a finite number above 0 is needed");
        }
    }

    /** With γ = 1. */
    public PolyakStep(OptimalValue optimal) {
        this(optimal, 1);
    }

    /** To the infimum of the loss, with γ = 1. */
    public static PolyakStep toInfimum() {
        return new PolyakStep(new OptimalValue.Infimum());
    }

    @Override
    public double along(Ray ray, double previous) {
        return length(optimal.gap(ray.loss(), ray.aboveInfimum()), -ray.slope());
    }

    /**
     * γ·gap/steepness, 0 where there is nothing to gain or no way to gain it.
     *
     * @param gap h − h*
     * @param steepness what a unit step promises to gain
     */
    public double length(double gap, double steepness) {
        if (gap <= 0 || steepness <= 0) {
            return 0;
        }
        return factor * gap / steepness;
    }

    @Override
    public PolyakStep after(Ray ray) {
        return optimal.learns() ? new PolyakStep(optimal.after(ray.aboveInfimum()), factor) : this;
    }

    @Override
    public boolean evolves() {
        return optimal.learns();
    }

    @Override
    public String describe() {
        return "polyak" + optimal.describe() + (factor == 1 ? "" : " times " + factor);
    }
}
