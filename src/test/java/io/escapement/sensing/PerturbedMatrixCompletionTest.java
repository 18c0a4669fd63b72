package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.problem.FactoredProblem;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class PerturbedMatrixCompletionTest {

    /** Ω of [LEAC] eq. 18 with the paper's own indices, from 1. */
    private static boolean observed(int i, int j, int n) {
        for (int k = 1; k <= n / 2; k++) {
            if (j == 2 * k || i == 2 * k) {
                return true;
            }
        }
        return i == j;
    }

    @Test
    void lossIsTheWeightedSquareOverAllCells() {
        for (int n = 2; n <= 11; n++) {
            double rho = 0.3;
            Instance<FactoredProblem> pmc =
                    PerturbedMatrixCompletion.pmc(n, rho, 2).instance();
            Instance<FactoredProblem> epsilon =
                    PerturbedMatrixCompletion.epsilonMc(n, rho, 2).instance();
            DMatrixRMaj x = Seeds.gaussian(n, 2, 1, Seeds.generator(n));
            double expectedPmc = 0;
            double expectedEpsilon = 0;
            for (int i = 1; i <= n; i++) {
                for (int j = 1; j <= n; j++) {
                    double image = x.get(i - 1, 0) * x.get(j - 1, 0) + x.get(i - 1, 1) * x.get(j - 1, 1);
                    double truth = (i % 2) * (j % 2);
                    double weight = observed(i, j, n) ? 1 : rho;
                    expectedPmc += 0.5 * Math.pow(weight * (image - truth), 2);
                    double b = observed(i, j, n) ? truth : 0;
                    expectedEpsilon += 0.5 * Math.pow(weight * image - b, 2);
                }
            }
            assertThat(pmc.problem().value(x)).as("n = " + n).isCloseTo(expectedPmc, within(1e-11 * expectedPmc));
            assertThat(epsilon.problem().value(x))
                    .as("n = " + n)
                    .isCloseTo(expectedEpsilon, within(1e-11 * expectedEpsilon));
        }
    }

    @Test
    void truthHasLossZeroAndTheConstantsAreRhoSquaredAndOne() {
        Instance<FactoredProblem> instance =
                PerturbedMatrixCompletion.pmc(11, 0.01, 1).instance();
        DMatrixRMaj z = instance.truth().orElseThrow().factor();
        assertThat(instance.problem().value(z)).isZero();
        assertThat(instance.truth().orElseThrow().norm()).isCloseTo(6, within(1e-14));
        assertThat(instance.problem().operator().constants().convexity()).isCloseTo(1e-4, within(1e-19));
        assertThat(instance.problem().operator().constants().smoothness()).isEqualTo(1);
        // [LEAC] C.2: at 0 the loss is ½·(6 + 30ρ²).
        assertThat(instance.problem().lossAtZero()).isCloseTo(3 + 15e-4, within(1e-14));
        // 11 on the diagonal, and 5 even rows and columns: 2·5·11 − 25 cells, of which 5 are on the diagonal.
        assertThat(instance.figures().get("observed")).isEqualTo(11 + 2 * 5 * 11 - 25 - 5);
    }

    @Test
    void namesWhatIsOutOfRange() {
        assertThatThrownBy(() -> PerturbedMatrixCompletion.pmc(1, 0.1, 1)).hasMessage("n is 1; at least 2 is needed");
        assertThatThrownBy(() -> PerturbedMatrixCompletion.pmc(5, 0, 1)).hasMessageContaining("rho is 0.0");
        assertThatThrownBy(() -> PerturbedMatrixCompletion.epsilonMc(5, 2, 1)).hasMessageContaining("epsilon is 2.0");
        assertThatThrownBy(() -> PerturbedMatrixCompletion.pmc(5, 0.1, 6)).hasMessage("rank is 6; 1 to 5 is possible");
    }
}
