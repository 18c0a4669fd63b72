package io.escapement.sensing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.escapement.sensing.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a valid file, reading it gives a matrix or a {@link MalformedInput} with a line. */
class MatrixFileFuzzTest {

    private static final String[] SPLICES = {
        ",",
        ";",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\"",
        "\"\"",
        " ",
        "NaN",
        "NA",
        "-",
        "+",
        ".",
        "e",
        "1e400",
        "-1",
        "0",
        "99999999999",
        "2147483647",
        "%",
        "%%MatrixMarket",
        "symmetric",
        "array",
        "coordinate",
        "\u0000",
        "\uFEFF",
        "ü",
        "1.5"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.csv",
                "labelled.csv",
                "header.tsv",
                "coordinate.mtx",
                "symmetric.mtx",
                "array.mtx",
                "array-symmetric.mtx"
            })
    void mutatedFilesGiveAMatrixOrAMalformedInputWithALine(String name) throws IOException {
        byte[] valid = Files.readAllBytes(Path.of("src/test/resources/matrices", name));
        int malformed = 0;
        int read = 0;
        for (long seed = 1; seed <= 1500; seed++) {
            RandomGenerator random = Seeds.generator(seed);
            byte[] mutated = valid;
            for (int mutations = 1 + random.nextInt(3); mutations > 0; mutations--) {
                mutated = mutate(mutated, random);
            }
            try {
                MatrixFile file = (MatrixFile) ProblemReader.STANDARD.read(new ByteArrayInputStream(mutated), name);
                assertThat(file.matrix().entries().size()).isPositive();
                read++;
            } catch (MalformedInput e) {
                assertThat(e.line())
                        .as(name + ", seed " + seed + ": " + e.getMessage())
                        .isPositive();
                assertThat(e.getMessage()).as(name + ", seed " + seed).startsWith(name + ", line ");
                malformed++;
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                fail(name + ", seed " + seed + ", text:\n" + new String(mutated, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(malformed).as("mutations that broke " + name).isPositive();
        assertThat(read).as("mutations that did not break " + name).isPositive();
    }

    private static byte[] mutate(byte[] bytes, RandomGenerator random) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + random.nextInt(6));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> out.write(bytes, to, bytes.length - to); // cut out
            case 1 -> { // splice in
                out.writeBytes(SPLICES[random.nextInt(SPLICES.length)].getBytes(StandardCharsets.UTF_8));
                out.write(bytes, at, bytes.length - at);
            }
            case 2 -> { // overwrite by any byte
                if (at < bytes.length) {
                    out.write(random.nextInt(256));
                    out.write(bytes, at + 1, bytes.length - at - 1);
                }
            }
            case 3 -> { // repeat a stretch
                out.write(bytes, at, to - at);
                out.write(bytes, at, bytes.length - at);
            }
            default -> { // cut off what follows
            }
        }
        return out.toByteArray();
    }
}
