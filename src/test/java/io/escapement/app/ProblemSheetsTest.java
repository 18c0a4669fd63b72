package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.problem.CompositeProblem;
import io.escapement.sensing.Instance;
import io.escapement.web.ProblemSheet;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemSheetsTest {

    private static final ProblemSheets SHEETS = new ProblemSheets();

    static java.util.List<String> problems() {
        return ProblemChoice.names();
    }

    private static ProblemSheet sheet(String problem) {
        return SHEETS.of(problem).orElseThrow();
    }

    private static CompositeProblem instance(String problem) {
        Instance<?> instance =
                ProblemChoice.start(problem, RunOptions.standard()).instance();
        return instance.problem();
    }

    private static DMatrixRMaj anywhere(CompositeProblem problem) {
        return RandomMatrices_DDRM.rectangle(problem.rows(), problem.columns(), -1, 1, new Random(5));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void everyProblemHasASheetWithAPictureWhoseLowestPointIsAtTheTruth(String name) {
        ProblemSheet sheet = sheet(name);
        assertThat(sheet.formula()).isNotBlank();
        assertThat(sheet.symmetry()).isNotBlank().doesNotContain("not known");
        assertThat(sheet.lossAtTruth()).isNotNull();
        ProblemSheet.Picture picture = sheet.picture();
        assertThat(picture.values()).hasSize(picture.size() * picture.size());
        double lowest = picture.values().stream().mapToDouble(v -> v).min().orElseThrow();
        // The truth is at (1, 1), which is a point of the grid.
        int at = (int) Math.round((1 / picture.reach() + 1) / 2 * (picture.size() - 1));
        assertThat(picture.values().get(at * picture.size() + at)).isCloseTo(lowest, within(0.05));
    }

    @Test
    void perturbedCompletionIsThatOfThePaper() {
        ProblemSheet sheet = sheet("pmc");
        assertThat(sheet.optimum()).isZero();
        ProblemSheet.Point zero = sheet.points().get(0);
        // [LEAC] C.2: n = 11, ρ = 0.01.
        assertThat(zero.loss()).isCloseTo(3.0015, within(1e-12));
        assertThat(zero.index()).as("one for each odd row").isEqualTo(6);
        assertThat(zero.flat()).as("one for each even row").isEqualTo(5);
        assertThat(sheet.figures().get("restrictedConvexity")).isCloseTo(1e-4, within(1e-12));
    }

    @Test
    void whereTheTruthEntersAsNoiseTheOptimumIsNotKnown() {
        assertThat(sheet("epsilon-mc").optimum()).isNull();
        assertThat(sheet("one-bit").optimum()).isEqualTo(sheet("one-bit").lossAtTruth());
    }

    @Test
    void theFlatDirectionsAtTheTruthAreThoseOfTheSymmetry() {
        // Rotations of three columns, and the common phase.
        assertThat(sheet("one-bit").points().get(1).flat()).isEqualTo(3);
        assertThat(sheet("factorization").points().get(1).flat()).isEqualTo(3);
        assertThat(sheet("network").points().get(1).flat()).isEqualTo(1);
        assertThat(sheet("gaussian").points().get(1).flat()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pmc", "epsilon-mc"})
    void theSignsOfTheRowsAreFreeAsIsSaid(String name) {
        CompositeProblem problem = instance(name);
        DMatrixRMaj x = anywhere(problem);
        double loss = problem.evaluate(x).loss();
        boolean every = name.equals("epsilon-mc");
        for (int row = every ? 0 : 1; row < problem.rows(); row += every ? 1 : 2) {
            DMatrixRMaj flipped = x.copy();
            flipped.set(row, 0, -x.get(row, 0));
            assertThat(problem.evaluate(flipped).loss()).isCloseTo(loss, within(1e-12 * loss));
        }
        DMatrixRMaj odd = x.copy();
        odd.set(2, 0, -x.get(2, 0));
        assertThat(Math.abs(problem.evaluate(odd).loss() - loss) > 1e-9).isEqualTo(!every);
    }

    @Test
    void aCommonPhaseOfTheVoltagesIsFreeAsIsSaid() {
        CompositeProblem problem = instance("network");
        DMatrixRMaj x = anywhere(problem);
        int buses = problem.rows() / 2;
        DMatrixRMaj turned = x.copy();
        for (int i = 0; i < buses; i++) {
            double real = x.get(i, 0);
            double imaginary = x.get(buses + i, 0);
            turned.set(i, 0, Math.cos(0.7) * real - Math.sin(0.7) * imaginary);
            turned.set(buses + i, 0, Math.sin(0.7) * real + Math.cos(0.7) * imaginary);
        }
        double loss = problem.evaluate(x).loss();
        assertThat(problem.evaluate(turned).loss()).isCloseTo(loss, within(1e-10 * loss));
    }

    @Test
    void aProblemThatIsNotThereHasNoSheet() {
        assertThat(SHEETS.of("travelling-salesman")).isEmpty();
    }
}
