package io.escapement.sensing.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.escapement.sensing.Seeds;
import io.escapement.sensing.file.MalformedInput;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseFileTest {

    private static final Path SMALL = Path.of("src/test/resources/networks/small.m");

    private static final String TWO_BUSES = """
            function mpc = two
            mpc.version = '2';
            mpc.baseMVA = 100;
            mpc.bus = [
            1 3 0 0 0 0 1 1 0;
            2 1 50 0 0 0 1 1 -5;
            ];
            mpc.gen = [1 50 0 9 -9 1 100 1];
            mpc.branch = [1 2 0 0.1 0];
            """;

    @Test
    void readsWhatTheFormatAllows() throws IOException {
        PowerNetwork network = CaseFile.read(SMALL);
        assertThat(network.name()).isEqualTo("small");
        assertThat(network.buses()).extracting(Bus::number).containsExactly(10, 7, 300);
        Bus first = network.buses().get(0);
        assertThat(first.shunt()).isEqualTo(new Complex(0.1, -0.2));
        assertThat(first.scheduled()).isEqualTo(new Complex(0.6, 0.08));
        assertThat(first.voltage()).isEqualTo(new Complex(1.02, 0));
        assertThat(network.buses().get(1).scheduled()).isEqualTo(new Complex(-0.4, -0.2));
        Bus last = network.buses().get(2);
        // The second of its generators is out of service.
        assertThat(last.scheduled().re()).isCloseTo((12 - 5) / 50.0, within(1e-15));
        assertThat(last.scheduled().im()).isCloseTo((1 - 0.5) / 50.0, within(1e-15));
        assertThat(last.voltage().im()).isCloseTo(Math.sin(Math.toRadians(2.5)), within(1e-15));
        assertThat(network.branches()).hasSize(2);
        assertThat(network.branches().get(0))
                .isEqualTo(new Branch(0, 1, new Complex(0.01, 0.1), 0.02, new Complex(1, 0)));
        Branch transformer = network.branches().get(1);
        assertThat(transformer.tap().re()).isCloseTo(0.95 * Math.sqrt(0.75), within(1e-15));
        assertThat(transformer.tap().im()).isCloseTo(0.95 / 2, within(1e-15));
    }

    @Test
    void lineEndsAndAByteOrderMarkDoNotMatter() throws IOException {
        String text = Files.readString(SMALL);
        PowerNetwork network = CaseFile.read(SMALL);
        assertThat(CaseFile.parse("small.m", text.replace("\n", "\r\n"))).isEqualTo(network);
        assertThat(CaseFile.parse("small.m", text.replace('\n', '\r'))).isEqualTo(network);
        assertThat(CaseFile.parse("small.m", "\uFEFF" + text)).isEqualTo(network);
    }

    @Test
    void optionalColumnsMayBeMissing() throws IOException {
        PowerNetwork network = CaseFile.parse("two.m", TWO_BUSES);
        assertThat(network.branches()).containsExactly(new Branch(0, 1, new Complex(0, 0.1), 0, new Complex(1, 0)));
        // P over a lossless line: sin(5°)/0.1.
        assertThat(DirectPowers.injections(network, DirectPowers.voltages(network))[0].re())
                .isCloseTo(10 * Math.sin(Math.toRadians(5)), within(1e-12));
    }

    /** An edit of a valid case, and the place and beginning of what is said about it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mpc.version = '2';|mpc.v = 2;|0|0|mpc.version is missing; a MATPOWER case of version 2 has mpc.version = '2';",
                "'2'|'1'|2|0|the case has version \"1\"; 2 is read",
                "'2'|[2 2]|2|0|version is a matrix; one value is needed",
                "'2'|'2|2|0|the string is not closed",
                "= 100|= -100|3|0|baseMVA is -100; a finite number above 0 is needed",
                "= 100|= 10*10|3|0|\"10*10\" is not a number; only what is written out as numbers is read",
                "= 100|= 10 * 10|3|0|\"* 10;\" follows the value of mpc.baseMVA",
                "mpc.bus = [|mpc.bus = 3; x = [|4|0|bus is not a matrix",
                "1 3 0 0|1 3 zero 0|5|3|\"zero\" is not a number; a decimal number, Inf or NaN is needed here in mpc.bus",
                "1 3 0 0|1 3 1/3 0|5|3|\"1/3\" is not a number",
                "1 3 0 0|1 3 - 0|5|3|\"-\" is not a number",
                "1 3 0 0|1 3,,0 0|5|3|a comma stands where an entry is needed",
                "1 3 0 0|1.5 3 0 0|5|1|the bus number is 1.5; a whole number from 1 is needed",
                "1 3 0 0|1 5 0 0|5|2|the bus type is 5; 1 (PQ), 2 (PV), 3 (reference) and 4 (isolated) are possible",
                "1 3 0 0|1 3 Inf 0|5|3|Pd is Inf; a finite number is needed",
                "1 3 0 0|1 3 1e999 0|5|3|Pd is 1e999; a finite number is needed",
                "1 1 0;|1 0 0;|5|8|Vm is 0; a number above 0 is needed",
                "2 1 50 0|1 1 50 0|6|1|bus 1 is listed twice",
                "2 1 50 0|2 1 50|6|0|this row of mpc.bus has 8 entries; the first has 9, and all must have as many",
                "2 1 50 0|2 4 50 0|0|0|the number of buses in service is 1; at least 2 are needed",
                "1 2 0 0.1 0|1 3 0 0.1 0|9|2|there is no bus 3; a number from the bus table is needed",
                "1 2 0 0.1 0|1 1 0 0.1 0|9|2|the branch leads from bus 1 to itself",
                "1 2 0 0.1 0|1 2 0 0 0|9|3|r and x are both 0",
                "1 2 0 0.1 0|1 2 0 0.1|9|0|the rows of branch have 4 columns; at least 5 are needed",
                "1 2 0 0.1 0|1 2 0 0.1 0 0 0 0 -1|9|9|ratio is -1",
                "1 2 0 0.1 0|1 2 0 0.1 0 0 0 0 0 0 0|0|0|bus 2 is not connected to bus 1 by branches in service",
                "1 2 0 0.1 0];|1 2 0 0.1 0|9|0|the matrix mpc.branch that begins here is not closed",
                "1 2 0 0.1 0];|1 2 0 0.1 0]';|9|0|\"';\" follows the value of mpc.branch",
                "1 2 0 0.1 0];|1 2 0 0.1 0]; mpc.bus(:, 9) = 0;|9|0|\"mpc.bus(:, 9)\" is set by a statement of its own",
                "function mpc =|function [baseMVA, bus] =|1|0|the function returns \"[baseMVA, bus]\"; a case of version 2"
            })
    void namesPlaceAndRemedy(String valid, String broken, long line, int column, String problem) {
        assertThat(TWO_BUSES).contains(valid);
        String text = TWO_BUSES.replace(valid, broken);
        MalformedInput error = catchThrowableOfType(MalformedInput.class, () -> CaseFile.parse("dir/two.m", text));
        assertThat(error).isNotNull();
        String place =
                "dir/two.m" + (line > 0 ? ", line " + line : "") + (column > 0 ? ", column " + column : "") + ": ";
        assertThat(error.getMessage()).startsWith(place + problem.strip());
        assertThat(error.line()).isEqualTo(line);
        assertThat(error.column()).isEqualTo(column);
    }

    @Test
    void whatIsNoCaseIsRefusedByContent(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("case.m");
        assertRefused(Files.write(file, new byte[0]), "mpc.version is missing; a MATPOWER case of version 2 has");
        assertRefused(Files.write(file, new byte[1000]), "byte 0 is 0, so this is no text; a MATPOWER case file");
        assertRefused(Files.writeString(file, "x".repeat(100_000)), "mpc.version is missing");
        assertRefused(
                Files.writeString(file, TWO_BUSES.substring(0, 100)), "line 4: the matrix mpc.bus that begins here");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3_000_000_000L);
        }
        assertRefused(file, "the file has 3000000000 bytes; a MATPOWER case file of at most 67108864 is needed");
        Path zero = Path.of("/dev/zero");
        assertRefused(zero, "this is a pipe or a device, not a regular file; a MATPOWER case file is needed");
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> CaseFile.read(file))
                .isInstanceOf(MalformedInput.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void namesFilesThatCannotBeRead(@TempDir Path directory) {
        assertThatThrownBy(() -> CaseFile.read(directory.resolve("none.m")))
                .isInstanceOf(MalformedInput.class)
                .hasMessageEndingWith("none.m: there is no such file; a MATPOWER case file is needed");
        assertThatThrownBy(() -> CaseFile.read(directory))
                .isInstanceOf(MalformedInput.class)
                .hasMessageContaining("this is a directory");
    }

    private static final String[] SPLICES = {
        "[", "]", "{", "}", "(", "'", "\"", ";", ",", "%", "%{", "%}", "...", "\n", "=", "==", "NaN", "-Inf", "1e999",
        "0", "-", "mpc.bus", "grid.", "\u0000", "\uFFFF", "ü"
    };

    /** Whatever happens to a valid file, reading it ends, in a network or in a {@link MalformedInput}. */
    @Test
    void mutatedFilesGiveANetworkOrAMalformedInput() throws IOException {
        String valid = Files.readString(SMALL);
        int read = 0;
        int malformed = 0;
        for (long seed = 1; seed <= 3000; seed++) {
            RandomGenerator random = Seeds.generator(seed);
            StringBuilder text = new StringBuilder(valid);
            for (int mutations = 1 + random.nextInt(3); mutations > 0; mutations--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.delete(at, Math.min(text.length(), at + random.nextInt(6)));
                    case 1 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
                    case 2 -> text.setLength(at + 1);
                    default -> text.insert(at, SPLICES[random.nextInt(SPLICES.length)]);
                }
            }
            try {
                PowerNetwork network = CaseFile.parse("small.m", text.toString());
                assertThat(network.mismatch()).as("seed %d", seed).isFinite();
                read++;
            } catch (MalformedInput e) {
                assertThat(e.getMessage()).as("seed %d", seed).startsWith("small.m");
                malformed++;
            } catch (RuntimeException e) {
                fail("seed " + seed + ", text:\n" + text, e);
            }
        }
        assertThat(read).isPositive();
        assertThat(malformed).isPositive();
    }
}
