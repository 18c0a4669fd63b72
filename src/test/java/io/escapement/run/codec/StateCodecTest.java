package io.escapement.run.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.event.Phase;
import io.escapement.solve.FromProblem;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class StateCodecTest {

    private static final long MOST = 1 << 20;

    record Inner(double value, String text) {
        Inner {
            if (value < 0) {
                throw new IllegalArgumentException("value is " + value + "; at least 0 is needed");
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // the subject here
    record Everything(
            boolean flag,
            int count,
            long seq,
            double loss,
            Phase phase,
            Duration time,
            OptionalDouble known,
            OptionalDouble unknown,
            Optional<Inner> present,
            Optional<Inner> empty,
            List<Inner> list,
            Map<String, Double> map,
            double[] weights,
            int[] indices,
            long[] numbers,
            DMatrixRMaj matrix,
            DMatrixRMaj same,
            Object nothing) {}

    record OfProblem(@FromProblem Thread thread, double value) {}

    private static Everything everything() {
        DMatrixRMaj matrix =
                new DMatrixRMaj(2, 3, true, -0.0, Double.NaN, Double.MIN_VALUE, 4, Double.NEGATIVE_INFINITY, 6);
        return new Everything(
                true,
                -3,
                Long.MIN_VALUE,
                Math.nextUp(1.0),
                Phase.TRIAL,
                Duration.ofSeconds(3, 7),
                OptionalDouble.of(-0.0),
                OptionalDouble.empty(),
                Optional.of(new Inner(1, "ä∇")),
                Optional.empty(),
                List.of(new Inner(2, ""), new Inner(3, "x")),
                Map.of("loss", 0.25),
                new double[] {1, 2},
                new int[] {-1},
                new long[0],
                matrix,
                matrix,
                null);
    }

    @Test
    void everythingComesBackBitForBit() {
        Everything before = everything();
        Everything after = (Everything) StateReader.read(StateWriter.write(before, MOST), null);
        assertThat(after.matrix).isNotSameAs(before.matrix).isSameAs(after.same);
        assertThat(bits(after.matrix.data)).isEqualTo(bits(before.matrix.data));
        assertThat(after.matrix.numRows).isEqualTo(2);
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("matrix", "same")
                .isEqualTo(before);
        assertThat(StateWriter.write(after, MOST)).isEqualTo(StateWriter.write(before, MOST));
    }

    private static long[] bits(double[] numbers) {
        return Arrays.stream(numbers).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    @Test
    void whatFollowsFromTheProblemIsTakenFromTheTemplate() {
        byte[] bytes = StateWriter.write(new OfProblem(new Thread(), 2), MOST);
        Thread other = new Thread();
        OfProblem after = (OfProblem) StateReader.read(bytes, new OfProblem(other, 0));
        assertThat(after).isEqualTo(new OfProblem(other, 2));
        assertThatThrownBy(() -> StateReader.read(bytes, null))
                .isInstanceOf(MalformedState.class)
                .hasMessageContaining("takes something from the problem");
    }

    @Test
    void whatIsNoPlainDataIsRefusedByName() {
        assertThatThrownBy(() -> StateWriter.write(List.of(new Thread()), MOST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Thread is no plain data")
                .hasMessageContaining("@FromProblem");
        assertThatThrownBy(() -> StateWriter.write(new double[100_000], 1000)).isInstanceOf(StateTooLarge.class);
    }

    @Test
    void damageNeverBecomesAnythingElseThanARefusalOrPlainData() {
        byte[] whole = StateWriter.write(everything(), MOST);
        for (int length = 0; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> StateReader.read(torn, null))
                    .as("of %d bytes", length)
                    .isInstanceOf(MalformedState.class);
        }
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                StateReader.read(damaged, null);
            } catch (MalformedState e) {
                assertThat(e.getMessage()).as("flip %d, seed 5", i).isNotBlank();
            }
        }
    }

    @Test
    void aValueThatItsRecordRefusesIsNamed() {
        byte[] bytes = StateWriter.write(new Inner(1, ""), MOST);
        int at = indexOf(bytes, Double.doubleToRawLongBits(1));
        bytes[at + 7] ^= (byte) 0x80;
        assertThatThrownBy(() -> StateReader.read(bytes, null))
                .isInstanceOf(MalformedState.class)
                .hasMessageContaining("value is -1.0; at least 0 is needed");
    }

    @Test
    void foreignTypesAreNotMade() {
        byte[] bytes = StateWriter.write(new Inner(1, ""), MOST);
        String name = Inner.class.getName();
        byte[] other = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace(name, "java.lang.ProcessBuilder" + "x".repeat(name.length() - 24))
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> StateReader.read(other, null))
                .isInstanceOf(MalformedState.class)
                .hasMessageContaining("is no record of this program's");
    }

    private static int indexOf(byte[] bytes, long littleEndian) {
        for (int at = 0; at + 8 <= bytes.length; at++) {
            if (java.nio.ByteBuffer.wrap(bytes, at, 8)
                            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                            .getLong()
                    == littleEndian) {
                return at;
            }
        }
        throw new AssertionError("not found");
    }
}
