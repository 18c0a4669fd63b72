package io.escapement.sensing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.escapement.sensing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a valid file, reading it gives a problem or a {@link MalformedInput} that names the file. */
class ProblemFileFuzzTest {

    private static final Map<String, String> TEXTS = Map.of(
            "triples", "[0,0,1.5]\n{\"i\":0,\"j\":2,\"value\":-2}\n[1,1,3e0]\n[1,0,null]\n",
            "rows", "{\"b\":1.5,\"terms\":[[0,1,1],[1,1,-2]]}\n{\"b\":2,\"a\":[1,0,2]}\n{\"a\":{\"1\":1.5},\"b\":3}\n");

    private static final List<String> SPLICES = List.of(
            "[", "]", "{", "}", ",", ":", "\"", "\\", "\n", " ", "-", "9999999999", "1e400", "NaN", "null", "\0", "PK");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"triples", "rows", "missing.npy", "type-be-i4.npy", "stored.npz", "deflated.npz"})
    void mutatedFilesGiveAProblemOrAMalformedInput(String name) throws IOException {
        byte[] valid = TEXTS.containsKey(name)
                ? TEXTS.get(name).getBytes(StandardCharsets.UTF_8)
                : Files.readAllBytes(Npy.RESOURCES.resolve(name));
        Path file = directory.resolve(name);
        int malformed = 0;
        int read = 0;
        for (long seed = 1; seed <= 300; seed++) {
            byte[] mutated = mutate(valid, Seeds.generator(seed));
            Files.write(file, mutated);
            try {
                assertThat(ProblemReader.STANDARD.read(file)).isNotNull();
                read++;
            } catch (MalformedInput e) {
                assertThat(e.getMessage()).as(name + ", seed " + seed).startsWith(file.toString());
                malformed++;
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                fail(name + ", seed " + seed, e);
            }
        }
        assertThat(malformed).as("mutations that broke " + name).isPositive();
        assertThat(read).as("mutations that did not break " + name).isPositive();
    }

    private static byte[] mutate(byte[] bytes, RandomGenerator random) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 1 -> {
                byte[] splice = SPLICES.get(random.nextInt(SPLICES.size())).getBytes(StandardCharsets.UTF_8);
                byte[] longer = Arrays.copyOf(bytes, bytes.length + splice.length);
                System.arraycopy(splice, 0, longer, at, splice.length);
                System.arraycopy(bytes, at, longer, at + splice.length, bytes.length - at);
                return longer;
            }
            default -> {
                byte[] changed = bytes.clone();
                for (int times = 1 + random.nextInt(3); times > 0; times--) {
                    changed[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                return changed;
            }
        }
    }
}
