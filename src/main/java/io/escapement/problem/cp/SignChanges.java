package io.escapement.problem.cp;

/**
 * Where a polynomial changes sign, each to the last bit of its computed value.
 *
 * <p>Between neighbouring sign changes of the derivative a polynomial is monotone, so it changes sign at most once there, and
 * bisection finds where; the derivative's own come from the same rule, down to degree 1. Zero always cuts, so every bracket
 * has one sign, and its bits are bisected instead of its length: 62 steps whatever the magnitude, so a root of 1e−17 beside one of
 * 1 keeps its digits (as it must: near a stationary point the derivative on a ray has such roots). A double root is no sign
 * change, but rounding may make one or two of it.
 */
final class SignChanges {

    private SignChanges() {}

    /**
     * @param c coefficients from the constant one; leading ones may be zero; all finite
     * @return ascending
     */
    static double[] of(double[] c) {
        int degree = c.length - 1;
        while (degree > 0 && c[degree] == 0) {
            degree--;
        }
        double scale = 0;
        for (int i = 0; i < degree; i++) {
            // Fujiwara's bound, the powers one by one against overflow: all roots are within twice the scale.
            scale = Math.max(scale, Math.pow(Math.abs(c[i] / c[degree]), 1.0 / (degree - i)));
        }
        if (degree == 0) {
            return new double[0];
        }
        if (Double.isInfinite(scale)) {
            double[] rest = new double[degree];
            System.arraycopy(c, 0, rest, 0, degree);
            return of(rest);
        }
        if (scale == 0) {
            return degree % 2 == 1 ? new double[] {0} : new double[0];
        }
        // s = scale·t, divided by the leading coefficient: all coefficients are within [−1, 1].
        double[] scaled = new double[degree + 1];
        for (int i = 0; i <= degree; i++) {
            double value = c[i] / c[degree];
            for (int k = i; k < degree; k++) {
                value /= scale;
            }
            scaled[i] = value;
        }
        double[] changes = within(scaled);
        for (int i = 0; i < changes.length; i++) {
            changes[i] *= scale;
        }
        return changes;
    }

    /** Sign changes within [−2, 2]. */
    private static double[] within(double[] c) {
        int degree = c.length - 1;
        if (degree == 1) {
            return new double[] {-c[0] / c[1]};
        }
        double[] derivative = new double[degree];
        for (int i = 0; i < degree; i++) {
            derivative[i] = (i + 1) * c[i + 1];
        }
        double[] turns = within(derivative);
        double[] found = new double[degree + 2];
        int count = 0;
        double low = -2;
        for (int i = 0; i <= turns.length + 1; i++) {
            double next = i <= turns.length ? at(turns, i) : 2;
            double high = Math.min(2, Math.max(low, next));
            double below = value(c, low);
            double above = value(c, high);
            if (below < 0 ? above >= 0 : below > 0 && above <= 0) {
                found[count++] = bisect(c, low, high, below < 0);
            }
            low = high;
        }
        double[] changes = new double[count];
        System.arraycopy(found, 0, changes, 0, count);
        return changes;
    }

    /** The i-th of the turns and zero, ascending. */
    private static double at(double[] turns, int i) {
        int before = 0;
        while (before < turns.length && turns[before] <= 0) {
            before++;
        }
        return i < before ? turns[i] : i == before ? 0 : turns[i - 1];
    }

    /** low and high have no zero between them, so their bits, as numbers, are ordered by magnitude. */
    private static double bisect(double[] c, double low, double high, boolean rising) {
        boolean negative = low < 0;
        long near = Double.doubleToRawLongBits(negative ? -high : low) & Long.MAX_VALUE;
        long far = Double.doubleToRawLongBits(negative ? -low : high) & Long.MAX_VALUE;
        boolean farIsAbove = rising != negative;
        while (far - near > 1) {
            long mid = (near + far) >>> 1;
            double t = Double.longBitsToDouble(mid);
            double value = value(c, negative ? -t : t);
            if (value == 0) {
                return negative ? -t : t;
            }
            if (value > 0 == farIsAbove) {
                far = mid;
            } else {
                near = mid;
            }
        }
        double a = signed(near, negative);
        double b = signed(far, negative);
        return Math.abs(value(c, a)) < Math.abs(value(c, b)) ? a : b;
    }

    private static double signed(long bits, boolean negative) {
        double t = Double.longBitsToDouble(bits);
        return negative ? -t : t;
    }

    private static double value(double[] c, double t) {
        double value = 0;
        for (int i = c.length - 1; i >= 0; i--) {
            value = value * t + c[i];
        }
        return value;
    }
}
