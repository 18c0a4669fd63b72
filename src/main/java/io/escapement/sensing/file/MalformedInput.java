package io.escapement.sensing.file;

import java.io.IOException;

/**
 * Input that is not what its format asks for. The message begins with the file's name and the place.
 */
public final class MalformedInput extends IOException {

    private final String file;
    private final long line;
    private final int column;

    /**
     * @param file as the user named it
     * @param line from 1; 0 if the file as a whole is meant
     * @param column the field on the line, from 1; 0 if the line as a whole is meant
     * @param problem what is wrong, and what would be valid
     */
    public MalformedInput(String file, long line, int column, String problem) {
        super(file + (line > 0 ? ", line " + line : "") + (column > 0 ? ", column " + column : "") + ": " + problem);
        this.file = file;
        this.line = line;
        this.column = column;
    }

    private MalformedInput(String file, String place, String problem) {
        super(file + ", " + place + ": " + problem);
        this.file = file;
        this.line = 0;
        this.column = 0;
    }

    /** In a binary file. */
    static MalformedInput atByte(String file, long offset, String problem) {
        return new MalformedInput(file, "byte " + offset, problem);
    }

    public String file() {
        return file;
    }

    /** From 1; 0 if the file as a whole is meant. */
    public long line() {
        return line;
    }

    /** The field on the line, from 1; 0 if the line as a whole is meant. */
    public int column() {
        return column;
    }
}
