package io.escapement.problem;

/**
 * Real roots of a cubic in closed form, each polished by Newton steps.
 *
 * <p>At a stationary point the coefficients of a derivative on a ray may differ by thirty orders of magnitude, and so may
 * its roots: one at rounding, two at the size of the data. Therefore (derived) the variable is scaled by Fujiwara's bound,
 * so that all roots are within 2; one real root is taken from the closed form; it is divided out from the end that is
 * stable for its size; and the other two come from the quotient, which keeps the digits of small roots.
 */
final class Cubic {

    private static final int POLISH_STEPS = 4;

    private Cubic() {}

    /** Real roots of as³ + bs² + cs + d in no particular order; leading coefficients may be zero. */
    static double[] realRoots(double a, double b, double c, double d) {
        double scale = Math.max(Math.abs(b / a), Math.max(Math.sqrt(Math.abs(c / a)), Math.cbrt(Math.abs(d / a))));
        if (a == 0 || !Double.isFinite(scale)) {
            return quadratic(b, c, d);
        }
        if (scale == 0) {
            return new double[] {0};
        }
        // s = scale·t: t³ + pt² + qt + r with all three within [−1, 1].
        double p = b / a / scale;
        double q = c / a / scale / scale;
        double r = d / a / scale / scale / scale;
        double t = polish(p, q, r, extremeRoot(p, q, r));
        boolean small = Math.abs(t * t * t) < Math.abs(r);
        double constant = small || t == 0 ? q + (p + t) * t : -r / t;
        double linear = small || t == 0 ? p + t : (constant - q) / t;
        double[] others = quadratic(1, linear, constant);
        double[] roots = new double[1 + others.length];
        roots[0] = t * scale;
        for (int i = 0; i < others.length; i++) {
            roots[1 + i] = polish(p, q, r, others[i]) * scale;
        }
        return roots;
    }

    /** The real root of t³ + pt² + qt + r that is farthest from the mean of the roots. */
    private static double extremeRoot(double p, double q, double r) {
        double u = (p * p - 3 * q) / 9;
        double v = (2 * p * p * p - 9 * p * q + 27 * r) / 54;
        double discriminant = u * u * u - v * v;
        if (discriminant >= 0 && u > 0) {
            double theta = Math.acos(Math.min(1, Math.abs(v) / Math.sqrt(u * u * u)));
            return -Math.copySign(2 * Math.sqrt(u) * Math.cos(theta / 3), v) - p / 3;
        }
        double w = -Math.copySign(Math.cbrt(Math.abs(v) + Math.sqrt(Math.max(0, -discriminant))), v);
        return w + (w == 0 ? 0 : u / w) - p / 3;
    }

    private static double[] quadratic(double a, double b, double c) {
        if (a == 0) {
            return b == 0 ? new double[0] : new double[] {-c / b};
        }
        double half = 0.5 * b;
        double discriminant = half * half - a * c;
        if (discriminant < 0) {
            return new double[0];
        }
        double q = -(half + Math.copySign(Math.sqrt(discriminant), half));
        return q == 0 ? new double[] {0} : new double[] {q / a, c / q};
    }

    private static double polish(double p, double q, double r, double start) {
        double t = start;
        for (int i = 0; i < POLISH_STEPS; i++) {
            double value = ((t + p) * t + q) * t + r;
            double next = t - value / ((3 * t + 2 * p) * t + q);
            if (!Double.isFinite(next) || Math.abs(((next + p) * next + q) * next + r) >= Math.abs(value)) {
                break;
            }
            t = next;
        }
        return t;
    }
}
