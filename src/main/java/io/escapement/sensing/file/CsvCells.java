package io.escapement.sensing.file;

import java.io.IOException;

/**
 * Cells of a CSV text, RFC 4180: a cell may be in double quotes, in which delimiters and line ends are text and "" is a quote.
 * Spaces around a cell are dropped.
 */
final class CsvCells {

    private final TextSource source;
    private final char delimiter;
    private final Field field = new Field();
    private long line;
    private int column;
    private boolean quoted;
    private boolean lastOfRecord = true;

    CsvCells(TextSource source, char delimiter) {
        this.source = source;
        this.delimiter = delimiter;
    }

    /** Reads the next cell; false at the end of the text. */
    boolean next() throws IOException {
        if (lastOfRecord) {
            if (source.peek() == TextSource.END) {
                return false;
            }
            column = 0;
        }
        column++;
        line = source.line();
        field.clear();
        skipSpaces();
        quoted = source.peek() == '"';
        if (quoted) {
            source.next();
            readQuoted();
        } else {
            readPlain();
        }
        return true;
    }

    private void skipSpaces() throws IOException {
        while (source.peek() == ' ' || (source.peek() == '\t' && delimiter != '\t')) {
            source.next();
        }
    }

    private void readPlain() throws IOException {
        while (true) {
            int c = source.next();
            if (c == delimiter) {
                lastOfRecord = false;
                break;
            }
            if (c == '\n' || c == TextSource.END) {
                lastOfRecord = true;
                break;
            }
            if (!field.add(c)) {
                throw source.malformed(
                        line,
                        column,
                        field.quoted() + " is longer than " + Field.LONGEST + " bytes; a number or a label is needed");
            }
        }
        field.trim();
    }

    private void readQuoted() throws IOException {
        while (true) {
            int c = source.next();
            if (c == TextSource.END) {
                throw source.malformed(line, column, "the quote that opens here is never closed; a \" is missing");
            }
            if (c == '"') {
                if (source.peek() != '"') {
                    break;
                }
                source.next();
            }
            if (!field.add(c)) {
                throw source.malformed(
                        line,
                        column,
                        "the quote that opens here is not closed within " + Field.LONGEST + " bytes; a \" is missing");
            }
        }
        skipSpaces();
        int c = source.next();
        if (c != delimiter && c != '\n' && c != TextSource.END) {
            throw source.malformed(
                    line,
                    column,
                    "text follows the closing quote; a delimiter or the end of the line must, and a quote inside a quoted"
                            + " cell is written twice");
        }
        lastOfRecord = c != delimiter;
    }

    /** The current cell, valid until the next one. */
    Field field() {
        return field;
    }

    /** Line on which the current cell begins. */
    long line() {
        return line;
    }

    /** Number of the current cell in its record, from 1. */
    int column() {
        return column;
    }

    boolean lastOfRecord() {
        return lastOfRecord;
    }

    /** Whether the current record is a blank line. */
    boolean isBlankLine() {
        return column == 1 && lastOfRecord && !quoted && field.length() == 0;
    }

    /** A tab if the first row has one outside quotes, else a semicolon if it has one, else a comma. */
    static char delimiter(byte[] first) {
        boolean quoted = false;
        char found = ',';
        for (byte c : first) {
            quoted ^= c == '"';
            if (quoted) {
                continue;
            }
            if (c == '\n' || c == '\r') {
                break;
            }
            if (c == '\t') {
                return '\t';
            }
            if (c == ';') {
                found = ';';
            }
        }
        return found;
    }
}
