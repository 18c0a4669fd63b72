package io.escapement.sensing.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of a file, decompressed if they are gzip, with a look ahead at the first of them.
 *
 * @param name as the user named it
 * @param in at its first byte; supports {@code mark}
 * @param atMost bytes that can follow; empty for standard input
 * @param gzip whether they come through a decompressor
 */
record ByteSource(String name, InputStream in, OptionalLong atMost, boolean gzip) {

    /** Deflate makes at most 1032 bytes of one (RFC 1951: 258 bytes from two bits). */
    static final long DEFLATE_RATIO = 1032;

    /** As much of a first row as is looked at to find the format and the delimiter. */
    private static final int LOOK = 1 << 20;

    static ByteSource of(String name, InputStream raw, OptionalLong size) throws IOException {
        InputStream in = new BufferedInputStream(raw, 1 << 16);
        boolean gzip = FileFormat.isGzip(look(in, 2));
        if (!gzip) {
            if (name.toLowerCase(Locale.ROOT).endsWith(".gz")) {
                throw new MalformedInput(
                        name, 0, 0, "the name says gzip, and the content is not; 1f 8b are the first bytes of gzip");
            }
            return new ByteSource(name, in, size, false);
        }
        OptionalLong inflated = size.isEmpty() ? size : OptionalLong.of(DEFLATE_RATIO * size.getAsLong());
        return new ByteSource(name, new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16), inflated, true);
    }

    /** Up to the first line end outside quotes, and somewhat more; a megabyte at most. Nothing is taken. */
    byte[] firstRecord() throws IOException {
        in.mark(LOOK);
        byte[] read = new byte[1024];
        int size = 0;
        boolean quoted = false;
        boolean ended = false;
        while (!ended && size < LOOK) {
            read = size == read.length ? Arrays.copyOf(read, 2 * size) : read;
            int count = in.read(read, size, read.length - size);
            if (count < 0) {
                break;
            }
            for (int p = size; p < size + count; p++) {
                quoted ^= read[p] == '"';
                ended |= !quoted && (read[p] == '\n' || read[p] == '\r');
            }
            size += count;
        }
        in.reset();
        return Arrays.copyOf(read, size);
    }

    private static byte[] look(InputStream in, int count) throws IOException {
        in.mark(count);
        byte[] read = in.readNBytes(count);
        in.reset();
        return read;
    }
}
