package io.escapement.solve;

import io.escapement.problem.Ray;

/**
 * The same step every time.
 *
 * @param size η &gt; 0, multiplying ∇h = 2G(X)X
 */
public record FixedStep(double size) implements StepSize {

    public FixedStep {
        if (!(size > 0) || Double.isInfinite(size)) {
            throw new IllegalArgumentException("step size is " + size + "; a finite number above 0 is needed");
        }
    }

    @Override
    public double along(Ray ray, double previous) {
        return size;
    }

    @Override
    public String describe() {
        return "fixed:" + size;
    }
}
