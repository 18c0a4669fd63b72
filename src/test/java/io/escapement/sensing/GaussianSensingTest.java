package io.escapement.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.sensing.DenseOperator.Precision;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.junit.jupiter.api.Test;

class GaussianSensingTest {

    private static final List<FactorShape> SHAPES = List.of(FactorShape.psd(14), FactorShape.asymmetric(9, 13));

    private static GaussianSensing sensing(FactorShape shape, double noise, double outliers) {
        return new GaussianSensing(shape, 4, 3, 400, 10, noise, outliers, Precision.DOUBLE);
    }

    /** Misfit of each measurement at the truth. */
    private static double[] misfits(Instance<FactoredProblem> instance) {
        return instance.problem().evaluate(padded(instance)).residual();
    }

    private static DMatrixRMaj padded(Instance<FactoredProblem> instance) {
        DMatrixRMaj z = instance.truth().orElseThrow().factor();
        DMatrixRMaj x = new DMatrixRMaj(z.numRows, instance.problem().columns());
        CommonOps_DDRM.insert(z, x, 0, 0);
        return x;
    }

    @Test
    void theTruthSolvesItAndHasTheSingularValuesAskedFor() {
        for (FactorShape shape : SHAPES) {
            Instance<FactoredProblem> instance = sensing(shape, 0, 0).instance(Seeds.generator(1));
            assertThat(misfits(instance)).as(shape.toString()).containsOnly(0);
            GroundTruth truth = instance.truth().orElseThrow();
            DMatrixRMaj z = truth.factor();
            DMatrixRMaj left = CommonOps_DDRM.extract(z, 0, shape.imageRows(), 0, 3);
            DMatrixRMaj right = CommonOps_DDRM.extract(z, shape.split(), shape.rows(), 0, 3);
            DMatrixRMaj image = new DMatrixRMaj(1, 1);
            CommonOps_DDRM.multTransB(left, right, image);
            double[] sigma = SingularOps_DDRM.singularValues(image);
            Arrays.sort(sigma);
            int last = sigma.length - 1;
            assertThat(new double[] {sigma[last], sigma[last - 1], sigma[last - 2], sigma[last - 3]})
                    .as(shape.toString())
                    .containsExactly(new double[] {1, 0.55, 0.1, 0}, within(1e-13));
            // E‖𝒜(M)‖² = ‖M‖², with relative standard deviation (2/m)^½ = 0.07.
            double measured = 2 * instance.problem().lossAtZero();
            assertThat(measured / (truth.norm() * truth.norm()))
                    .as(shape.toString())
                    .isBetween(0.7, 1.3);
        }
    }

    @Test
    void outliersAreAsManyAsAskedForAndNoiseAsLarge() {
        for (FactorShape shape : SHAPES) {
            double[] wrong = misfits(sensing(shape, 0, 0.1).instance(Seeds.generator(2)));
            assertThat(Arrays.stream(wrong).filter(e -> e != 0).count())
                    .as(shape.toString())
                    .isEqualTo(40);
            Instance<FactoredProblem> noisy = sensing(shape, 0.2, 0).instance(Seeds.generator(3));
            double[] noise = misfits(noisy);
            double clean = 2
                    * sensing(shape, 0, 0)
                            .instance(Seeds.generator(3))
                            .problem()
                            .lossAtZero();
            assertThat(Math.sqrt(Frobenius.dot(noise, noise, noise.length) / clean))
                    .as(shape.toString())
                    .isCloseTo(0.2, within(0.03));
        }
    }

    @Test
    void theSameSeedGivesTheSameInstance() {
        for (FactorShape shape : SHAPES) {
            GaussianSensing sensing = sensing(shape, 0.1, 0.1);
            double one = sensing.instance(Seeds.generator(4)).problem().lossAtZero();
            assertThat(sensing.instance(Seeds.generator(4)).problem().lossAtZero())
                    .isEqualTo(one);
            assertThat(sensing.instance(Seeds.generator(5)).problem().lossAtZero())
                    .isNotEqualTo(one);
        }
    }

    @Test
    void saysWhatItIs() {
        Instance<FactoredProblem> instance =
                sensing(FactorShape.asymmetric(9, 13), 0.1, 0.25).instance(Seeds.generator(6));
        assertThat(instance.description())
                .isEqualTo(
                        "400 Gaussian measurements of a 9×13 matrix of rank 3, κ = 10.0, noise 0.1, 100 outliers, rank 4");
        assertThat(instance.figures()).containsEntry("perDegreeOfFreedom", 400 / 57.0);
        assertThatThrownBy(() -> sensing(FactorShape.psd(9), 0, 1.5))
                .hasMessage("outliers is 1.5; a share of 0 to 1 is possible");
        assertThatThrownBy(() -> GaussianSensing.of(FactorShape.psd(9), 10, 5))
                .hasMessage("rank is 10; 1 to 9 is possible");
    }
}
