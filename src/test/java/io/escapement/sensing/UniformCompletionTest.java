package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class UniformCompletionTest {

    @Test
    void truthHasTheStatedSizeAndConditionNumber() {
        for (FactorShape shape : new FactorShape[] {FactorShape.psd(30), FactorShape.asymmetric(30, 20)}) {
            Instance<FactoredProblem> instance =
                    new UniformCompletion(shape, 3, 3, 8, 0.5, 0, 0).instance(Seeds.generator(1));
            double cells = (double) shape.imageRows() * shape.imageColumns();
            assertThat(instance.truth().orElseThrow().norm()).isCloseTo(Math.sqrt(cells), within(1e-10));
            DMatrixRMaj z = instance.truth().orElseThrow().factor();
            double[] squares = new double[3];
            for (int i = 0; i < shape.imageRows(); i++) {
                for (int t = 0; t < 3; t++) {
                    squares[t] += z.get(i, t) * z.get(i, t);
                }
            }
            assertThat(squares[0] / squares[2]).isCloseTo(8, within(1e-10));
            assertThat(squares[0] / squares[1]).isCloseTo(Math.sqrt(8), within(1e-10));
            assertThat(instance.problem().value(z)).isLessThan(1e-20);
        }
    }

    @Test
    void seesEachEntryWithTheStatedProbability() {
        for (double p : new double[] {0.05, 0.5, 1}) {
            FactorShape shape = FactorShape.asymmetric(300, 200);
            Instance<FactoredProblem> instance =
                    UniformCompletion.of(shape, 2, p).instance(Seeds.generator(2));
            double deviation = Math.sqrt(p * (1 - p) * 60000);
            assertThat(instance.figures().get("observed"))
                    .as("p = " + p)
                    .isCloseTo(60000 * p, within(5 * deviation + 1e-9));
            assertThat(instance.problem().operator().measurements())
                    .isEqualTo(instance.figures().get("observed").intValue());
        }
        Instance<FactoredProblem> symmetric =
                UniformCompletion.of(FactorShape.psd(200), 2, 0.3).instance(Seeds.generator(3));
        assertThat(symmetric.problem().operator().measurements())
                .isCloseTo((int) (0.3 * 200 * 201 / 2), within(5 * (int) Math.sqrt(0.21 * 20100)));
    }

    @Test
    void sameSeedGivesTheSameInstance() {
        UniformCompletion model = new UniformCompletion(FactorShape.psd(40), 2, 2, 3, 0.4, 0.1, 0);
        Instance<FactoredProblem> one = model.instance(Seeds.generator(9));
        Instance<FactoredProblem> two = model.instance(Seeds.generator(9));
        Instance<FactoredProblem> other = model.instance(Seeds.generator(10));
        DMatrixRMaj x = Seeds.gaussian(40, 2, 1, Seeds.generator(1));
        assertThat(two.problem().value(x)).isEqualTo(one.problem().value(x));
        assertThat(other.problem().value(x)).isNotEqualTo(one.problem().value(x));
    }

    @Test
    void noiseHasTheStatedLevel() {
        UniformCompletion model = new UniformCompletion(FactorShape.asymmetric(200, 150), 2, 2, 1, 0.5, 0.3, 0);
        Instance<FactoredProblem> instance = model.instance(Seeds.generator(4));
        double loss = instance.problem().value(instance.truth().orElseThrow().factor());
        double level = Math.sqrt(2 * loss / instance.problem().operator().measurements());
        assertThat(level).isCloseTo(0.3, within(0.01));
    }

    @Test
    void epsilonWeighsUnseenEntriesWhoseDataIsZero() {
        FactorShape shape = FactorShape.psd(12);
        Instance<FactoredProblem> plain = new UniformCompletion(shape, 1, 1, 1, 0.4, 0, 0).instance(Seeds.generator(6));
        Instance<FactoredProblem> epsilon =
                new UniformCompletion(shape, 1, 1, 1, 0.4, 0, 0.2).instance(Seeds.generator(6));
        DMatrixRMaj x = Seeds.gaussian(12, 1, 1, Seeds.generator(7));
        double unseen = 0;
        boolean[] seen = new boolean[144];
        ((MaskOperator) plain.problem().operator()).forEachEntry((k, i, j, c) -> {
            seen[12 * i + j] = true;
            seen[12 * j + i] = true;
        });
        for (int e = 0; e < 144; e++) {
            unseen += seen[e] ? 0 : 0.5 * Math.pow(0.2 * x.data[e / 12] * x.data[e % 12], 2);
        }
        assertThat(epsilon.problem().value(x)).isCloseTo(plain.problem().value(x) + unseen, within(1e-11));
        assertThat(epsilon.problem().operator().constants().convexity()).isCloseTo(0.04, within(1e-15));
        assertThat(epsilon.name()).isEqualTo("epsilon-mc");
    }

    @Test
    void namesWhatIsOutOfRange() {
        FactorShape shape = FactorShape.asymmetric(5, 4);
        assertThatThrownBy(() -> UniformCompletion.of(shape, 5, 0.5)).hasMessage("rank is 5; 1 to 4 is possible");
        assertThatThrownBy(() -> UniformCompletion.of(shape, 2, 0)).hasMessageContaining("p is 0.0");
        assertThatThrownBy(() -> new UniformCompletion(shape, 2, 2, 0.5, 1, 0, 0))
                .hasMessageContaining("kappa is 0.5");
        assertThatThrownBy(() -> new UniformCompletion(shape, 2, 2, 1, 1, 0, 0.1))
                .hasMessageContaining("epsilon is 0.1");
        assertThatThrownBy(() -> UniformCompletion.of(shape, 2, 1e-9).instance(Seeds.generator(1)))
                .hasMessageContaining("no entry");
    }
}
