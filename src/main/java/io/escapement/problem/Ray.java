package io.escapement.problem;

import java.util.OptionalDouble;

/**
 * A problem restricted to the ray s ↦ X + sD. What is costly is computed when first asked for. Valid until the next ray
 * is made with the same workspace.
 */
public interface Ray {

    /** h(X). */
    double loss();

    /** h(X) − inf ℓ; see {@link CompositeProblem#aboveInfimum}. */
    double aboveInfimum();

    /** ⟨∇h(X), D⟩: the derivative at s = 0. */
    double slope();

    /** h(X + sD) − h(X), without the cancellation of subtracting two losses. */
    double change(double s);

    /**
     * A minimizer of h(X + sD) over s &gt; 0 with a value below h(X). Global and exact for a quadratic loss and for the unsquared
     * norm; for others local, to a relative 1e−12. NaN where none was found, which for the former means that the ray never descends
     * for s &gt; 0, or where the problem is not finite.
     */
    double positiveMinimizer();

    /** An upper bound on ‖∇²h(X)‖₂, where one comes at no cost worth mentioning: steps below its reciprocal are stable. */
    default OptionalDouble curvatureBound() {
        return OptionalDouble.empty();
    }

    /** Value and gradient at X + sD, as new arrays. */
    Evaluation evaluate(double s);
}
