package io.escapement.sensing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The resources were written by NumPy 2.4. */
class NpyArrayTest {

    private static final String PLAIN = "'descr': '<f8', 'fortran_order': False, 'shape': ";

    @TempDir
    private Path directory;

    private ProblemFile read(byte[] bytes) throws IOException {
        return ProblemReader.STANDARD.read(Files.write(directory.resolve("x.npy"), bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.npy", "missing-fortran.npy"})
    void readsBothOrders(String name) throws IOException {
        MatrixFile file = MatrixFileTest.read(Npy.RESOURCES.resolve(name));
        assertThat(MatrixFileTest.shown(file.matrix())).isEqualTo("1.5 -2.0 ? / 0.25 3.0 1.0E10");
        assertThat(file.format()).isEqualTo(FileFormat.NPY);
        assertThat(file.csv()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsAllVersions(int version) throws IOException {
        MatrixFile file = MatrixFileTest.read(Npy.RESOURCES.resolve("version" + version + ".npy"));
        assertThat(MatrixFileTest.shown(file.matrix())).isEqualTo("1.0 2.0 / 3.0 4.0");
    }

    @ParameterizedTest
    @CsvSource({
        "le-f4", "be-f4", "le-f8", "be-f8", "i1", "le-i2", "be-i2", "le-i4", "be-i4", "le-i8", "be-i8", "u1", "le-u2",
        "be-u2", "le-u4", "be-u4", "le-u8", "be-u8"
    })
    void readsAllNumbers(String type) throws IOException {
        MatrixFile file = MatrixFileTest.read(Npy.RESOURCES.resolve("type-" + type + ".npy"));
        assertThat(MatrixFileTest.shown(file.matrix())).isEqualTo("1.0 2.0 / 3.0 127.0");
    }

    @Test
    void readsBooleansAndTheLargestWholeNumbers() throws IOException {
        assertThat(MatrixFileTest.shown(MatrixFileTest.read(Npy.RESOURCES.resolve("type-bool.npy"))
                        .matrix()))
                .isEqualTo("1.0 0.0 / 0.0 1.0");
        assertThat(MatrixFileTest.read(Npy.RESOURCES.resolve("extremes-u8.npy"))
                        .matrix()
                        .values())
                .containsExactly(0x1p64, 0x1p63, 0x1p53, 0);
        byte[] negative = Npy.withHeader(
                "'descr': '|i1', 'fortran_order': False, 'shape': (2, 2)", new byte[] {-1, 1, -128, 127});
        assertThat(((MatrixFile) read(negative)).matrix().values()).containsExactly(-1, 1, -128, 127);
        byte[] unsigned = Npy.withHeader(
                "'descr': '<u2', 'fortran_order': False, 'shape': (2, 2)", new byte[] {-1, -1, 0, -128, 1, 0, 0, 1});
        assertThat(((MatrixFile) read(unsigned)).matrix().values()).containsExactly(65535, 32768, 1, 256);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "object.npy  | Python objects (\"|O\"); float32, float64, whole numbers and booleans are read",
                "complex.npy | complex numbers (\"<c16\")",
                "strings.npy | strings (\"<U2\")",
                "bytes.npy   | byte strings (\"|S2\")",
                "half.npy    | floating-point numbers of 16 bits (\"<f2\")",
                "records.npy | records of several fields",
                "dates.npy   | dates or durations"
            })
    void refusesOtherTypesByName(String name, String message) {
        // The delimiter of the table is also NumPy's mark of a type without byte order.
        assertThatThrownBy(() -> ProblemReader.STANDARD.read(Npy.RESOURCES.resolve(name)))
                .isInstanceOf(MalformedInput.class)
                .hasMessageContaining(name + ", byte ")
                .hasMessageContaining(message);
    }

    static Stream<Arguments> malformed() {
        byte[] good = Npy.array("(2, 2)", 1, 2, 3, 4);
        byte[] version = good.clone();
        version[6] = 9;
        byte[] length = good.clone();
        length[6] = 2;
        Arrays.fill(length, 8, 12, (byte) 0x7F);
        return Stream.of(
                Arguments.of(Arrays.copyOf(good, 6), "byte 6: the file ends in the header"),
                Arguments.of(Arrays.copyOf(good, 40), "byte 40: the file ends in the header"),
                Arguments.of(
                        Arrays.copyOf(good, good.length - 1), "(2, 2) float64, 4 numbers of 8 bytes, and at most 31"),
                Arguments.of(Npy.array("(2, 2)", 1, 2, 3, 4, 5), "more follows the 4 numbers of (2, 2) float64"),
                Arguments.of(version, "byte 6: the format has version 9; 1, 2 and 3 are read"),
                Arguments.of(length, "byte 8: the header declares 2139062143 bytes for itself; at most 65536"),
                Arguments.of(Npy.array("(1000000000000, 3)", 1), "(1000000000000, 3) float64, 3000000000000 numbers"),
                Arguments.of(Npy.array("(999999999999999999, 999999999999999999)", 1), "and at most 8 bytes follow it"),
                Arguments.of(Npy.array("(0, 1000000000000)"), "is empty; numbers are needed"),
                Arguments.of(Npy.array("(-2, 2)", 1), "the shape is not a tuple of a few whole numbers"),
                Arguments.of(Npy.array("(1e3, 2)", 1), "in the header, at \"e3"),
                Arguments.of(Npy.array("()", 1), "the array is () float64; a matrix of at least 2 rows"),
                Arguments.of(Npy.array("(4,)", 1, 2, 3, 4), "the array is (4,) float64; a matrix of at least 2 rows"),
                Arguments.of(Npy.array("(1, 4)", 1, 2, 3, 4), "a matrix of at least 2 rows and 2 columns"),
                Arguments.of(Npy.array("(1, 2, 2)", 1, 2, 3, 4), "with --b FILE it would be measurements"),
                Arguments.of(
                        Npy.array("(2, 2)", 1, 2, Double.POSITIVE_INFINITY, 4),
                        "entry [1, 0] is Infinity; a finite number is needed, or NaN"),
                Arguments.of(Npy.array("(2, 2)", Double.NaN, Double.NaN, Double.NaN, Double.NaN), "every entry is NaN"),
                Arguments.of(
                        Npy.withHeader(PLAIN + "(2, 2), 'order': 1", new byte[32]), "the key \"order\" is not one"),
                Arguments.of(
                        Npy.withHeader(PLAIN + "(2, 2), 'shape': (2, 2)", new byte[32]), "\"shape\" is given twice"),
                Arguments.of(Npy.withHeader("'descr': '<f8', 'shape': (2, 2)", new byte[32]), "lacks fortran_order"),
                Arguments.of(Npy.withHeader("'descr': <f8", new byte[32]), "a string in quotes is needed"),
                Arguments.of(
                        Npy.withHeader("'descr': 'f8', 'fortran_order': False, 'shape': (2, 2)", new byte[32]),
                        "byte order is not said"),
                Arguments.of(Npy.withHeader("", new byte[32]), "the header lacks descr"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedArraysNameTheByte(byte[] bytes, String message) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(MalformedInput.class)
                .hasMessageStartingWith(directory.resolve("x.npy") + ", byte ")
                .hasMessageContaining(message);
    }

    @Test
    void theWholeOfAHugeSparseFileIsNotReadToRefuseIt() throws IOException {
        // As many rows as are too many for the memory of whatever machine this runs on.
        long rows = Runtime.getRuntime().maxMemory() / 8_000_000L + 1;
        Path file = Files.write(directory.resolve("huge.npy"), Npy.array("(" + rows + ", 1000, 1000)"));
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(sparse.length() + rows * 8_000_000L);
        }
        Path b = Files.write(directory.resolve("b.npy"), Npy.array("(" + rows + ",)", new double[(int) rows]));
        assertThatThrownBy(() -> ProblemReader.STANDARD.read(file, b))
                .isInstanceOf(MalformedInput.class)
                .hasMessageContaining("GB of memory")
                .hasMessageContaining("start it as java -Xmx");
    }

    @Test
    void whatIsWrittenReadsBack() throws IOException {
        DMatrixRMaj matrix = new DMatrixRMaj(7, 3);
        Random random = new Random(5);
        Arrays.setAll(matrix.data, i -> random.nextGaussian());
        Path target = directory.resolve("factor.npy");
        NpyWriter.write(matrix, target);
        assertThat(MatrixFileTest.read(target).matrix().values()).isEqualTo(matrix.data);
        assertThat((Files.size(target) - 8 * 21) % 64).isZero();
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }
}
