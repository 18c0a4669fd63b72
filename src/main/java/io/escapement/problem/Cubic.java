package io.escapement.problem;

/**
 * Real roots of a cubic in closed form, polished by Newton steps on the unscaled polynomial. The variable is scaled so
 * that coefficients differing by thirty orders of magnitude (σ_r = 1e−7 against 1) neither overflow nor vanish.
 */
final class Cubic {

    private Cubic() {}

    /** Real roots of as³ + bs² + cs + d; leading coefficients may be zero. */
    static double[] realRoots(double a, double b, double c, double d) {
        double scale = scale(a, b, c, d);
        if (scale == 0) {
            return new double[0];
        }
        // s = scale·t brings the coefficients to one size.
        double a3 = a * scale * scale * scale;
        double b2 = b * scale * scale;
        double c1 = c * scale;
        double largest = Math.max(Math.max(Math.abs(a3), Math.abs(b2)), Math.max(Math.abs(c1), Math.abs(d)));
        a3 /= largest;
        b2 /= largest;
        c1 /= largest;
        double d0 = d / largest;
        double[] t = Math.abs(a3) > 1e-14 ? cubic(b2 / a3, c1 / a3, d0 / a3) : quadratic(b2, c1, d0);
        for (int i = 0; i < t.length; i++) {
            t[i] = polish(a3, b2, c1, d0, t[i]) * scale;
        }
        return t;
    }

    /** A length at which the highest and the lowest nonzero term are equal. */
    private static double scale(double a, double b, double c, double d) {
        if (d == 0) {
            return a != 0 && c != 0 ? Math.sqrt(Math.abs(c / a)) : (a != 0 || b != 0 || c != 0 ? 1 : 0);
        }
        if (a != 0) {
            return Math.cbrt(Math.abs(d / a));
        }
        if (b != 0) {
            return Math.sqrt(Math.abs(d / b));
        }
        return c != 0 ? Math.abs(d / c) : 0;
    }

    /** Monic t³ + pt² + qt + r. */
    private static double[] cubic(double p, double q, double r) {
        double shift = p / 3;
        double u = (p * p - 3 * q) / 9;
        double v = (2 * p * p * p - 9 * p * q + 27 * r) / 54;
        double discriminant = u * u * u - v * v;
        if (discriminant >= 0 && u > 0) {
            double theta = Math.acos(Math.max(-1, Math.min(1, v / Math.sqrt(u * u * u))));
            double m = -2 * Math.sqrt(u);
            return new double[] {
                m * Math.cos(theta / 3) - shift,
                m * Math.cos((theta + 2 * Math.PI) / 3) - shift,
                m * Math.cos((theta - 2 * Math.PI) / 3) - shift
            };
        }
        double w = -Math.signum(v) * Math.cbrt(Math.abs(v) + Math.sqrt(Math.max(0, -discriminant)));
        return new double[] {w + (w == 0 ? 0 : u / w) - shift};
    }

    private static double[] quadratic(double a, double b, double c) {
        if (Math.abs(a) <= 1e-14) {
            return b == 0 ? new double[0] : new double[] {-c / b};
        }
        double discriminant = b * b - 4 * a * c;
        if (discriminant < 0) {
            return new double[0];
        }
        double q = -0.5 * (b + Math.copySign(Math.sqrt(discriminant), b));
        return q == 0 ? new double[] {0} : new double[] {q / a, c / q};
    }

    private static double polish(double a, double b, double c, double d, double start) {
        double t = start;
        for (int i = 0; i < 3; i++) {
            double value = ((a * t + b) * t + c) * t + d;
            double next = t - value / ((3 * a * t + 2 * b) * t + c);
            if (!Double.isFinite(next) || Math.abs(((a * next + b) * next + c) * next + d) >= Math.abs(value)) {
                break;
            }
            t = next;
        }
        return t;
    }
}
