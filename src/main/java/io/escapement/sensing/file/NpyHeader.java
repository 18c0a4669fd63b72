package io.escapement.sensing.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Header of a NumPy array, format versions 1 to 3 (numpy.lib.format): magic, version, length, and a Python dict of {@code descr},
 * {@code fortran_order} and {@code shape}.
 *
 * @param fortran whether the first index varies fastest
 * @param start bytes before the first element
 */
record NpyHeader(NpyType type, boolean fortran, List<Long> shape, int start) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** Bytes of a header; NumPy itself reads up to 10,000. */
    static final int LONGEST = 1 << 16;

    private static final int MOST_DIMENSIONS = 32;

    NpyHeader {
        shape = List.copyOf(shape);
    }

    static NpyHeader read(String name, InputStream in) throws IOException {
        byte[] magic = take(name, in, 8, 0);
        if (!Arrays.equals(magic, 0, 6, MAGIC, 0, 6)) {
            throw MalformedInput.atByte(
                    name, 0, "this is no NumPy array; one begins with 93 4e 55 4d 50 59, as numpy.save writes it");
        }
        int major = magic[6] & 0xFF;
        if (major < 1 || major > 3) {
            throw MalformedInput.atByte(name, 6, "the format has version " + major + "; 1, 2 and 3 are read");
        }
        int width = major == 1 ? 2 : 4;
        byte[] sized = take(name, in, width, 8);
        long length = 0;
        for (int p = width - 1; p >= 0; p--) {
            length = length << 8 | (sized[p] & 0xFF);
        }
        if (length > LONGEST) {
            throw MalformedInput.atByte(
                    name, 8, "the header declares " + length + " bytes for itself; at most " + LONGEST + " are read");
        }
        byte[] text = take(name, in, (int) length, 8 + width);
        return new Dict(name, text, 8 + width).header();
    }

    private static byte[] take(String name, InputStream in, int count, int offset) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw MalformedInput.atByte(
                    name, offset + bytes.length, "the file ends in the header of a NumPy array; write it again");
        }
        return bytes;
    }

    /** Elements; the largest long where there are more. */
    long count() {
        long count = 1;
        for (long size : shape) {
            if (size == 0) {
                return 0;
            }
            count = count > Long.MAX_VALUE / size ? Long.MAX_VALUE : count * size;
        }
        return count;
    }

    /** As Python shows it: (200, 30, 20), (200,). */
    String shown() {
        return shape.stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "(", shape.size() == 1 ? ",)" : ")"));
    }

    @Override
    public String toString() {
        return shown() + " " + type;
    }

    /** The dict, of the few literals that occur in it. */
    private static final class Dict {
        private final String name;
        private final String text;
        private final int start;
        private int at;

        Dict(String name, byte[] bytes, int start) {
            this.name = name;
            this.text = new String(bytes, StandardCharsets.ISO_8859_1);
            this.start = start;
        }

        NpyHeader header() throws MalformedInput {
            NpyType type = null;
            Boolean fortran = null;
            List<Long> shape = null;
            Set<String> keys = new HashSet<>();
            expect("{");
            while (!take("}")) {
                String key = string();
                if (!keys.add(key)) {
                    throw malformed(TextSource.quote(key) + " is given twice");
                }
                expect(":");
                switch (key) {
                    case "descr" -> type = type();
                    case "fortran_order" -> fortran = bool();
                    case "shape" -> shape = shape();
                    default -> throw malformed("the key " + TextSource.quote(key) + " is not one of an array");
                }
                if (!take(",")) {
                    expect("}");
                    break;
                }
            }
            if (type == null || fortran == null || shape == null) {
                throw malformed(
                        "the header lacks " + (type == null ? "descr" : fortran == null ? "fortran_order" : "shape"));
            }
            return new NpyHeader(type, fortran, shape, start + text.length());
        }

        private NpyType type() throws MalformedInput {
            skip();
            if (text.startsWith("[", at) || text.startsWith("(", at)) {
                throw malformed("the array holds records of several fields; save one field, as float numbers");
            }
            String descr = string();
            try {
                return NpyType.of(descr);
            } catch (IllegalArgumentException e) {
                throw malformed(e.getMessage());
            }
        }

        private boolean bool() throws MalformedInput {
            if (take("True")) {
                return true;
            }
            expect("False");
            return false;
        }

        private List<Long> shape() throws MalformedInput {
            List<Long> sizes = new ArrayList<>();
            expect("(");
            while (!take(")")) {
                skip();
                int from = at;
                while (at < text.length() && Character.isDigit(text.charAt(at))) {
                    at++;
                }
                if (at == from || at - from > 18 || sizes.size() == MOST_DIMENSIONS) {
                    at = from;
                    throw malformed("the shape is not a tuple of a few whole numbers");
                }
                sizes.add(Long.parseLong(text.substring(from, at)));
                take("L");
                if (!take(",")) {
                    expect(")");
                    break;
                }
            }
            return sizes;
        }

        private String string() throws MalformedInput {
            skip();
            char quote = at < text.length() ? text.charAt(at) : ' ';
            int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
            if (end < 0) {
                throw malformed("a string in quotes is needed");
            }
            String string = text.substring(at + 1, end);
            at = end + 1;
            return string;
        }

        private void skip() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
                at++;
            }
        }

        private boolean take(String literal) {
            skip();
            if (!text.startsWith(literal, at)) {
                return false;
            }
            at += literal.length();
            return true;
        }

        private void expect(String literal) throws MalformedInput {
            if (!take(literal)) {
                throw malformed(literal + " is needed");
            }
        }

        private MalformedInput malformed(String problem) {
            String here = text.substring(Math.min(at, text.length()), Math.min(at + 20, text.length()));
            return MalformedInput.atByte(
                    name, start + at, "in the header, at " + TextSource.quote(here) + ": " + problem);
        }
    }
}
