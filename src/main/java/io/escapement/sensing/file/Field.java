package io.escapement.sensing.file;

import java.util.Arrays;

/** The bytes of one field, at most {@link #LONGEST} of them, reused from field to field. */
final class Field {

    /** Bytes of a number or a label. */
    static final int LONGEST = 1 << 16;

    private byte[] bytes;
    private int length;

    Field() {
        this(new byte[64]);
    }

    private Field(byte[] bytes) {
        this.bytes = bytes;
    }

    void clear() {
        length = 0;
    }

    /** Whether there was room for it. */
    boolean add(int c) {
        if (length == bytes.length) {
            if (length == LONGEST) {
                return false;
            }
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) c;
        return true;
    }

    /** Whether it is this ASCII text. */
    boolean is(String text) {
        if (text.length() != length) {
            return false;
        }
        for (int p = 0; p < length; p++) {
            if (bytes[p] != text.charAt(p)) {
                return false;
            }
        }
        return true;
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
        Field copy = new Field(Arrays.copyOf(bytes, length));
        copy.length = length;
        return copy;
    }
}
