package io.escapement.sensing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.escapement.sensing.ObservedMatrix;
import io.escapement.sensing.file.CsvLayout.Expected;
import io.escapement.sensing.file.CsvLayout.Presence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixFileTest {

    static MatrixFile resource(String name) throws IOException {
        return read(Path.of("src/test/resources/matrices", name));
    }

    static MatrixFile read(Path path) throws IOException {
        return (MatrixFile) ProblemReader.STANDARD.read(path);
    }

    private static MatrixFile text(String text) throws IOException {
        return text(text, Expected.AUTO);
    }

    private static MatrixFile text(String text, Expected expected) throws IOException {
        return (MatrixFile) new ProblemReader(expected, false, 0)
                .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "t");
    }

    private static MalformedInput malformed(String text) {
        return catchThrowableOfType(MalformedInput.class, () -> text(text));
    }

    /** Row by row, {@code ?} for what is missing. */
    static String shown(ObservedMatrix matrix) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < matrix.rows(); i++) {
            shown.append(i == 0 ? "" : " / ");
            for (int j = 0; j < matrix.columns(); j++) {
                int k = matrix.entries().find(i, j);
                shown.append(j == 0 ? "" : " ").append(k < 0 ? "?" : String.valueOf(matrix.values()[k]));
            }
        }
        return shown.toString();
    }

    @Test
    void readsPlainCsv() throws IOException {
        MatrixFile file = resource("plain.csv");
        assertThat(shown(file.matrix())).isEqualTo("1.0 2.5 ? 4.0 / ? 2.0 3.0 -1.0 / ? ? 0.0 7.0");
        assertThat(file.csv()).contains(new CsvLayout(',', false, false, ""));
        assertThat(file.matrix().knownCells()).isEqualTo(8);
        assertThat(file.matrix()).hasToString("3×4 matrix with 8 known cells (66.7 %)");
    }

    @Test
    void readsLabelsQuotesByteOrderMarkAndWindowsLineEnds() throws IOException {
        MatrixFile file = resource("labelled.csv");
        assertThat(file.csv()).contains(new CsvLayout(';', true, true, ""));
        assertThat(file.matrix().columnLabels()).containsExactly("Preis; EUR", "Größe", "say \"hi\"");
        assertThat(file.matrix().rowLabels()).containsExactly("Zeile 1", "Z2", "two\nlines");
        assertThat(shown(file.matrix())).isEqualTo("1.0 ? 3.25 / ? -0.5 100.0 / 4.0 5.0 ?");
    }

    @Test
    void readsMatrixMarket() throws IOException {
        assertThat(shown(resource("coordinate.mtx").matrix())).isEqualTo("1.5 ? 7.0 / ? 0.3 ? / ? ? ? / -2.0 ? ?");
        ObservedMatrix symmetric = resource("symmetric.mtx").matrix();
        assertThat(symmetric.symmetric()).isTrue();
        assertThat(shown(symmetric)).isEqualTo("4.0 -1.0 ? / ? ? 5.0 / ? ? 2.0");
        assertThat(shown(symmetric.general())).isEqualTo("4.0 -1.0 ? / -1.0 ? 5.0 / ? 5.0 2.0");
        assertThat(shown(symmetric.general().asSymmetric())).isEqualTo(shown(symmetric));
        assertThat(symmetric.knownCells()).isEqualTo(6);
        assertThat(shown(resource("array.mtx").matrix())).isEqualTo("1.0 ? ? / 2.0 3.5 6.0");
        assertThat(shown(resource("array-symmetric.mtx").matrix())).isEqualTo("1.0 2.0 3.0 / ? 4.0 ? / ? ? 6.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a,b\\n1,2\\n3,4                 | true  | false",
                "1,2\\n3,4\\n5,6                 | false | false",
                "a,1,2\\nb,3,4                   | false | true",
                "x,a,b\\nb,3,4\\nc,5,6            | true  | true",
                "\"\",a,b\\nb,3,4\\nc,5,6         | true  | true",
                ",a,b\\n1,3,4\\n2,5,6             | true  | true",
                ",2019,2020\\nb,3,4\\nc,5,6       | true  | true",
                "user,1,2\\n5,3,4\\n6,5,4         | true  | false",
                "NA,a,b\\n5,3,4\\n6,5,4           | true  | false",
                "NA,1,2\\n5,3,4                  | false | false",
                ",1,2\\n5,3,4                    | false | false",
            })
    void findsHeaderAndRowLabels(String text, boolean header, boolean rowLabels) throws IOException {
        CsvLayout layout = text(text.replace("\\n", "\n")).csv().orElseThrow();
        assertThat(layout.header()).as("header").isEqualTo(header);
        assertThat(layout.rowLabels()).as("row labels").isEqualTo(rowLabels);
    }

    @Test
    void takesTheUsersWordForHeaderAndLabels() throws IOException {
        String years = "1,2019,2020\n2,3,4\n5,6,7\n";
        assertThat(text(years).matrix().rows()).isEqualTo(3);
        MatrixFile both = text(years, new Expected(Presence.YES, Presence.YES));
        assertThat(both.matrix().columnLabels()).containsExactly("2019", "2020");
        assertThat(both.matrix().rowLabels()).containsExactly("2", "5");
        assertThat(both.csv().orElseThrow().corner()).isEqualTo("1");
        assertThatThrownBy(() -> text("a,b\n1,2\n3,4", new Expected(Presence.NO, Presence.NO)))
                .hasMessageContaining("line 1, column 1: \"a\" is not a number")
                .hasMessageContaining("column names");
    }

    @Test
    void readsGzipByName(@TempDir Path directory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(Files.readAllBytes(Path.of("src/test/resources/matrices/plain.csv")));
        }
        Path file = directory.resolve("plain.csv.gz");
        Files.write(file, bytes.toByteArray());
        assertThat(shown(read(file).matrix()))
                .isEqualTo(shown(resource("plain.csv").matrix()));
        Files.write(file, java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
        assertThatThrownBy(() -> read(file)).isInstanceOf(MalformedInput.class).hasMessageContaining("cut short");
        Files.writeString(file, "1,2\n3,4\n");
        assertThatThrownBy(() -> read(file)).isInstanceOf(MalformedInput.class).hasMessageContaining("gzip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1,2\\n3,x4\\n             | 2 | 2 | \"x4\" is not a number; a number with a decimal point is needed",
                "1,2,x3\\n4,5,6            | 1 | 3 | \"x3\" is not a number",
                "1;2,5\\n3;4               | 1 | 2 | \"2,5\" is not a number; a number with a decimal point",
                "1,2\\n3,4,5\\n            | 2 | 3 | the row has 3 cells; line 1 has 2",
                "1,2\\n3\\n4,5             | 2 | 2 | the row has 1 cell; line 1 has 2",
                "a,b\\n1,2\\n3,4\\n\\n5,6  | 4 | 0 | the line is empty, and others follow",
                "1,2\\n3,\"4               | 2 | 2 | never closed",
                "1,2\\n\"3\"x,4            | 2 | 1 | text follows the closing quote",
                "1,2\\n3,1e999             | 2 | 2 | too large",
                "1,2\\n3,0x1p3             | 2 | 2 | \"0x1p3\" is not a number",
                "1,2\\n3,1d                | 2 | 2 | \"1d\" is not a number",
                "1,2\\n3,Infinity          | 2 | 2 | \"Infinity\" is not a number",
                "1,2\\n3,-                 | 2 | 2 | \"-\" is not a number",
                "1,2,3\\n                  | 1 | 0 | this is the only row",
                "a,b,c\\n1,2,3\\n          | 1 | 0 | the matrix has 1 row and 3 columns; at least 2 of each are needed",
                "1\\n2\\n3\\n              | 1 | 0 | 3 rows and 1 column",
                "``                        | 1 | 0 | the file is empty",
                "\\n\\n                    | 1 | 0 | the file is empty",
                ",NA\\nNaN,\\n             | 1 | 0 | no entry of the matrix has a value",
                "%%MatrixMarket matrix coordinate complex general\\n2 2 1 | 1 | 4 | \"complex\" is not supported; real",
                "%%MatrixMarket matrix coordinate pattern general\\n2 2 1 | 1 | 4 | a pattern says which entries exist",
                "%%MatrixMarket matrix coordinate real skew-symmetric\\n  | 1 | 5 | \"skew-symmetric\" is not supported",
                "%%MatrixMarket matrix coordinate real                    | 1 | 5 | the header ends here",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1000000000000 | 2 | 3 | the number of entries is \"1000000000000\"",
                "%%MatrixMarket matrix coordinate real general\\n1000000000000 2 1 | 2 | 1 | the number of rows is \"1000000000000\"",
                "%%MatrixMarket matrix array real general\\n400000000 400000000 | 2 | 0 | is too large for the array format",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 1 -inf | 3 | 3 | \"-inf\" is not a number",
                "%%MatrixMarket matrix coordinate real general\\n2 2      | 2 | 3 | the number of entries is missing",
                "%%MatrixMarket matrix coordinate real general\\n2 -2 1   | 2 | 2 | the number of columns is \"-2\"",
                "%%MatrixMarket matrix coordinate real general\\n2 1.5 1  | 2 | 2 | the number of columns is \"1.5\"",
                "%%MatrixMarket matrix coordinate real general\\n1 5 1\\n1 1 1 | 2 | 0 | the matrix is 1×5",
                "%%MatrixMarket matrix coordinate real symmetric\\n2 3 1\\n1 1 1 | 2 | 0 | must be square",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 3 1  | 3 | 2 | the column is \"3\"; a whole number from 1 to 2",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n0 1 1  | 3 | 1 | the row is \"0\"",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 1    | 3 | 3 | the value is missing",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 1 x  | 3 | 3 | \"x\" is not a number",
                "%%MatrixMarket matrix coordinate integer general\\n2 2 1\\n1 1 1.5 | 3 | 3 | \"1.5\" is not an integer",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 1 1 1 | 3 | 4 | \"1\" is one field too many",
                "%%MatrixMarket matrix coordinate real general\\n2 2 3\\n1 1 1\\n2 1 4\\n%\\n\\n1 1 2 | 7 | 1 | entry (1, 1) is on line 3 already",
                "%%MatrixMarket matrix coordinate real symmetric\\n2 2 2\\n1 2 1\\n2 1 1 | 4 | 1 | entry (1, 2) or its mirror image is on line 3",
                "%%MatrixMarket matrix coordinate real general\\n2 2 2\\n1 1 1\\n | 4 | 0 | the file ends after 1 entries; line 2 declares 2",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 1 1\\n2 2 1 | 4 | 1 | line 2 declares 1 entries, and this is one more",
                "%%MatrixMarket matrix coordinate real general\\n2 2 0\\n       | 2 | 0 | no entry of the matrix has a value",
                "%%MatrixMarket matrix coordinate real general\\n500000000 500000000 1\\n1 1 1 | 2 | 0 | and 1 entries have values",
                "%%MatrixMarket matrix array real general\\n2 2\\n1\\n2\\n3\\n   | 6 | 0 | the file ends after 3 values; 4 are needed",
                "%%MatrixMarket matrix array real general\\n2 2\\n1\\n2\\n3\\n4\\n5 | 7 | 1 | more follows after the 4 values",
                "%%MatrixMarket matrix array real general\\n2 2\\n1 2 3 four\\n | 3 | 4 | \"four\" is not a number",
            })
    void malformedFilesNameLineAndColumn(String text, long line, int column, String message) {
        MalformedInput malformed = malformed(text.replace("\\n", "\n"));
        assertThat(malformed).as(text).isNotNull();
        assertThat(malformed).hasMessageContaining(message).hasMessageStartingWith("t, line " + line);
        assertThat(malformed.line()).isEqualTo(line);
        assertThat(malformed.column()).isEqualTo(column);
        assertThat(malformed.file()).isEqualTo("t");
    }

    @Test
    void namesFilesThatCannotBeRead(@TempDir Path directory) throws IOException {
        Path none = directory.resolve("none.csv");
        assertThatThrownBy(() -> read(none))
                .isInstanceOf(MalformedInput.class)
                .hasMessageStartingWith(none + ": there is no such file; a file in CSV");
        assertThatThrownBy(() -> read(directory))
                .isInstanceOf(MalformedInput.class)
                .hasMessageContaining("this is a directory");
        Path latin = directory.resolve("latin.csv");
        Files.write(latin, "Größe,b\n1,2\n3,4\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(latin))
                .isInstanceOf(MalformedInput.class)
                .hasMessageContaining("line 1, column 1: the text is not UTF-8");
    }

    @Test
    void symmetricMatricesMustAgreeWithTheirMirrorImage() throws IOException {
        assertThat(shown(text("1,2,\n2,,5\n,,6\n").matrix().asSymmetric())).isEqualTo("1.0 2.0 ? / ? ? 5.0 / ? ? 6.0");
        assertThatThrownBy(() -> text("1,2\n3,4\n").matrix().asSymmetric())
                .hasMessage(
                        "entry (1, 2) and its mirror image are 2.0 and 3.0; in a symmetric matrix they must be the same");
        assertThatThrownBy(() -> text("1,2,3\n3,4,5\n").matrix().asSymmetric()).hasMessageContaining("2×3");
    }
}
