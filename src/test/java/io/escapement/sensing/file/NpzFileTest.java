package io.escapement.sensing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The resources were written by NumPy 2.4: b_k = ⟨A_k, M⟩ for M = (1, 2)ᵀ(1, 2, 3), or (1, 2)ᵀ(1, 2). */
class NpzFileTest {

    private static final String NAN =
            "entry (0, 1) of measurement 1 is NaN; a number of at most 1.0E100 in size is needed";

    @TempDir
    private Path directory;

    private SensingFile read(boolean psd, byte[] bytes) throws IOException {
        Path file = Files.write(directory.resolve("x.npz"), bytes);
        return (SensingFile) new ProblemReader(CsvLayout.Expected.AUTO, psd, 0).read(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "deflated.npz", "fortran.npz"})
    void readsRectangularMeasurements(String name) throws IOException {
        SensingFile file = (SensingFile) ProblemReader.STANDARD.read(Npy.RESOURCES.resolve(name));
        assertThat(file.operator()).hasToString("5 dense measurements of a 2×3 matrix");
        assertMeasures(file, new DMatrixRMaj(5, 1, true, 1, 2, 1, 2, 3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsFlatRowsAsSquareMatrices(boolean psd) throws IOException {
        SensingFile file = read(psd, Files.readAllBytes(Npy.RESOURCES.resolve("flat.npz")));
        assertThat(file.shape().symmetric()).isEqualTo(psd);
        assertMeasures(file, psd ? new DMatrixRMaj(2, 1, true, 1, 2) : new DMatrixRMaj(4, 1, true, 1, 2, 1, 2));
    }

    private static void assertMeasures(SensingFile file, DMatrixRMaj truth) {
        double[] out = new double[file.b().length];
        file.operator().measure(truth, truth, out);
        for (int k = 0; k < out.length; k++) {
            assertThat(out[k])
                    .as("measurement " + k)
                    .isCloseTo(file.b()[k], org.assertj.core.api.Assertions.within(1e-12));
        }
    }

    @Test
    void readsAPairOfFiles() throws IOException {
        Path a = Files.write(directory.resolve("A.npy"), Npy.array("(2, 1, 3)", 1, 0, 0, 0, 1, 1));
        Path b = Files.write(directory.resolve("b.npy"), Npy.array("(1, 2)", 3, 5));
        SensingFile file = ProblemReader.STANDARD.read(a, b);
        assertThat(file.b()).containsExactly(3, 5);
        assertThat(file.title()).isEqualTo(a + " (NumPy array)");
        Path text = Files.writeString(directory.resolve("b.csv"), "3\n5\n");
        assertThatThrownBy(() -> ProblemReader.STANDARD.read(a, text))
                .isInstanceOf(MalformedInput.class)
                .hasMessageContaining("b.csv: this is CSV; beside --b a NumPy .npy file is needed");
    }

    static Stream<Arguments> malformed() throws IOException {
        byte[] a = Npy.array("(2, 1, 2)", 1, 2, 3, 4);
        byte[] b = Npy.array("(2,)", 5, 6);
        byte[] good = Npy.archive("A.npy", a, "b.npy", b);
        byte[] bitFlipped = Files.readAllBytes(Npy.RESOURCES.resolve("stored.npz"));
        bitFlipped[300] ^= 1; // in the mantissa of a number of A
        return Stream.of(
                Arguments.of(Arrays.copyOf(good, good.length / 2), "the archive is damaged or cut short"),
                Arguments.of(Arrays.copyOf(good, 4), "the archive is damaged or cut short"),
                Arguments.of(bitFlipped, "member A, byte 0: its checksum is wrong: the archive is damaged"),
                Arguments.of(
                        Npy.archive("A.npy", Npy.array("(2, 1, 2)", 1, 2, 1e200, 4), "b.npy", b),
                        "entry (0, 0) of measurement 1 is 1.0E200; a number of at most 1.0E100"),
                Arguments.of(Npy.archive("readme", new byte[1]), "which holds \"readme\" (no array that is read)"),
                Arguments.of(
                        Npy.archive("X.npy", a, "y.npy", b),
                        "no array b in the archive, which holds \"X\" (2, 1, 2) float64, \"y\" (2,) float64; numpy.savez"),
                Arguments.of(Npy.archive("X.npy", a, "b.npy", b), "no array A in the archive"),
                Arguments.of(Npy.archive("../A.npy", a, "b.npy", b), "\"../A\" (2, 1, 2) float64"),
                Arguments.of(
                        Npy.archive("A.npy", a, "b.npy", Npy.array("(3,)", 5, 6, 7)), "b has 3 numbers, and A must"),
                Arguments.of(Npy.archive("A.npy", a, "b.npy", a), "member b, byte"),
                Arguments.of(
                        Npy.archive("A.npy", a, "b.npy", Npy.array("(2,)", 5, Double.NEGATIVE_INFINITY)),
                        "b[1] is -Infinity; a finite number is needed"),
                Arguments.of(Npy.archive("A.npy", Npy.array("(2, 1, 2)", 1, 2, 3, Double.NaN), "b.npy", b), NAN),
                Arguments.of(
                        Npy.archive(
                                "A.npy",
                                Npy.withHeader(
                                        "'descr': '<f8', 'fortran_order': True, 'shape': (2, 1, 2)",
                                        Npy.data(1, 2, 3, Double.NaN)),
                                "b.npy",
                                b),
                        NAN),
                Arguments.of(
                        Npy.archive("A.npy", Npy.array("(2, 2)", 1, 2, 3, 4), "b.npy", b), "A must be (m, n1, n2)"),
                Arguments.of(Npy.archive("A.npy", Npy.array("(4,)", 1, 2, 3, 4), "b.npy", b), "A must be (m, n1, n2)"),
                Arguments.of(
                        Npy.archive("A.npy", Npy.array("(2, 1000000, 1000000)", 1), "b.npy", b),
                        "the file is cut short"),
                Arguments.of(Npy.archive("A.npy", Arrays.copyOf(a, a.length - 3), "b.npy", b), "and at most 29 bytes"),
                Arguments.of(
                        Npy.archive("A.npy", new byte[1000], "b.npy", b), "member A, byte 0: this is no NumPy array"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedArchivesSayWhatIsWrong(byte[] bytes, String message) {
        assertThatThrownBy(() -> read(false, bytes))
                .isInstanceOf(MalformedInput.class)
                .hasMessageStartingWith(directory.resolve("x.npz").toString())
                .hasMessageContaining(message);
    }

    @Test
    void psdNeedsSquareMatrices() throws IOException {
        byte[] bytes = Npy.archive("A.npy", Npy.array("(1, 1, 2)", 1, 2), "b.npy", Npy.array("(1,)", 5));
        assertThatThrownBy(() -> read(true, bytes)).hasMessageContaining("with --psd the matrices must be square");
    }

    /** Zeros deflate a thousandfold: 64 MB in 64 KB, behind a header that asks for two numbers. */
    @Test
    void aBombIsNotInflatedBeyondWhatItsHeaderAsksFor() throws IOException {
        byte[] bomb = Arrays.copyOf(Npy.array("(1, 1, 2)", 1, 2), 64 << 20);
        byte[] bytes = Npy.archive("A.npy", bomb, "b.npy", Npy.array("(1,)", 5));
        assertThat(bytes.length).isLessThan(1 << 17);
        long before = Allocation.here();
        assertThatThrownBy(() -> read(false, bytes)).hasMessageContaining("more follows the 2 numbers of (1, 1, 2)");
        assertThat(Allocation.here() - before).isLessThan(8 << 20);
    }

    /** The directory of the archive says 3 GB, the header says so too, and a hundred bytes are there. */
    @Test
    void aSizeThatDeflateCannotReachIsRefused() throws IOException {
        byte[] a = Npy.array("(1, 20000, 20000)", 1, 2);
        byte[] bytes = Npy.archive("A.npy", a, "b.npy", Npy.array("(1,)", 5));
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int central = 0;
        while (zip.getInt(central) != 0x02014B50) {
            central++;
        }
        zip.putInt(central + 24, (int) 3_200_000_100L);
        assertThatThrownBy(() -> read(false, bytes))
                .isInstanceOf(MalformedInput.class)
                .hasMessageContaining("it declares 3200000100 bytes, and the ")
                .hasMessageContaining("cannot hold as many");
    }
}
