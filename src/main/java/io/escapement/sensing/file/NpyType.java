package io.escapement.sensing.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A NumPy element type that is a number, by its {@code descr} such as {@code <f8}: float32 and float64, whole numbers of 1, 2, 4
 * and 8 bytes, booleans. Those of 8 bytes beyond 2⁵³ become the nearest double.
 *
 * @param kind f, i, u or b
 * @param size bytes
 */
record NpyType(char kind, int size, ByteOrder order) {

    private static final Pattern DESCR = Pattern.compile("([<>|=]?)([A-Za-z?])(\\d{0,9})(\\[.*])?");

    /** @throws IllegalArgumentException if it is another type; the message says which */
    static NpyType of(String descr) {
        Matcher matcher = DESCR.matcher(descr);
        if (!matcher.matches()) {
            throw refused("elements of an unknown type", descr);
        }
        char kind = matcher.group(2).equals("?") ? 'b' : matcher.group(2).charAt(0);
        int size = matcher.group(3).isEmpty() ? 1 : Integer.parseInt(matcher.group(3));
        boolean known = switch (kind) {
            case 'f' -> size == 4 || size == 8;
            case 'i', 'u' -> size == 1 || size == 2 || size == 4 || size == 8;
            case 'b' -> size == 1;
            default -> false;
        };
        if (!known) {
            throw refused(name(kind, size), descr);
        }
        boolean ordered = matcher.group(1).equals("<") || matcher.group(1).equals(">");
        if (size > 1 && !ordered) {
            throw refused("elements whose byte order is not said", descr);
        }
        return new NpyType(kind, size, matcher.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private static IllegalArgumentException refused(String what, String descr) {
        return new IllegalArgumentException("the array holds " + what + " (" + TextSource.quote(descr)
                + "); float32, float64, whole numbers and booleans are read, as x.astype(float) makes them");
    }

    private static String name(char kind, int size) {
        return switch (kind) {
            case 'O' -> "Python objects";
            case 'c' -> "complex numbers";
            case 'S', 'a' -> "byte strings";
            case 'U' -> "strings";
            case 'V' -> "records or raw bytes";
            case 'M', 'm' -> "dates or durations";
            case 'f' -> "floating-point numbers of " + 8 * size + " bits";
            default -> "elements of an unknown type";
        };
    }

    /** @param out entries {@code from} to {@code from + count − 1} are overwritten by what {@code in} holds next */
    void decode(ByteBuffer in, double[] out, int from, int count) {
        in.order(order);
        for (int e = from; e < from + count; e++) {
            out[e] = next(in);
        }
    }

    private double next(ByteBuffer in) {
        if (kind == 'f') {
            return size == 8 ? in.getDouble() : in.getFloat();
        }
        long bits = switch (size) {
            case 1 -> in.get();
            case 2 -> in.getShort();
            case 4 -> in.getInt();
            default -> in.getLong();
        };
        if (kind == 'b') {
            return bits == 0 ? 0 : 1;
        }
        if (kind == 'i' || bits >= 0) {
            return bits;
        }
        // Unsigned: 2^64 − 1 is odd, so halve and keep the last bit for the rounding.
        return size == 8 ? 2.0 * ((bits >>> 1) | (bits & 1)) : bits + (double) (1L << (8 * size));
    }

    @Override
    public String toString() {
        return switch (kind) {
            case 'f' -> "float" + 8 * size;
            case 'i' -> "int" + 8 * size;
            case 'u' -> "uint" + 8 * size;
            default -> "bool";
        };
    }
}
