package io.escapement.solve;

import io.escapement.problem.Ray;

/** The global minimizer of the loss along the ray, in closed form (mathematics.md, section 3). Nothing to tune. */
public record ExactStep() implements StepSize {

    @Override
    public double along(Ray ray, double previous) {
        double s = ray.positiveMinimizer();
        return Double.isNaN(s) && Double.isFinite(ray.slope()) ? 0 : s;
    }

    @Override
    public String describe() {
        return "exact";
    }
}
