package io.escapement.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Diagonal matrices, whose parts are known in closed form. */
class LanczosQuadratureTest {

    private static SymmetricOperator diagonal(double... lambda) {
        return new SymmetricOperator() {
            @Override
            public int dimension() {
                return lambda.length;
            }

            @Override
            public void apply(DMatrixRMaj v, DMatrixRMaj out) {
                out.reshape(lambda.length, v.numCols);
                for (int e = 0; e < v.getNumElements(); e++) {
                    out.data[e] = lambda[e / v.numCols] * v.data[e];
                }
            }
        };
    }

    private static double part(double[] lambda, double[] v, int sign) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < v.length; i++) {
            sum += Math.max(0, sign * lambda[i]) * v[i] * v[i];
            squares += v[i] * v[i];
        }
        return sign * sum / squares;
    }

    @Test
    void thePartsAreExactWhenTheSpaceIsExhausted() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(40);
            double[] lambda = random.doubles(n, -3, 3).toArray();
            double[] v = random.doubles(n, -1e-15, 1e-15).toArray();
            LanczosQuadrature.Parts parts = new LanczosQuadrature(n, 0).split(diagonal(lambda), v);
            assertThat(parts.converged()).as("seed %d", seed).isTrue();
            assertThat(parts.positive()).as("seed %d", seed).isCloseTo(part(lambda, v, 1), within(1e-12));
            assertThat(parts.negative()).as("seed %d", seed).isCloseTo(part(lambda, v, -1), within(1e-12));
        }
    }

    @Test
    void fewEigenvaluesTakeFewProducts() {
        double[] lambda = new double[300];
        double[] v = new double[300];
        for (int i = 0; i < 300; i++) {
            lambda[i] = i % 3 - 1;
            v[i] = 1 + i % 7;
        }
        LanczosQuadrature.Parts parts = LanczosQuadrature.standard().split(diagonal(lambda), v);
        assertThat(parts.products()).isLessThanOrEqualTo(4);
        assertThat(parts.converged()).isTrue();
        assertThat(parts.positive()).isCloseTo(part(lambda, v, 1), within(1e-13));
        assertThat(parts.negative()).isCloseTo(part(lambda, v, -1), within(1e-13));
    }

    @Test
    void aBudgetThatIsTooSmallIsSaidAndTheSumIsRightAllTheSame() {
        double[] lambda = new Random(3).doubles(500, -1, 1).toArray();
        double[] v = new Random(4).doubles(500).toArray();
        LanczosQuadrature.Parts rough = new LanczosQuadrature(6, 1e-12).split(diagonal(lambda), v);
        assertThat(rough.products()).isEqualTo(6);
        assertThat(rough.converged()).isFalse();
        double sum = part(lambda, v, 1) + part(lambda, v, -1);
        assertThat(rough.positive() + rough.negative()).isCloseTo(sum, within(1e-14));
        LanczosQuadrature.Parts fine = LanczosQuadrature.standard().split(diagonal(lambda), v);
        double roughError = Math.abs(rough.positive() - part(lambda, v, 1));
        double fineError = Math.abs(fine.positive() - part(lambda, v, 1));
        assertThat(fineError).isLessThan(1e-4).isLessThan(roughError);
    }

    @Test
    void whatIsNotFiniteGivesNaN() {
        LanczosQuadrature standard = LanczosQuadrature.standard();
        assertThat(standard.split(diagonal(1, Double.NaN), new double[] {1, 1}).positive())
                .isNaN();
        assertThat(standard.split(diagonal(1, 2), new double[] {1, Double.NaN}).negative())
                .isNaN();
        assertThat(standard.split(diagonal(1, 2), new double[2]).converged()).isFalse();
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new LanczosQuadrature(0, 1e-9)).hasMessage("maxSteps is 0; at least 1 is needed");
        assertThatThrownBy(() -> new LanczosQuadrature(9, 1)).hasMessageContaining("tolerance is 1.0");
    }
}
