package io.escapement.sensing.file;

import java.io.IOException;

/**
 * A cursor over JSON values, one to a line (NDJSON). Numbers are read without a string; NaN and null stand for a missing
 * number, as Python and spreadsheets write them.
 */
final class JsonLines {

    private final TextSource source;
    private final Field field = new Field();
    private int start;

    JsonLines(TextSource source) {
        this.source = source;
    }

    /** Goes to the next line with content; false at the end of the text. */
    boolean nextLine() throws IOException {
        while (source.peek() == '\n' || source.peek() == ' ' || source.peek() == '\t') {
            source.next();
        }
        return source.peek() != TextSource.END;
    }

    long line() {
        return source.line();
    }

    /** Takes a character if it is the next one. */
    boolean take(char c) throws IOException {
        if (peek() != c) {
            return false;
        }
        source.next();
        return true;
    }

    void expect(char c, String what) throws IOException {
        if (!take(c)) {
            throw malformed(here() + "; " + what + " is needed");
        }
    }

    private int peek() throws IOException {
        while (source.peek() == ' ' || source.peek() == '\t') {
            source.next();
        }
        start = source.byteOnLine();
        return source.peek();
    }

    /** What stands at the cursor, for messages. */
    private String here() throws IOException {
        int c = peek();
        if (c == TextSource.END) {
            return "the file ends here";
        }
        return c == '\n' ? "the line ends here" : TextSource.quote(new byte[] {(byte) c}, 1) + " is here";
    }

    /** The name of a member and its colon; valid until the next call. Escapes stay as they are written. */
    Field key() throws IOException {
        expect('"', "a name in double quotes");
        string(true);
        expect(':', "a colon after the name");
        return field;
    }

    private void string(boolean kept) throws IOException {
        field.clear();
        for (int c = source.peek(); c != '"'; c = source.peek()) {
            if (c == '\n' || c == TextSource.END) {
                throw malformed("the string is not closed; a \" is needed before the line ends");
            }
            add(source.next(), kept);
            if (c == '\\' && source.peek() != '\n' && source.peek() != TextSource.END) {
                add(source.next(), kept);
            }
        }
        source.next();
    }

    private void add(int c, boolean kept) throws MalformedInput {
        if (kept && !field.add(c)) {
            throw malformed(field.quoted() + " is longer than " + Field.LONGEST + " bytes; that is not possible here");
        }
    }

    /** Reads a bare word such as a number. */
    private void word(String what, String needed) throws IOException {
        int c = peek();
        field.clear();
        while (c != ',' && c != ']' && c != '}' && c != ':' && c != '"' && c != '[' && c != '{' && c > ' ') {
            add(source.next(), true);
            c = source.peek();
        }
        if (field.length() == 0) {
            throw malformed(what + " is missing, " + here() + "; " + needed + " is needed");
        }
    }

    /** A finite number, or NaN where it is null or NaN. */
    double numberOrMissing(String what) throws IOException {
        word(what, "a number");
        if (field.isMissing() || field.is("null")) {
            return Double.NaN;
        }
        return parsed(what, "a number, or null or NaN where it is missing,");
    }

    /** A finite number. */
    double number(String what) throws IOException {
        word(what, "a number");
        return parsed(what, "a finite number");
    }

    private double parsed(String what, String needed) throws MalformedInput {
        double value = field.number();
        if (!Double.isFinite(value)) {
            throw malformed(what + " is " + field.quoted()
                    + (Double.isInfinite(value)
                            ? ", too large a number; at most 1.8e308 is possible"
                            : "; " + needed + " is needed"));
        }
        return value;
    }

    /**
     * An index, from 0 whatever its base is.
     *
     * @param base of the text
     */
    int index(String what, int base) throws IOException {
        word(what, "a whole number from " + base);
        return index(what, base, field);
    }

    /** An index written as the name of a member. */
    int index(String what, int base, Field text) throws MalformedInput {
        double value = text.number();
        if (!(value >= base && value <= EntryList.LARGEST_INDEX) || value != Math.rint(value)) {
            throw malformed(what + " is " + text.quoted() + "; a whole number from " + base + " to "
                    + EntryList.LARGEST_INDEX + " is needed"
                    + (value == 0 && base == 1 ? " (--index-base 0 counts from 0)" : ""));
        }
        return (int) value - base;
    }

    /** Passes over any value. */
    void skipValue() throws IOException {
        int depth = 0;
        do {
            int c = peek();
            if (c == '{' || c == '[') {
                depth++;
                source.next();
            } else if ((c == '}' || c == ']') && depth > 0) {
                depth--;
                source.next();
            } else if ((c == ',' || c == ':') && depth > 0) {
                source.next();
            } else if (c == '"') {
                source.next();
                string(false);
            } else {
                word("the value", "a JSON value");
            }
        } while (depth > 0);
    }

    void endLine() throws IOException {
        int c = peek();
        if (c != '\n' && c != TextSource.END) {
            throw malformed(here() + "; the end of the line is needed: one value stands on each");
        }
    }

    /** At the value that was read last. */
    MalformedInput malformed(String problem) {
        return source.malformed(source.line(), start, problem);
    }

    MalformedInput malformed(long line, String problem) {
        return source.malformed(line, 0, problem);
    }

    void requireRoom(double bytes, String what) throws MalformedInput {
        HeapRoom.require(source.file(), bytes, what);
    }
}
