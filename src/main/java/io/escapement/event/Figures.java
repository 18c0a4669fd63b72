package io.escapement.event;

import java.util.Locale;

/** How figures are written in sentences: short, and the same everywhere. */
public final class Figures {

    private Figures() {}

    /** Four decimals or so between 1e−3 and 1e5, three significant digits in scientific form outside. */
    public static String of(double v) {
        double a = Math.abs(v);
        if (v == 0 || Double.isNaN(v) || Double.isInfinite(v)) {
            return v == 0 ? "0" : Double.toString(v);
        }
        if (a >= 1e-3 && a < 1e5) {
            String s = String.format(Locale.ROOT, a >= 1000 ? "%.1f" : a >= 1 ? "%.4f" : "%.5f", v);
            return minus(s.contains(".") ? s.replaceAll("0+$", "").replaceAll("\\.$", "") : s);
        }
        // 2.20e-06 as people write it: 2.20e−6.
        return minus(String.format(Locale.ROOT, "%.2e", v)
                .replaceFirst("e([+-])0", "e$1")
                .replace("e+", "e"));
    }

    private static String minus(String s) {
        return s.replace('-', '−');
    }
}
