package io.escapement.ingest;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The gzip format (RFC 1952), read in whatever pieces it comes: {@code GZIPInputStream} would need a thread that waits. What
 * comes out is handed on in pieces of {@value #PIECE} bytes, so that little that becomes much takes no memory. Checks length
 * and CRC-32 of each member. Not thread-safe.
 */
final class Gunzip implements AutoCloseable {

    private static final int PIECE = 1 << 16;
    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int FLAG_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;

    /** Where what was inside goes; the array is used again. */
    @FunctionalInterface
    interface Out {
        void piece(byte[] buffer, int length);
    }

    private enum Part {
        HEADER,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CRC,
        BODY,
        TRAILER
    }

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[PIECE];
    private Part part = Part.HEADER;

    /** Bytes of the part so far, and what they say as a number, the lowest first. */
    private int seen;

    private long number;
    private int flags;
    private int toSkip;
    private boolean any;
    private String trouble;

    void take(byte[] bytes, Out out) {
        int at = 0;
        while (at < bytes.length && trouble == null) {
            any = true;
            if (part == Part.BODY) {
                at = inflate(bytes, at, out);
            } else {
                step(bytes[at++] & 0xff);
            }
        }
    }

    /** Whether it ended where a member ended. */
    boolean whole() {
        return trouble == null && any && part == Part.HEADER && seen == 0;
    }

    boolean broken() {
        return trouble != null || (any && !whole());
    }

    String trouble() {
        return trouble == null ? "it ends too early" : trouble;
    }

    private int inflate(byte[] bytes, int at, Out out) {
        inflater.setInput(bytes, at, bytes.length - at);
        try {
            while (true) {
                int length = inflater.inflate(buffer);
                if (length > 0) {
                    crc.update(buffer, 0, length);
                    out.piece(buffer, length);
                } else if (inflater.finished()) {
                    enter(Part.TRAILER);
                    return bytes.length - inflater.getRemaining();
                } else if (inflater.needsDictionary()) {
                    trouble = "it needs a dictionary";
                    return bytes.length;
                } else {
                    return bytes.length;
                }
            }
        } catch (DataFormatException e) {
            trouble = e.getMessage() == null ? "it cannot be inflated" : e.getMessage();
            return bytes.length;
        }
    }

    private void enter(Part next) {
        part = next;
        seen = 0;
        number = 0;
    }

    /** One byte of what is around the body. */
    private void step(int value) {
        if (part != Part.EXTRA && part != Part.NAME && part != Part.COMMENT && seen < 8) {
            number |= (long) value << (8 * seen);
        }
        seen++;
        switch (part) {
            case HEADER -> header();
            case EXTRA_LENGTH -> {
                if (seen == 2) {
                    toSkip = (int) number;
                    enter(Part.EXTRA);
                    skipped();
                }
            }
            case EXTRA -> skipped();
            case NAME, COMMENT -> {
                if (value == 0) {
                    after(part);
                }
            }
            case HEADER_CRC -> {
                if (seen == 2) {
                    after(part);
                }
            }
            default -> trailer();
        }
    }

    private void header() {
        if (seen == 3 && (number & 0xffffff) != 0x088b1f) {
            trouble = "it does not begin like one";
        }
        if (seen == 4) {
            flags = (int) (number >> 24) & 0xff;
        }
        if (seen == HEADER) {
            if ((flags & FLAG_EXTRA) != 0) {
                enter(Part.EXTRA_LENGTH);
            } else {
                after(Part.EXTRA);
            }
        }
    }

    private void skipped() {
        if (seen == toSkip) {
            after(Part.EXTRA);
        }
    }

    /** What comes after a part of the header, by the flags. */
    private void after(Part done) {
        if (done.compareTo(Part.NAME) < 0 && (flags & FLAG_NAME) != 0) {
            enter(Part.NAME);
        } else if (done.compareTo(Part.COMMENT) < 0 && (flags & FLAG_COMMENT) != 0) {
            enter(Part.COMMENT);
        } else if (done.compareTo(Part.HEADER_CRC) < 0 && (flags & FLAG_CRC) != 0) {
            enter(Part.HEADER_CRC);
        } else {
            enter(Part.BODY);
        }
    }

    private void trailer() {
        if (seen == TRAILER) {
            long sum = number & 0xffffffffL;
            long length = number >>> 32;
            if (sum != crc.getValue() || length != (inflater.getBytesWritten() & 0xffffffffL)) {
                trouble = "its checksum or length is wrong";
                return;
            }
            crc.reset();
            inflater.reset();
            enter(Part.HEADER);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
