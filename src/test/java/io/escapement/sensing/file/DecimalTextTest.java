package io.escapement.sensing.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.sensing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {

    private static double parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return DecimalText.parse(bytes, bytes.length);
    }

    @Test
    void givesTheNearestDouble() {
        RandomGenerator random = Seeds.generator(1);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (!Double.isFinite(value)) {
                continue;
            }
            double small = random.nextGaussian() * Math.pow(10, random.nextInt(-5, 6));
            for (String text : new String[] {
                Double.toString(value),
                Double.toString(small),
                String.format(Locale.ROOT, "%.4f", small),
                String.format(Locale.ROOT, "%.25e", value),
                Long.toString(random.nextLong()),
                random.nextInt() + "." + Long.toUnsignedString(random.nextLong()) + "e" + random.nextInt(-40, 40)
            }) {
                assertThat(parse(text)).as(text).isEqualTo(Double.parseDouble(text));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "+1", "-0", "1.", ".5", "1e5", "1E-5", "00012", "1e-99999", "0e99999", "9007199254740993"})
    void acceptsDecimalNumbers(String text) {
        assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "-",
                ".",
                "e5",
                "1e",
                "1e+",
                "1 2",
                "1,5",
                "0x10",
                "1f",
                "1d",
                "Infinity",
                "NaN",
                "--1",
                "1.2.3",
                "½"
            })
    void refusesWhatIsNotADecimalNumber(String text) {
        assertThat(parse(text)).isNaN();
    }

    @Test
    void overflowIsInfinite() {
        assertThat(parse("-1e999")).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
