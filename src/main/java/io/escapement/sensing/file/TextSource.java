package io.escapement.sensing.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of a text, one by one, with the number of the line. CRLF and a lone CR arrive as LF; a leading BOM is dropped. A line
 * longer than {@link #LONGEST_LINE} is refused without reading on.
 */
final class TextSource {

    static final int END = -1;

    /** Bytes of a line, a buffer more or less: a row of three million numbers of twenty digits. */
    static final long LONGEST_LINE = 1L << 26;

    private final String file;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private long line = 1;
    /** Bytes before the buffer's first, and before the current line's first. */
    private long before;

    private long lineStart;
    private boolean afterCarriageReturn;

    TextSource(String file, InputStream in) throws IOException {
        this.file = file;
        this.in = in;
        limit = Math.max(0, in.readNBytes(buffer, 0, buffer.length));
        if (limit >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            position = 3;
            lineStart = 3;
        }
    }

    /** The next byte (0 to 255) without taking it, or {@link #END}. */
    int peek() throws IOException {
        while (true) {
            if (position == limit) {
                before += limit;
                if (before - lineStart > LONGEST_LINE) {
                    throw malformed(
                            line, 0, "the line is longer than " + LONGEST_LINE + " bytes; shorter ones are needed");
                }
                limit = Math.max(0, in.read(buffer, 0, buffer.length));
                position = 0;
                if (limit == 0) {
                    return END;
                }
            }
            if (afterCarriageReturn) {
                afterCarriageReturn = false;
                if (buffer[position] == '\n') {
                    position++;
                    continue;
                }
            }
            int c = buffer[position] & 0xFF;
            return c == '\r' ? '\n' : c;
        }
    }

    /** The next byte, or {@link #END}. */
    int next() throws IOException {
        int c = peek();
        if (c == END) {
            return END;
        }
        afterCarriageReturn = buffer[position++] == '\r';
        if (c == '\n') {
            line++;
            lineStart = before + position;
        }
        return c;
    }

    /** Number of the next byte on its line, from 1. */
    int byteOnLine() {
        return (int) (before + position - lineStart + 1);
    }

    /** Number of the line that the next byte is on, from 1. */
    long line() {
        return line;
    }

    String file() {
        return file;
    }

    MalformedInput malformed(long line, int column, String problem) {
        return new MalformedInput(file, line, column, problem);
    }

    /** UTF-8 text of a field. */
    String decode(byte[] bytes, int length, long line, int column) throws MalformedInput {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(line, column, "the text is not UTF-8; save the file in that encoding");
        }
    }

    static String quote(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return quote(bytes, bytes.length);
    }

    /** A field as it may stand in a message: short, printable. */
    static String quote(byte[] bytes, int length) {
        String text = new String(bytes, 0, Math.min(length, 40), StandardCharsets.UTF_8);
        StringBuilder shown = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.append(length > 40 ? "…\"" : "\"").toString();
    }
}
