package io.escapement.ingest;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines, however the bytes come in pieces. A line that lies in one piece is not copied. What is
 * too long is passed over up to its end, and takes no more memory than a line may. Not thread-safe.
 */
final class LineSplitter {

    /** Where lines go. */
    interface Lines {
        /** A line without its end. */
        void line(byte[] bytes, int from, int to);

        /** A line that was too long; it is not given. */
        void tooLong();
    }

    private static final int FIRST = 4096;

    private final int most;
    private final Lines lines;

    /** The beginning of a line whose end has not come. */
    private byte[] begun = new byte[FIRST];

    private int length;
    private boolean skipping;

    /** @param most bytes of a line, at least 1 */
    LineSplitter(int most, Lines lines) {
        if (most < 1) {
            throw new IllegalArgumentException("most is " + most + "; at least 1 is needed");
        }
        this.most = most;
        this.lines = lines;
    }

    void take(byte[] bytes, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                end(bytes, start, i);
                start = i + 1;
            }
        }
        keep(bytes, start, to);
    }

    /** What came last was not ended by a line end, and is a line all the same. */
    void finish() {
        if (length > 0 || skipping) {
            end(begun, 0, 0);
        }
    }

    private void end(byte[] bytes, int from, int to) {
        if (skipping || (long) length + to - from > most) {
            skipping = false;
            length = 0;
            lines.tooLong();
        } else if (length == 0) {
            lines.line(bytes, from, to);
        } else {
            keep(bytes, from, to);
            int whole = length;
            length = 0;
            lines.line(begun, 0, whole);
        }
    }

    private void keep(byte[] bytes, int from, int to) {
        int more = to - from;
        if (skipping || (long) length + more > most) {
            skipping = true;
            length = 0;
            return;
        }
        if (length + more > begun.length) {
            begun = Arrays.copyOf(begun, Math.min(most, Math.max(length + more, 2 * begun.length)));
        }
        System.arraycopy(bytes, from, begun, length, more);
        length += more;
    }
}
