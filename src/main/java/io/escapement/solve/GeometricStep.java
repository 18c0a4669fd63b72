package io.escapement.solve;

import io.escapement.problem.Ray;

/**
 * γq^k in step k ([LMM] configuration 2; Goffin 1977): for losses with kinks whose least value is not known. It multiplies the
 * direction as it is, ∇h for gradient descent, not its unit vector.
 *
 * @param size the next step, γ at first; ≥ 0, or NaN before the first step of {@link #fromFirst}
 * @param ratio q in (0, 1)
 */
public record GeometricStep(double size, double ratio) implements StepSize {

    public GeometricStep {
        if (size < 0 || Double.isInfinite(size)) {
            throw new IllegalArgumentException("step size is " + size + "; a finite number above 0 is needed");
        }
        if (!(ratio > 0 && ratio < 1)) {
            throw new IllegalArgumentException("ratio is " + ratio + "; between 0 and 1 is needed");
        }
    }

    /**
     * With γ from the first ray: half of Polyak's step to the infimum of the loss, ½(h(x₀) − inf ℓ)/−⟨∇h, d⟩, which has the units of the
     * problem and is too long by what outliers add to h. Half, because a whole one is more than squares of vectors bear.
     */
    public static GeometricStep fromFirst(double ratio) {
        return new GeometricStep(Double.NaN, ratio);
    }

    @Override
    public double along(Ray ray, double previous) {
        return Double.isNaN(size) ? 0.5 * PolyakStep.toInfimum().along(ray, previous) : size;
    }

    @Override
    public GeometricStep after(Ray ray) {
        return new GeometricStep(ratio * along(ray, Double.NaN), ratio);
    }

    @Override
    public boolean evolves() {
        return true;
    }

    @Override
    public String describe() {
        return Double.isNaN(size) ? "geometric, ratio " + ratio : "geometric:" + size + "," + ratio;
    }
}
