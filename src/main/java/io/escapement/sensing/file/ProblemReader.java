package io.escapement.sensing.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipException;

/**
 * Reads a problem from a file by what the file holds; through gzip where its first bytes are gzip's.
 *
 * @param csv how a CSV file is laid out
 * @param psd whether dense measurements are of a symmetric positive semidefinite matrix
 * @param indexBase index of the first row and column in NDJSON, 0 or 1
 */
public record ProblemReader(CsvLayout.Expected csv, boolean psd, int indexBase) {

    /** Layouts are found, matrices are rectangular, indices count from 0. */
    public static final ProblemReader STANDARD = new ProblemReader(CsvLayout.Expected.AUTO, false, 0);

    private static final String NUMPY = "a NumPy .npy file";

    public ProblemReader {
        if (indexBase != 0 && indexBase != 1) {
            throw new IllegalArgumentException("indexBase is " + indexBase + "; 0 or 1 is possible");
        }
    }

    /**
     * @throws MalformedInput if the file does not exist, cannot be read or is not what its format asks for
     * @throws IOException if reading breaks off
     */
    public ProblemFile read(Path path) throws IOException {
        InputFile file = InputFile.of(path, "a file in " + FileFormat.KNOWN);
        try (InputStream in = file.open()) {
            return read(in, file.name(), Optional.of(file));
        }
    }

    /**
     * From a stream, which is not closed. NumPy files are refused: what their headers declare is checked against a size.
     *
     * @param name for messages; ending in {@code .gz} if the bytes must be compressed
     */
    public ProblemFile read(InputStream in, String name) throws IOException {
        return read(in, name, Optional.empty());
    }

    /** Dense measurements ⟨A_k, M⟩ = b_k from a NumPy array each. */
    public SensingFile read(Path a, Path b) throws IOException {
        double[] measured = fromArray(InputFile.of(b, NUMPY), NpyArray::vector);
        InputFile file = InputFile.of(a, NUMPY);
        return fromArray(file, array -> new DenseRowsReader(array, measured, psd).read(file.name(), FileFormat.NPY));
    }

    @FunctionalInterface
    private interface FromArray<T> {
        T read(NpyArray array) throws IOException;
    }

    private static <T> T fromArray(InputFile file, FromArray<T> reader) throws IOException {
        try (InputStream in = file.open()) {
            return unpacked(in, file.name(), Optional.of(file), source -> {
                FileFormat format = FileFormat.of(file.name(), source.firstRecord());
                if (format != FileFormat.NPY) {
                    throw new MalformedInput(
                            file.name(), 0, 0, "this is " + format.title() + "; beside --b " + NUMPY + " is needed");
                }
                return reader.read(
                        new NpyArray(source.name(), source.in(), source.atMost().orElseThrow()));
            });
        }
    }

    private ProblemFile read(InputStream in, String name, Optional<InputFile> file) throws IOException {
        return unpacked(in, name, file, source -> parse(source, file));
    }

    private ProblemFile parse(ByteSource source, Optional<InputFile> file) throws IOException {
        byte[] first = source.firstRecord();
        FileFormat format = FileFormat.of(source.name(), first);
        if (format == FileFormat.NPY || format == FileFormat.NPZ) {
            if (file.isEmpty() || (source.gzip() && format == FileFormat.NPZ)) {
                throw new MalformedInput(
                        source.name(),
                        0,
                        0,
                        "this is a " + format.title() + (file.isEmpty() ? " in a pipe" : " inside gzip")
                                + "; it is read from a file of its own");
            }
            return format == FileFormat.NPZ
                    ? NpzFile.read(file.orElseThrow(), psd)
                    : new NpyArray(source.name(), source.in(), source.atMost().orElseThrow()).matrix();
        }
        TextSource text = new TextSource(source.name(), source.in());
        return switch (format) {
            case MATRIX_MARKET -> new MatrixMarketReader(text).read(source.name());
            case NDJSON -> new NdjsonReader(text, indexBase).read(source.name());
            default -> new CsvReader(text, CsvCells.delimiter(first), csv).read(source.name());
        };
    }

    @FunctionalInterface
    private interface Content<T> {
        T read(ByteSource source) throws IOException;
    }

    /** Errors of a decompressor become ones of the file. */
    private static <T> T unpacked(InputStream in, String name, Optional<InputFile> file, Content<T> content)
            throws IOException {
        OptionalLong size = file.map(known -> OptionalLong.of(known.size())).orElse(OptionalLong.empty());
        try {
            return content.read(ByteSource.of(name, in, size));
        } catch (ZipException | EOFException e) {
            throw new MalformedInput(
                    name,
                    0,
                    0,
                    "the compressed content is damaged or cut short: " + e.getMessage() + "; write it again");
        }
    }
}
