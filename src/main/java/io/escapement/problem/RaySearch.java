package io.escapement.problem;

import java.util.function.DoubleFunction;

/**
 * A local minimizer s &gt; 0 of a function of one variable that is 0 at s = 0, from values and slopes.
 *
 * <p>Guaranteed: the value there is negative and the lowest of all that were asked for; the interval that is left around it, of width
 * {@value #WIDTH} relative to s, holds a local minimum (where the function falls for ever, s is as far as doubling saw it fall). No
 * smoothness is assumed: secant steps on the slope are taken while they halve the interval every second time, bisection otherwise, so a
 * kink costs some forty evaluations and a smooth minimum about ten. Nothing is random.
 *
 * <p>With a negative slope at 0 the first trial is the caller's; it is quartered until the function is negative, then enlarged fourfold
 * until it rises. With another slope at 0 a grid of quarters and quadruples of the trial is scanned for its lowest point.
 */
public final class RaySearch {

    private static final double WIDTH = 1e-12;
    private static final int MOST_STEPS = 120;
    private static final int MOST_SHRINKS = 60;
    private static final int MOST_GROWTHS = 60;
    private static final int GRID = 8;
    private static final double FACTOR = 4;

    private final DoubleFunction<Rise> curve;
    private double low;
    private double high;
    private double best;
    private Rise at;

    private RaySearch(DoubleFunction<Rise> curve) {
        this.curve = curve;
    }

    /**
     * @param slope at 0
     * @param first trial, above 0
     * @return NaN where no trial is negative, or where slope or trial are not finite
     */
    public static double positiveMinimizer(DoubleFunction<Rise> curve, double slope, double first) {
        if (!Double.isFinite(slope) || !(first > 0) || Double.isInfinite(first)) {
            return Double.NaN;
        }
        RaySearch search = new RaySearch(curve);
        boolean found = slope < 0 ? search.bracket(first) : search.scan(first);
        return found ? search.refine() : Double.NaN;
    }

    private boolean bracket(double first) {
        double s = first;
        Rise rise = curve.apply(s);
        for (int i = 0; i < MOST_SHRINKS && !(rise.value() < 0); i++) {
            high = s;
            s /= FACTOR;
            rise = curve.apply(s);
        }
        if (!(rise.value() < 0)) {
            return false;
        }
        best = s;
        at = rise;
        boolean closed = high > 0 || rise.slope() >= 0;
        for (int i = 0; i < MOST_GROWTHS && !closed; i++) {
            s *= FACTOR;
            rise = curve.apply(s);
            closed = !(rise.value() < at.value());
            if (closed) {
                high = s;
            } else {
                low = best;
                best = s;
                at = rise;
                closed = rise.slope() >= 0;
            }
        }
        high = Math.max(high, best);
        return true;
    }

    private boolean scan(double middle) {
        best = 0;
        at = new Rise(0, 0);
        for (int k = -GRID; k <= GRID; k++) {
            double s = middle * Math.pow(FACTOR, k);
            Rise rise = curve.apply(s);
            if (rise.value() < at.value()) {
                best = s;
                at = rise;
            }
        }
        low = best / FACTOR;
        high = at.slope() < 0 ? best * FACTOR : best;
        return best > 0;
    }

    /** Keeps: best is between low and high and no higher than either, or high is best and the slope there is not negative. */
    private double refine() {
        double olderSlope = Double.NaN;
        double older = Double.NaN;
        double widthBefore = Double.POSITIVE_INFINITY;
        for (int i = 0; i < MOST_STEPS && high - low > WIDTH * best && at.slope() != 0; i++) {
            double from = at.slope() < 0 ? best : low;
            double to = at.slope() < 0 ? high : best;
            double s = best - at.slope() * (best - older) / (at.slope() - olderSlope);
            boolean slow = i % 2 == 0 && high - low > 0.5 * widthBefore;
            if (i % 2 == 0) {
                widthBefore = high - low;
            }
            // Near a smooth minimum the secant comes from one side; a step of the final width brings the other end in.
            double margin = 0.5 * WIDTH * best;
            if (slow || !(s > from && s < to)) {
                s = 0.5 * (from + to);
            } else if (Math.abs(s - best) < margin) {
                s = at.slope() < 0 ? best + margin : best - margin;
            }
            if (!(s > from && s < to)) {
                break;
            }
            older = best;
            olderSlope = at.slope();
            Rise rise = curve.apply(s);
            if (rise.value() <= at.value()) {
                if (s > best) {
                    low = best;
                } else {
                    high = best;
                }
                best = s;
                at = rise;
            } else {
                older = s;
                olderSlope = rise.slope();
                if (s > best) {
                    high = s;
                } else {
                    low = s;
                }
            }
        }
        return best;
    }
}
