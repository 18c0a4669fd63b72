package io.escapement.solve;

import io.escapement.problem.Ray;

/** How far to go along a direction of descent. Step sizes multiply ∇h = 2G(X)X (our convention, mathematics.md §1). */
public interface StepSize {

    /**
     * @param ray from the iterate along the search direction
     * @param previous the last step's size, or NaN at a start
     * @return s ≥ 0; 0 means that it sees no s &gt; 0 worth a step, NaN that the problem is not finite there
     */
    double along(Ray ray, double previous);

    /** The rule for the step after the one along this ray. */
    default StepSize after(Ray ray) {
        return this;
    }

    /** Whether {@link #after} may differ from this. */
    default boolean evolves() {
        return false;
    }

    /** As on the command line. */
    String describe();
}
