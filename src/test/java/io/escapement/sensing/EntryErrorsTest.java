package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class EntryErrorsTest {

    private static final long SEED = 4;

    /** (1, 0, −1) for (1, 0, 1): the seen entries are right, and of the two others, both of them, each is off by 2. */
    @Test
    void aWrongSignIsSeenOnlyOffTheMask() {
        Instance<FactoredProblem> instance =
                PerturbedMatrixCompletion.epsilonMc(3, 0.1, 1).instance();
        Map<String, Double> figures = instance.truth().orElseThrow().figures(new DMatrixRMaj(3, 1, true, 1, 0, -1));
        assertThat(figures).containsEntry(EntryErrors.OBSERVED, 0.0).containsEntry(EntryErrors.UNOBSERVED, 4.0);
    }

    @Test
    void meansAddUpToTheSquaredDistance() {
        for (FactorShape shape : new FactorShape[] {FactorShape.psd(9), FactorShape.asymmetric(8, 6)}) {
            Instance<FactoredProblem> instance =
                    UniformCompletion.of(shape, 2, 0.4).instance(Seeds.generator(SEED));
            FactorTruth truth = (FactorTruth) instance.truth().orElseThrow();
            DMatrixRMaj x = InitialPoint.gaussian(instance.problem(), 1, Seeds.generator(SEED + 1));
            Map<String, Double> figures = truth.figures(x);
            double seen = instance.figures().get("observed");
            double all = shape.imageRows() * (double) shape.imageColumns();
            double sum = seen * figures.get(EntryErrors.OBSERVED) + (all - seen) * figures.get(EntryErrors.UNOBSERVED);
            double distance = truth.distance(x);
            assertThat(sum).as("seed %d", SEED).isCloseTo(distance * distance, within(1e-9 * sum));
        }
    }

    @Test
    void largeMatricesAreNotCompared() {
        Instance<FactoredProblem> instance =
                UniformCompletion.of(FactorShape.psd(101), 1, 0.1).instance(Seeds.generator(SEED));
        assertThat(instance.truth().orElseThrow().figures(new DMatrixRMaj(101, 1)))
                .isEmpty();
    }
}
