package io.escapement.sensing.file;

import io.escapement.sensing.ObservedMatrix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A matrix with missing entries as read from a file: Matrix Market if it begins with %%MatrixMarket, CSV otherwise, whatever
 * its name; through gzip if the name ends in {@code .gz}.
 *
 * @param name as the user named it
 * @param csv how a CSV file is laid out; empty for Matrix Market
 */
public record MatrixFile(String name, ObservedMatrix matrix, Optional<CsvLayout> csv) {

    /** As much of a first row as is looked at to find the delimiter. */
    private static final int SNIFF = 1 << 24;

    /**
     * @throws MalformedInput if the file does not exist, cannot be read or is not what its format asks for
     * @throws IOException if reading breaks off
     */
    public static MatrixFile read(Path path, CsvLayout.Expected expected) throws IOException {
        String name = path.toString();
        if (!Files.exists(path)) {
            throw new MalformedInput(name, 0, 0, "there is no such file");
        }
        if (Files.isDirectory(path)) {
            throw new MalformedInput(name, 0, 0, "this is a directory; a CSV or Matrix Market file is needed");
        }
        if (!Files.isReadable(path)) {
            throw new MalformedInput(name, 0, 0, "the file may not be read; check its permissions");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return read(in, name, expected);
        }
    }

    /**
     * From a stream, which is not closed.
     *
     * @param name for messages; ending in {@code .gz} if the bytes are compressed
     */
    public static MatrixFile read(InputStream in, String name, CsvLayout.Expected expected) throws IOException {
        if (!name.toLowerCase(Locale.ROOT).endsWith(".gz")) {
            return readText(in, name, expected);
        }
        try {
            return readText(new GZIPInputStream(in, 1 << 16), name, expected);
        } catch (ZipException | EOFException e) {
            throw new MalformedInput(name, 0, 0, "the name says gzip, and the content is not, or is cut short");
        }
    }

    private static MatrixFile readText(InputStream in, String name, CsvLayout.Expected expected) throws IOException {
        byte[] first = firstRecord(in);
        String start = new String(first, 0, Math.min(first.length, 20), StandardCharsets.UTF_8);
        start = start.startsWith("\uFEFF") ? start.substring(1) : start;
        TextSource source = new TextSource(name, new SequenceInputStream(new ByteArrayInputStream(first), in));
        if (start.toLowerCase(Locale.ROOT).startsWith(MatrixMarketReader.BANNER)) {
            return new MatrixMarketReader(source).read(name);
        }
        return new CsvReader(source, delimiter(first), expected).read(name);
    }

    /** Up to the first line end outside quotes, and somewhat more. */
    private static byte[] firstRecord(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        boolean quoted = false;
        while (read.size() < SNIFF) {
            int count = in.read(chunk);
            if (count < 0) {
                break;
            }
            read.write(chunk, 0, count);
            for (int p = 0; p < count; p++) {
                quoted ^= chunk[p] == '"';
                if (!quoted && (chunk[p] == '\n' || chunk[p] == '\r')) {
                    return read.toByteArray();
                }
            }
        }
        return read.toByteArray();
    }

    /** A tab if the first row has one outside quotes, else a semicolon if it has one, else a comma. */
    private static char delimiter(byte[] first) {
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
