package io.escapement.store.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A struct in Thrift's compact protocol, in which Parquet writes its headers. Fields in ascending order. */
final class Thrift {

    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;

    /** Longer lists carry their length apart. */
    private static final int SHORT_LIST = 14;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int last;

    Thrift number(int field, int value) {
        begin(field, I32);
        varint(out, zigzag(value));
        return this;
    }

    Thrift large(int field, long value) {
        begin(field, I64);
        varint(out, zigzag(value));
        return this;
    }

    Thrift text(int field, String value) {
        begin(field, BINARY);
        binary(value);
        return this;
    }

    Thrift struct(int field, Thrift value) {
        begin(field, STRUCT);
        out.writeBytes(value.bytes());
        return this;
    }

    Thrift structs(int field, List<Thrift> values) {
        list(field, values.size(), STRUCT);
        values.forEach(value -> out.writeBytes(value.bytes()));
        return this;
    }

    Thrift numbers(int field, int... values) {
        list(field, values.length, I32);
        for (int value : values) {
            varint(out, zigzag(value));
        }
        return this;
    }

    Thrift texts(int field, String... values) {
        list(field, values.length, BINARY);
        for (String value : values) {
            binary(value);
        }
        return this;
    }

    /** With the mark of its end. */
    byte[] bytes() {
        byte[] fields = out.toByteArray();
        return Arrays.copyOf(fields, fields.length + 1);
    }

    private void begin(int field, int type) {
        // All fields here are less than 16 apart.
        out.write((field - last) << 4 | type);
        last = field;
    }

    private void list(int field, int size, int type) {
        begin(field, LIST);
        if (size <= SHORT_LIST) {
            out.write(size << 4 | type);
        } else {
            out.write(0xf0 | type);
            varint(out, size);
        }
    }

    private void binary(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    /** Seven bits to a byte, lowest first. */
    static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
