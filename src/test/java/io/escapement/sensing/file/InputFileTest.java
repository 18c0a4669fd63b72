package io.escapement.sensing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no problem file at all, whatever it is called. */
@Timeout(60)
class InputFileTest {

    private static final int SLACK = 1 << 21;

    @TempDir
    private Path directory;

    private void assertRefused(Path path, String message) {
        assertThatThrownBy(() -> ProblemReader.STANDARD.read(path))
                .isInstanceOf(MalformedInput.class)
                .hasMessageStartingWith(path.toString())
                .hasMessageContaining(message);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void pipesAndDevicesAreNotWaitedFor() throws IOException, InterruptedException {
        Path zero = Path.of("/dev/zero");
        assertRefused(zero, "this is a pipe or a device, not a regular file; a file in CSV, Matrix Market");
        Path pipe = directory.resolve("pipe.csv");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertRefused(pipe, "this is a pipe or a device");
        assertRefused(directory, "this is a directory; a file in CSV");
    }

    static Stream<Arguments> noProblems() {
        byte[] garbage = new byte[4096];
        new Random(1).nextBytes(garbage);
        return Stream.of(
                Arguments.of(new byte[0], "line 1: the file is empty; CSV, Matrix Market, NDJSON or NumPy"),
                Arguments.of(new byte[1 << 16], "line 1: byte 0 is 0, so this is no text; CSV, Matrix Market"),
                Arguments.of(garbage, "is 0, so this is no text"),
                Arguments.of(ascii("\u0089HDF\r\n\u001A\n"), "line 1: this is HDF5"),
                Arguments.of(ascii("MATLAB 5.0 MAT-file"), "this is a MATLAB file"),
                Arguments.of("1,2\n3,4\n".getBytes(StandardCharsets.UTF_16), "UTF-16 text; save it as UTF-8"),
                Arguments.of("1,2\n3,4\n".getBytes(StandardCharsets.UTF_16LE), "byte 1 is 0"),
                Arguments.of(ascii("1,2\n3,\u00FF\u00FE\n"), "line 2, column 2: \"\uFFFD\uFFFD\" is not a number"),
                Arguments.of(ascii("a\u00FF,b\n1,2\n3,4\n"), "line 1, column 1: the text is not UTF-8"));
    }

    @ParameterizedTest
    @MethodSource("noProblems")
    void whatIsNoProblemIsRefusedByContent(byte[] bytes, String message) throws IOException {
        for (String name : new String[] {"x", "x.csv", "x.mtx", "x.npy", "x.npz", "x.ndjson"}) {
            assertRefused(write(name, bytes), message);
        }
        assertRefused(write("x.gz", gzip(bytes)), message);
    }

    @ParameterizedTest
    @CsvSource({"plain.csv", "coordinate.mtx"})
    void gzipIsKnownByItsBytesAndNeverRunsOn(String name) throws IOException {
        byte[] plain = Files.readAllBytes(Path.of("src/test/resources/matrices", name));
        byte[] packed = gzip(plain);
        String whole = MatrixFileTest.shown(
                MatrixFileTest.read(write("packed", packed)).matrix());
        assertThat(whole)
                .isEqualTo(MatrixFileTest.shown(MatrixFileTest.resource(name).matrix()));
        for (int length = 2; length < packed.length; length++) {
            assertRefused(write("cut", Arrays.copyOf(packed, length)), "damaged or cut short");
        }
        byte[] damaged = packed.clone();
        damaged[packed.length - 6] ^= 1;
        assertRefused(write("damaged", damaged), "damaged or cut short");
        assertRefused(write("plain.gz", plain), "the name says gzip, and the content is not");
        assertRefused(write("twice.gz", gzip(packed)), "");
    }

    @Test
    void numpyIsNotReadFromAPipe() {
        InputStream in = new ByteArrayInputStream(Npy.array("(2, 2)", 1, 2, 3, 4));
        assertThatThrownBy(() -> ProblemReader.STANDARD.read(in, "standard input"))
                .hasMessage("standard input: this is a NumPy array in a pipe; it is read from a file of its own");
    }

    /** Text without an end; counts what is taken from it. */
    private static final class Endless extends InputStream {
        private final byte[] start;
        private final byte[] repeated;
        private long taken;

        /** @param repeated one or two characters */
        Endless(String start, String repeated) {
            this.start = ascii(start);
            this.repeated = ascii(repeated.repeat(1 << 12));
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int from, int count) {
            boolean begin = taken < start.length;
            byte[] source = begin ? start : repeated;
            int at = (int) (begin ? taken : (taken - start.length) % repeated.length);
            int now = Math.min(count, source.length - at);
            System.arraycopy(source, at, into, from, now);
            taken += now;
            return now;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`1`         | `1`   | 65536    | line 1, column 1: \"1111111111111111111111111111111111111111…\" is longer",
                "`1,2~\"`    | `x`   | 65536    | line 2, column 1: the quote that opens here is not closed within 65536",
                "``          | `1,`  | 2097152  | line 1, column 1048577: the row has more than 1048576 cells",
                "`1,2~`      | ` `   | 67108864 | line 2: the line is longer than 67108864 bytes",
                "`1,2~3,4~`  | `5,`  | 67108864 | line 3: the line is longer than 67108864 bytes",
                "`%%MatrixMarket matrix coordinate real general~` | `%` | 67108864 | line 2: the line is longer than",
                "`%%MatrixMarket matrix coordinate real general~2 2 1~1 1 ` | `7` | 65536 | line 3, column 3: \"7777",
                "`[0,0,1]~`  | `[`   | 65536    | line 2, column 2: i is missing",
                "`[0,0,1]~{\"x\":` | `[` | 67108864 | line 2: the line is longer than",
                "`[0,0,1]~{\"x\":\"` | `y` | 67108864 | line 2: the line is longer than",
                "`[0,0,1]~{\"` | `y` | 65536 | is longer than 65536 bytes",
                "`{\"b\":1,\"terms\":[[0,0,1],[1,1,` | `8` | 65536 | line 1, column 30: \"888",
            })
    void aLineWithoutAnEndIsRefusedWithoutReadingOn(String start, String repeated, long enough, String message) {
        Endless in = new Endless(start.replace('~', '\n'), repeated);
        long before = Allocation.here();
        MalformedInput malformed =
                catchThrowableOfType(MalformedInput.class, () -> ProblemReader.STANDARD.read(in, "t"));
        assertThat(malformed).hasMessageContaining(message);
        assertThat(in.taken).as("bytes taken").isLessThan(enough + SLACK);
        assertThat(Allocation.here() - before).as("bytes allocated").isLessThan(400L << 20);
    }

    @Test
    void aSparseFileOfOneLineIsRefused() throws IOException {
        Path file = write("line.csv", ascii("1,2,".repeat(1000)));
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3_000_000_000L);
        }
        long before = Allocation.here();
        assertRefused(file, "line 1, column 2001: \"\\u0000");
        assertThat(Allocation.here() - before).isLessThan(16 << 20);
    }
}
