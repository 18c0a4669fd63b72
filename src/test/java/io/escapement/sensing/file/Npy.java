package io.escapement.sensing.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** NumPy arrays and archives as bytes, right or wrong. */
final class Npy {

    static final Path RESOURCES = Path.of("src/test/resources/numpy");

    private Npy() {}

    /** @param header what stands in the braces */
    static byte[] withHeader(String header, byte[] data) {
        String dict = "{" + header + "}\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {
            (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) dict.length(), (byte) (dict.length() >> 8)
        });
        out.writeBytes(dict.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(data);
        return out.toByteArray();
    }

    /** float64, C order. */
    static byte[] array(String shape, double... values) {
        return withHeader("'descr': '<f8', 'fortran_order': False, 'shape': " + shape, data(values));
    }

    static byte[] data(double... values) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            data.putDouble(value);
        }
        return data.array();
    }

    /** @param members names and contents by turns */
    static byte[] archive(Object... members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < members.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) members[i]));
                zip.write((byte[]) members[i + 1]);
            }
        }
        return out.toByteArray();
    }
}
