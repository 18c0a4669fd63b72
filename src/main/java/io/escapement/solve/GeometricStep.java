package io.escapement.solve;

import io.escapement.problem.Ray;

/**
 * γq^k in step k ([LMM] configuration 2; Goffin 1977): for losses with kinks whose least value is not known. It multiplies the
 * direction as it is, ∇h for gradient descent, not its unit vector.
 *
 * @param size the next step, γ at first; &gt; 0
 * @param ratio q in (0, 1)
 */
public record GeometricStep(double size, double ratio) implements StepSize {

    public GeometricStep {
        if (!(size >= 0) || Double.isInfinite(size)) {
            throw new IllegalArgumentException("step size is " + size + "; a finite number above 0 is needed");
        }
        if (!(ratio > 0 && ratio < 1)) {
            throw new IllegalArgumentException("ratio is " + ratio + "; between 0 and 1 is needed");
        }
    }

    @Override
    public double along(Ray ray, double previous) {
        return size;
    }

    @Override
    public GeometricStep after(Ray ray) {
        return new GeometricStep(ratio * size, ratio);
    }

    @Override
    public boolean evolves() {
        return true;
    }

    @Override
    public String describe() {
        return "geometric:" + size + "," + ratio;
    }
}
