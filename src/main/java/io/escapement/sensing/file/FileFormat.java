package io.escapement.sensing.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** What a file's first bytes say it is; its name decides nothing but whether it must be gzip. */
public enum FileFormat {
    CSV("CSV"),
    MATRIX_MARKET("Matrix Market"),
    NDJSON("NDJSON"),
    NPY("NumPy array"),
    NPZ("NumPy archive");

    /** What can be read, for messages. */
    static final String KNOWN = "CSV, Matrix Market, NDJSON or NumPy .npy or .npz";

    private static final byte[] NUMPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** Bytes in which a zero means that the file is no text. */
    private static final int LOOK = 1024;

    private final String title;

    FileFormat(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    static boolean isGzip(byte[] first) {
        return first.length >= 2 && first[0] == 0x1F && first[1] == (byte) 0x8B;
    }

    /**
     * @param first the file's first line or more, or its first megabyte
     * @throws MalformedInput if it is none of these
     */
    static FileFormat of(String name, byte[] first) throws MalformedInput {
        if (startsWith(first, NUMPY)) {
            return NPY;
        }
        if (startsWith(first, "PK\3\4") || startsWith(first, "PK\5\6")) {
            return NPZ;
        }
        requireText(name, first);
        int at = startsWith(first, "\u00EF\u00BB\u00BF") ? 3 : 0;
        while (at < first.length && (first[at] == ' ' || first[at] == '\t' || first[at] == '\n' || first[at] == '\r')) {
            at++;
        }
        if (at < first.length && (first[at] == '{' || first[at] == '[')) {
            return NDJSON;
        }
        String start = new String(first, at, Math.min(first.length - at, 20), StandardCharsets.ISO_8859_1);
        return start.toLowerCase(Locale.ROOT).startsWith(MatrixMarketReader.BANNER) ? MATRIX_MARKET : CSV;
    }

    private static void requireText(String name, byte[] first) throws MalformedInput {
        for (String[] other : new String[][] {
            {"\u0089HDF", "HDF5 (a MATLAB 7.3 file is one too)"},
            {"MATLAB 5.0 MAT", "a MATLAB file"},
            {"PAR1", "Parquet"},
            {"\u00FF\u00FE", "UTF-16 text; save it as UTF-8"},
            {"\u00FE\u00FF", "UTF-16 text; save it as UTF-8"}
        }) {
            if (startsWith(first, other[0])) {
                throw new MalformedInput(name, 1, 0, "this is " + other[1] + "; " + KNOWN + " is needed");
            }
        }
        long line = 1;
        for (int p = 0; p < Math.min(first.length, LOOK); p++) {
            if (first[p] == 0) {
                throw new MalformedInput(
                        name, line, 0, "byte " + p + " is 0, so this is no text; " + KNOWN + " is needed");
            }
            line += first[p] == '\n' ? 1 : 0;
        }
    }

    private static boolean startsWith(byte[] bytes, String start) {
        return startsWith(bytes, start.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
