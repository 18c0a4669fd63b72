package io.escapement.sensing.file;

import java.nio.charset.StandardCharsets;

/**
 * Decimal numbers in ASCII: sign, digits, a decimal point, an exponent; no hexadecimal, no type suffix, no grouping. A number
 * of up to 18 digits and a small power of ten is computed exactly without a string (Clinger 1990); the others go through
 * {@link Double#parseDouble}. A tenth of the time of making a string of every cell.
 */
final class DecimalText {

    private static final long EXACT = 1L << 53;
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private DecimalText() {}

    /** The nearest double, infinite where it is too large; NaN where the text is not a number in this sense. */
    static double parse(byte[] text, int length) {
        int p = 0;
        boolean negative = length > 0 && text[0] == '-';
        if (negative || (length > 0 && text[0] == '+')) {
            p++;
        }
        long mantissa = 0;
        int exponent = 0;
        boolean cut = false;
        int digits = 0;
        for (; p < length && isDigit(text[p]); p++, digits++) {
            if (mantissa < 100_000_000_000_000_000L) {
                mantissa = 10 * mantissa + (text[p] - '0');
            } else {
                cut = true;
            }
        }
        if (p < length && text[p] == '.') {
            p++;
            for (; p < length && isDigit(text[p]); p++, digits++) {
                if (mantissa < 100_000_000_000_000_000L) {
                    mantissa = 10 * mantissa + (text[p] - '0');
                    exponent--;
                } else {
                    cut = true;
                }
            }
        }
        if (digits == 0) {
            return Double.NaN;
        }
        if (p < length && (text[p] == 'e' || text[p] == 'E')) {
            p++;
            boolean down = p < length && text[p] == '-';
            if (down || (p < length && text[p] == '+')) {
                p++;
            }
            int first = p;
            int written = 0;
            for (; p < length && isDigit(text[p]); p++) {
                written = Math.min(100_000, 10 * written + (text[p] - '0'));
            }
            if (p == first) {
                return Double.NaN;
            }
            exponent += down ? -written : written;
        }
        if (p != length) {
            return Double.NaN;
        }
        if (!cut && mantissa <= EXACT && Math.abs(exponent) < POWERS.length) {
            double value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
            return negative ? -value : value;
        }
        return Double.parseDouble(new String(text, 0, length, StandardCharsets.ISO_8859_1));
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    /** Whether the text stands for a missing value: nothing, NA or NaN in any case. */
    static boolean isMissing(byte[] text, int length) {
        return length == 0
                || (length == 2 && is(text[0], 'n') && is(text[1], 'a'))
                || (length == 3 && is(text[0], 'n') && is(text[1], 'a') && is(text[2], 'n'));
    }

    private static boolean is(byte c, char lower) {
        return (c | 0x20) == lower;
    }
}
