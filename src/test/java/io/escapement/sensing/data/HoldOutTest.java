package io.escapement.sensing.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.problem.FactorShape;
import io.escapement.sensing.FactorTruth;
import io.escapement.sensing.LowRankModel;
import io.escapement.sensing.ObservedMatrix;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class HoldOutTest {

    private static ObservedMatrix observed(FactorShape shape, double p, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        FactorTruth truth = new FactorTruth(LowRankModel.factor(shape, 2, 1, random), shape);
        return new UniformCompletion(shape, 2, 2, 1, p, 0, 0).observe(truth, random);
    }

    @Test
    void dividesTheKnownEntriesInTwo() {
        for (FactorShape shape : new FactorShape[] {FactorShape.psd(60), FactorShape.asymmetric(50, 70)}) {
            ObservedMatrix matrix = observed(shape, 0.3, 1);
            HoldOut split = HoldOut.split(matrix, 0.2, Seeds.generator(2));
            int held = split.heldOut().entries().size();
            assertThat(held).isEqualTo((int) Math.round(0.2 * matrix.entries().size()));
            assertThat(split.training().entries().size() + held)
                    .isEqualTo(matrix.entries().size());
            for (int i = 0; i < matrix.rows(); i++) {
                for (int j = 0; j < matrix.columns(); j++) {
                    int k = matrix.entries().find(i, j);
                    int a = split.training().entries().find(i, j);
                    int b = split.heldOut().entries().find(i, j);
                    assertThat((a >= 0 ? 1 : 0) + (b >= 0 ? 1 : 0)).isEqualTo(k >= 0 ? 1 : 0);
                    if (a >= 0) {
                        assertThat(split.training().values()[a]).isEqualTo(matrix.values()[k]);
                    }
                    if (b >= 0) {
                        assertThat(split.heldOut().values()[b]).isEqualTo(matrix.values()[k]);
                    }
                }
            }
        }
    }

    @Test
    void leavesEveryRowAndColumnSomethingToFit() {
        for (long seed = 1; seed <= 20; seed++) {
            for (FactorShape shape : new FactorShape[] {FactorShape.psd(40), FactorShape.asymmetric(40, 30)}) {
                ObservedMatrix matrix = observed(shape, 0.06, seed);
                HoldOut split = HoldOut.split(matrix, 0.9, Seeds.generator(seed));
                int[][] before = matrix.entries().counts();
                int[][] after = split.training().entries().counts();
                for (int i = 0; i < matrix.rows(); i++) {
                    int had = before[0][i] + (matrix.symmetric() ? before[1][i] : 0);
                    int has = after[0][i] + (matrix.symmetric() ? after[1][i] : 0);
                    assertThat(has > 0)
                            .as(shape + ", row " + i + ", seed " + seed)
                            .isEqualTo(had > 0);
                }
                for (int j = 0; j < matrix.columns() && !matrix.symmetric(); j++) {
                    assertThat(after[1][j] > 0).as(shape + ", column " + j).isEqualTo(before[1][j] > 0);
                }
                assertThat(split.heldOut().entries().size()).isPositive().isLessThan((int)
                        (0.9 * matrix.entries().size()));
            }
        }
    }

    @Test
    void sameSeedGivesTheSameSplit() {
        ObservedMatrix matrix = observed(FactorShape.asymmetric(50, 70), 0.3, 1);
        assertThat(HoldOut.split(matrix, 0.3, Seeds.generator(4)).heldOut().entries())
                .isEqualTo(
                        HoldOut.split(matrix, 0.3, Seeds.generator(4)).heldOut().entries())
                .isNotEqualTo(
                        HoldOut.split(matrix, 0.3, Seeds.generator(5)).heldOut().entries());
    }

    @Test
    void nothingIsHeldOutWhereNothingIsAskedFor() {
        ObservedMatrix matrix = observed(FactorShape.psd(20), 0.5, 1);
        HoldOut split = HoldOut.split(matrix, 0, Seeds.generator(1));
        assertThat(split.training().entries()).isEqualTo(matrix.entries());
        assertThat(split.heldOut().entries().size()).isZero();
        assertThatThrownBy(() -> HoldOut.split(matrix, 1, Seeds.generator(1))).hasMessageContaining("hold-out is 1.0");
    }
}
