package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SpectralStartTest {

    @Test
    void isTheTruthWhereEverythingIsSeen() {
        for (FactorShape shape : new FactorShape[] {FactorShape.psd(25), FactorShape.asymmetric(20, 12)}) {
            Instance<FactoredProblem> instance =
                    new UniformCompletion(shape, 3, 3, 2, 1, 0, 0).instance(Seeds.generator(1));
            GroundTruth truth = instance.truth().orElseThrow();
            DMatrixRMaj x = SpectralStart.of(instance.problem(), Seeds.generator(2));
            assertThat(truth.distance(x) / truth.norm()).as(shape.toString()).isLessThan(1e-10);
        }
    }

    @Test
    void isNearTheTruthWhereHalfIsSeenAndTheTwoSidesAreOfOneSize() {
        FactorShape shape = FactorShape.asymmetric(300, 200);
        Instance<FactoredProblem> instance = UniformCompletion.of(shape, 2, 0.5).instance(Seeds.generator(3));
        DMatrixRMaj x = SpectralStart.of(instance.problem(), Seeds.generator(2));
        GroundTruth truth = instance.truth().orElseThrow();
        assertThat(truth.distance(x) / truth.norm()).isLessThan(0.3);
        double left = 0;
        double right = 0;
        for (int e = 0; e < x.getNumElements(); e++) {
            if (e < 600) {
                left += x.data[e] * x.data[e];
            } else {
                right += x.data[e] * x.data[e];
            }
        }
        assertThat(left).isCloseTo(right, within(1e-6 * left));
    }

    @Test
    void columnsWithoutAPositiveEigenvalueAreNotZero() {
        // The truth has rank 1 and everything is seen: 𝒜*(b) has one positive eigenvalue.
        Instance<FactoredProblem> instance =
                new UniformCompletion(FactorShape.psd(10), 3, 1, 1, 1, 0, 0).instance(Seeds.generator(1));
        DMatrixRMaj x = SpectralStart.of(instance.problem(), Seeds.generator(2));
        for (int t = 0; t < 3; t++) {
            double square = 0;
            for (int i = 0; i < 10; i++) {
                square += x.get(i, t) * x.get(i, t);
            }
            assertThat(square).as("column " + t).isGreaterThan(0);
        }
    }

    @Test
    void normIsTheLargestEigenvalue() {
        Instance<FactoredProblem> instance =
                UniformCompletion.of(FactorShape.psd(30), 1, 1).instance(Seeds.generator(1));
        FactoredProblem problem = instance.problem();
        double[] b = new double[problem.operator().measurements()];
        for (int k = 0; k < b.length; k++) {
            b[k] = problem.measurement(k);
        }
        assertThat(SpectralStart.norm(problem.operator(), b, Seeds.generator(1)))
                .isCloseTo(30, within(1e-9));
    }

    @Test
    void refusesDataThatIsZero() {
        MaskOperator operator = MaskOperator.symmetric(EntryPattern.upperTriangle(3));
        FactoredProblem problem = new FactoredProblem(operator, new double[6], 1);
        assertThatThrownBy(() -> SpectralStart.of(problem, Seeds.generator(1))).hasMessageContaining("b is 0");
    }
}
