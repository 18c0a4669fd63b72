package io.escapement.solve;

import io.escapement.problem.Ray;

/**
 * Backtracking until h(x + sd) ≤ h(x) + c·s·⟨∇h, d⟩ (Armijo 1966), starting at {@code growth} times the last step so that
 * the step can recover.
 *
 * @param first trial step at a start
 * @param sufficient c in (0, 1)
 * @param shrink factor in (0, 1) after a refused trial
 * @param growth factor ≥ 1 on the previous step
 */
public record ArmijoStep(double first, double sufficient, double shrink, double growth) implements StepSize {

    /** After this many halvings the step is below rounding. */
    private static final int MAX_BACKTRACKS = 100;

    public ArmijoStep {
        if (!(first > 0) || Double.isInfinite(first)) {
            throw new IllegalArgumentException("first step is " + first + "; a finite number above 0 is needed");
        }
        if (!(sufficient > 0 && sufficient < 1)) {
            throw new IllegalArgumentException("sufficient decrease is " + sufficient + "; between 0 and 1 is needed");
        }
        if (!(shrink > 0 && shrink < 1)) {
            throw new IllegalArgumentException("shrink is " + shrink + "; between 0 and 1 is needed");
        }
        if (!(growth >= 1) || Double.isInfinite(growth)) {
            throw new IllegalArgumentException("growth is " + growth + "; at least 1 is needed");
        }
    }

    /** The usual constants: c = 1e−4, halving, doubling. */
    public static ArmijoStep startingAt(double first) {
        return new ArmijoStep(first, 1e-4, 0.5, 2);
    }

    @Override
    public double along(Ray ray, double previous) {
        double slope = ray.slope();
        if (!Double.isFinite(slope)) {
            return Double.NaN;
        }
        double s = previous > 0 ? growth * previous : first;
        for (int i = 0; i < MAX_BACKTRACKS; i++) {
            double change = ray.change(s);
            if (change < 0 && change <= sufficient * s * slope) {
                return s;
            }
            s *= shrink;
        }
        return 0;
    }

    @Override
    public String describe() {
        return "armijo:" + first;
    }
}
