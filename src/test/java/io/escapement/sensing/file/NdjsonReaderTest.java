package io.escapement.sensing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NdjsonReaderTest {

    private static ProblemFile read(String text, int base) throws IOException {
        return new ProblemReader(CsvLayout.Expected.AUTO, false, base)
                .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "t");
    }

    private static String shown(String text, int base) throws IOException {
        return MatrixFileTest.shown(((MatrixFile) read(text, base)).matrix());
    }

    @Test
    void readsTriples() throws IOException {
        String expected = "1.5 ? -2.0 / ? 3.0 ?";
        assertThat(shown("[0,0,1.5]\n[0, 2, -2]\n[1,1,3e0]\n", 0)).isEqualTo(expected);
        assertThat(shown(" [1,1,1.5]\r\n\r\n\t[2,2,3]\n[1,3,-2.0]", 1)).isEqualTo(expected);
        assertThat(shown("[0,0,1.5]\n[0,1,null]\n[0,2,-2]\n[1,1,3]\n[1,2,NaN]", 0))
                .isEqualTo(expected);
        String members = """
                {"i":0,"j":0,"value":1.5}
                {"value": -2, "when": {"a\\"}": [1, {}, "]"]}, "j": 2, "i": 0}
                [1,1,3]
                """;
        assertThat(shown("\uFEFF" + members, 0)).isEqualTo(expected);
    }

    private static double[] measured(String text, int base, double... truth) throws IOException {
        SensingFile file = (SensingFile) read(text, base);
        assertThat(file.shape().symmetric()).isTrue();
        double[] out = new double[file.b().length];
        DMatrixRMaj x = new DMatrixRMaj(truth.length, 1, true, truth);
        file.operator().measure(x, x, out);
        assertThat(out).isEqualTo(file.b());
        return out;
    }

    @Test
    void readsMeasurements() throws IOException {
        // Of M = xxᵀ, x = (1, 2, 3).
        assertThat(measured(
                        "{\"b\": 8, \"terms\": [[0,1,1],[1,0,1],[1,1,1]]}\n{\"terms\":[[2,2,-1]],\"b\":-9}",
                        0,
                        1,
                        2,
                        3))
                .containsExactly(8, -9);
        assertThat(measured(
                        "{\"b\":25,\"a\":[0,-1,-1]}\n{\"b\":4,\"a\":{\"1\":1}}\n{\"a\":{\"2\":1,\"0\":-1},\"b\":4}",
                        0,
                        1,
                        2,
                        3))
                .containsExactly(25, 4, 4);
        assertThat(measured("{\"b\":9,\"a\":{\"3\":1}}\n{\"b\":2,\"terms\":[[1,2,1]]}", 1, 1, 2, 3))
                .containsExactly(9, 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[0,0,1]\\n[0,1                  | 0 | 2 | a comma and the value is needed",
                "[0,0,1]\\n[0,1,2                | 0 | 2 | the file ends here; the end of the triple",
                "[0,0,1]\\n[-1,1,2]              | 0 | 2 | i is \"-1\"; a whole number from 0 to 536870911 is needed",
                "[0,0,1]\\n[1,1.5,2]             | 0 | 2 | j is \"1.5\"; a whole number",
                "[0,0,1]\\n[1,1e300,2]           | 0 | 2 | j is \"1e300\"; a whole number",
                "[0,0,1]\\n[1,99999999999,2]     | 0 | 2 | j is \"99999999999\"; a whole number",
                "[1,1,1]\\n[0,1,2]               | 1 | 2 | i is \"0\"; a whole number from 1 to 536870911 is needed (--index-base 0",
                "[0,0,1]\\n[1,\"1\",2]           | 0 | 2 | j is missing, \"\"\" is here; a whole number from 0",
                "[0,0,1]\\n[1,1,x]               | 0 | 2 | the value is \"x\"; a number, or null or NaN",
                "[0,0,1]\\n[1,1,Infinity]        | 0 | 2 | the value is \"Infinity\"",
                "[0,0,1]\\n[1,1,1e999]           | 0 | 2 | the value is \"1e999\", too large a number",
                "[0,0,1]\\n[1,1,2,3]             | 0 | 2 | the end of the triple",
                "[0,0,1]\\n[1,1,2]]              | 0 | 2 | the end of the line is needed: one value stands on each",
                "[0,0,1] [1,1,2]                 | 0 | 1 | the end of the line is needed",
                "[0,0,1]\\n[1,1,2]\\n[0,0,3]     | 0 | 3 | entry (0, 0) is on line 1 already",
                "[1,1,1]\\n[2,2,2]\\n\\n[1,1,3]  | 1 | 4 | entry (1, 1) is on line 1 already",
                "[0,0,1]\\n[1,500000000,2]       | 0 | 2 | a matrix of 2×500000001, and 2 entries have values",
                "[0,0,1]\\n[0,1,2]               | 0 | 2 | a matrix of 1×2; at least 2 rows and 2 columns",
                "[0,0,null]\\n[1,1,NaN]          | 0 | 1 | no entry has a value",
                "[\\n[0,0,1],\\n                 | 0 | 1 | i is missing, the line ends here",
                "[[0,0,1],[1,1,2]]               | 0 | 1 | i is missing, \"[\" is here",
                "[0,0,1]\\nhello                 | 0 | 2 | \"h\" is here; [i, j, value]",
                "[0,0,1]\\n{\"b\":1,\"a\":[1]}   | 0 | 2 | this is a measurement, and line 1 is a triple",
                "{}                              | 0 | 1 | this has none of the members i, j, value, b, terms, a",
                "{\"i\":0,\"j\":1}               | 0 | 1 | this triple has no value",
                "{\"i\":0,\"i\":1}               | 0 | 1 | \"i\" is given twice",
                "{\"i\":0,\"b\":1}               | 0 | 1 | members of a triple and of a measurement",
                "{\"i\":0 \"j\":1}               | 0 | 1 | a comma or the end of the object",
                "{\"i\":0,                       | 0 | 1 | a name in double quotes is needed",
                "{\"i                            | 0 | 1 | the string is not closed",
                "{i:0}                           | 0 | 1 | \"i\" is here; a name in double quotes",
                "{\"x\":[1,{\"y\":2}             | 0 | 1 | the file ends here",
                "{\"b\":1}                       | 0 | 1 | neither terms nor a",
                "{\"a\":[1]}                     | 0 | 1 | this measurement has no b",
                "{\"b\":1,\"a\":[1],\"terms\":[[0,0,1]]} | 0 | 1 | has terms and a",
                "{\"b\":NaN,\"a\":[1]}           | 0 | 1 | b is \"NaN\"; a finite number is needed",
                "{\"b\":null,\"a\":[1]}          | 0 | 1 | b is \"null\"; a finite number is needed",
                "{\"b\":1,\"a\":[1,inf]}         | 0 | 1 | entry 1 of a is \"inf\"",
                "{\"b\":1,\"a\":[]}              | 0 | 1 | entry 0 of a is missing",
                "{\"b\":1,\"a\":[0,0]}           | 0 | 1 | every coefficient is 0",
                "{\"b\":1,\"a\":[1e200,1]}\\n    | 0 | 1 | their product must be finite",
                "{\"b\":1,\"a\":[1e60,1]}          | 0 | 1 | E119; at most 1.0E100 is possible",
                "{\"b\":1,\"a\":[1,2]}\\n{\"b\":1,\"a\":[1]} | 0 | 2 | a has 1 entries, and on line 1 it has 2",
                "{\"b\":1,\"a\":[1,2]}\\n{\"b\":1,\"a\":{\"2\":1}} | 0 | 2 | index 2 is beyond the vectors of 2 entries, as on line 1",
                "{\"b\":1,\"a\":{\"-1\":1}}      | 0 | 1 | the index is \"-1\"; a whole number from 0",
                "{\"b\":1,\"a\":{\"0\":1,\"0\":2}} | 0 | 1 | entry 0 of a is given twice",
                "{\"b\":1,\"a\":{}}              | 0 | 1 | a name in double quotes is needed",
                "{\"b\":1,\"a\":5}               | 0 | 1 | a vector, [a_0, a_1, …] or",
                "{\"b\":1,\"terms\":[]}          | 0 | 1 | a term [i, j, c] is needed",
                "{\"b\":1,\"terms\":[[0,1]]}     | 0 | 1 | a comma and c is needed",
                "{\"b\":1,\"terms\":[[0,1,1],[0,1,1]]} | 0 | 1 | term (0, 1) is listed twice",
                "{\"b\":1,\"terms\":[[0,-1,1]]}  | 0 | 1 | j is \"-1\"",
                "{\"b\":1,\"terms\":[[0,500000000,1]]} | 0 | 1 | index 500000000 makes a matrix",
            })
    void malformedLinesAreNamed(String text, int base, long line, String message) {
        MalformedInput malformed =
                catchThrowableOfType(MalformedInput.class, () -> read(text.replace("\\n", "\n"), base));
        assertThat(malformed).as(text).isNotNull();
        assertThat(malformed).hasMessageContaining(message).hasMessageStartingWith("t, line " + line);
        assertThat(malformed.line()).isEqualTo(line);
    }

    @Test
    void manyLongVectorsAreRefusedBeforeTheyAreHeld() {
        String ones = "1,".repeat(29_999) + "1";
        String line = "{\"b\":1,\"a\":[" + ones + "]}\n";
        assertThatThrownBy(() -> read(line.repeat(3), 0))
                .isInstanceOf(MalformedInput.class)
                .satisfies(e -> assertThat(e.getMessage())
                        .containsAnyOf("takes 28.8 GB of memory", "terms, and at most 1073741823 are possible"));
    }
}
