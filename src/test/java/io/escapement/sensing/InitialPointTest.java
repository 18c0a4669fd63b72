package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class InitialPointTest {

    @Test
    void nearTruthIsAtTheGivenRelativeError() {
        for (FactorShape shape : new FactorShape[] {FactorShape.psd(20), FactorShape.asymmetric(15, 10)}) {
            for (int rank : new int[] {2, 4}) {
                Instance<FactoredProblem> instance =
                        new UniformCompletion(shape, rank, 2, 1, 0.5, 0, 0).instance(Seeds.generator(1));
                GroundTruth truth = instance.truth().orElseThrow();
                for (double error : new double[] {1e-10, 1e-6, 1e-2, 0.5, 3, 100}) {
                    for (long seed = 1; seed <= 5; seed++) {
                        DMatrixRMaj x = InitialPoint.nearTruth(instance.problem(), truth, error, Seeds.generator(seed));
                        assertThat(truth.distance(x) / truth.norm())
                                .as(shape + ", rank " + rank + ", error " + error + ", seed " + seed)
                                .isCloseTo(error, within(1e-6 * error + 1e-14));
                    }
                }
            }
        }
    }

    @Test
    void gaussianHasTheGivenScaleAndRepeats() {
        FactoredProblem problem =
                PerturbedMatrixCompletion.pmc(300, 0.1, 2).instance().problem();
        DMatrixRMaj x = InitialPoint.gaussian(problem, 1e-7, Seeds.generator(1));
        double squares = 0;
        for (double value : x.data) {
            squares += value * value;
        }
        assertThat(Math.sqrt(squares / 600)).isCloseTo(1e-7, within(1e-8));
        assertThat(InitialPoint.gaussian(problem, 1e-7, Seeds.generator(1)).data)
                .isEqualTo(x.data);
    }

    @Test
    void namesWhatIsOutOfRange() {
        Instance<FactoredProblem> instance =
                new UniformCompletion(FactorShape.psd(9), 1, 2, 1, 1, 0, 0).instance(Seeds.generator(1));
        GroundTruth truth = instance.truth().orElseThrow();
        assertThatThrownBy(() -> InitialPoint.gaussian(instance.problem(), 0, Seeds.generator(1)))
                .hasMessageContaining("init-scale is 0.0");
        assertThatThrownBy(() -> InitialPoint.nearTruth(instance.problem(), truth, 0.1, Seeds.generator(1)))
                .hasMessageContaining("rank is 1");
        assertThatThrownBy(() -> InitialPoint.nearTruth(instance.problem(), truth, -1, Seeds.generator(1)))
                .hasMessageContaining("init-error is -1.0");
    }
}
