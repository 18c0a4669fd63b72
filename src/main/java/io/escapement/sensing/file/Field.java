package io.escapement.sensing.file;

import java.util.Arrays;

/** The bytes of one field, reused from field to field. */
final class Field {

    private byte[] bytes = new byte[64];
    private int length;

    void clear() {
        length = 0;
    }

    void add(int c) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) c;
    }

    /** Removes spaces and tabs at both ends. */
    void trim() {
        while (length > 0 && isSpace(bytes[length - 1])) {
            length--;
        }
        int first = 0;
        while (first < length && isSpace(bytes[first])) {
            first++;
        }
        if (first > 0) {
            System.arraycopy(bytes, first, bytes, 0, length - first);
            length -= first;
        }
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\t';
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    boolean isMissing() {
        return DecimalText.isMissing(bytes, length);
    }

    /** NaN where it is not a number. */
    double number() {
        return DecimalText.parse(bytes, length);
    }

    String quoted() {
        return TextSource.quote(bytes, length);
    }

    Field copy() {
        Field copy = new Field();
        copy.bytes = Arrays.copyOf(bytes, Math.max(1, length));
        copy.length = length;
        return copy;
    }
}
