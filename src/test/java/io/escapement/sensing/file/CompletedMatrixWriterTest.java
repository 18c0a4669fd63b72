package io.escapement.sensing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.sensing.ObservedMatrix;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.SpectralStart;
import io.escapement.sensing.data.Centering;
import io.escapement.sensing.data.CompletedMatrix;
import io.escapement.sensing.data.MatrixCompletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletedMatrixWriterTest {

    @TempDir
    private Path directory;

    private static CompletedMatrix completed(MatrixFile file) {
        MatrixCompletion completion = MatrixCompletion.of(
                file.name(),
                file.matrix(),
                new MatrixCompletion.Options(1, 0, Centering.MEAN, 0.01, false),
                Seeds.generator(1));
        DMatrixRMaj x = SpectralStart.of(completion.instance().problem(), Seeds.generator(2));
        return completion.completed(x);
    }

    @Test
    void csvKeepsDelimiterLabelsAndKnownValues() throws IOException {
        MatrixFile file = MatrixFileTest.resource("labelled.csv");
        CompletedMatrix completed = completed(file);
        Path target = directory.resolve("out.csv");
        CompletedMatrixWriter.Written written = new CompletedMatrixWriter().write(completed, file, target);
        assertThat(written.files()).containsExactly(target);
        assertThat(written.message()).contains("3×3", target.toString());
        List<String> lines = Files.readAllLines(target);
        assertThat(lines.get(0)).isEqualTo(";\"Preis; EUR\";Größe;\"say \"\"hi\"\"\"");
        assertThat(lines.get(1)).isEqualTo("Zeile 1;1;" + (float) completed.predicted(0, 1) + ";3.25");
        assertThat(lines.get(2)).isEqualTo("Z2;" + (float) completed.predicted(1, 0) + ";-0.5;100");
        MatrixFile again = MatrixFileTest.read(target);
        assertThat(again.csv()).isEqualTo(file.csv());
        assertThat(again.matrix().rowLabels()).isEqualTo(file.matrix().rowLabels());
        assertThat(again.matrix().columnLabels()).isEqualTo(file.matrix().columnLabels());
        assertThat(again.matrix().knownCells()).isEqualTo(9);
    }

    @Test
    void matrixMarketComesBackAsAnArray() throws IOException {
        MatrixFile file = MatrixFileTest.resource("coordinate.mtx");
        CompletedMatrix completed = completed(file);
        Path target = directory.resolve("out.mtx.gz");
        new CompletedMatrixWriter().write(completed, file, target);
        ObservedMatrix again = MatrixFileTest.read(target).matrix();
        assertThat(again.knownCells()).isEqualTo(12);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 3; j++) {
                double entry = completed.entry(i, j);
                assertThat(again.values()[again.entries().find(i, j)])
                        .isCloseTo(entry, within(completed.isKnown(i, j) ? 0 : 1e-7 * Math.abs(entry)));
            }
        }
    }

    @Test
    void beyondTheCellLimitTheFactorsAreWritten() throws IOException {
        MatrixFile file = MatrixFileTest.resource("coordinate.mtx");
        CompletedMatrix completed = completed(file);
        CompletedMatrixWriter.Written written =
                new CompletedMatrixWriter(11).write(completed, file, directory.resolve("out.mtx"));
        assertThat(written.files())
                .containsExactly(directory.resolve("out.left.mtx"), directory.resolve("out.right.mtx"));
        assertThat(written.message()).contains("more than 11 cells", "out.left.mtx");
        ObservedMatrix left = MatrixFileTest.read(written.files().get(0)).matrix();
        ObservedMatrix right = MatrixFileTest.read(written.files().get(1)).matrix();
        double product = left.values()[0] * right.values()[2] + left.values()[1] * right.values()[3];
        assertThat(product).isCloseTo(completed.predicted(0, 1), within(1e-12 * Math.abs(product)));
    }

    @Test
    void nothingHalfWrittenStaysBehind() throws IOException {
        MatrixFile file = MatrixFileTest.resource("plain.csv");
        Path target = directory.resolve("none").resolve("out.csv");
        assertThatThrownBy(() -> new CompletedMatrixWriter().write(completed(file), file, target))
                .isInstanceOf(IOException.class);
        Path occupied =
                Files.createDirectories(directory.resolve("busy/inside")).getParent();
        assertThatThrownBy(() -> new CompletedMatrixWriter().write(completed(file), file, occupied))
                .isInstanceOf(IOException.class);
        assertThat(directory.resolve("busy.part")).doesNotExist();
    }
}
